/// What stands between a word and the one before it.
package enum Gap {
  case start, dot, space, underscore, dash
  /// A dash with a blank on both sides: it parts the name's fields.
  case spacedDash
  case bracket, other
}

/// A word of a name: a run of letters and digits.
package struct Token {
  /// Where it stands in `NameText.bytes`.
  package var start: Int
  package var end: Int
  package var gap: Gap
  /// The innermost bracket around it, 0 outside.
  package var bracket: UInt8
  /// Number of that bracket, counted from 1; 0 outside.
  package var group: Int
  /// Its value when it is 1 to 8 digits and nothing else, otherwise -1.
  package var number: Int
  package var mark = Mark.none
  /// True when the mark cannot be a word of a title.
  package var isSure = false
  /// Words that the mark spans, from this one on; 1 for a word that is not one.
  var span = 1

  package var count: Int { end - start }

  /// A number that can be the year of a film or show.
  package var isYear: Bool { count == 4 && (1900...2035).contains(number) }
}
