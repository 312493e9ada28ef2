package import MetadataModel

/// What a stretch of a name says of the place of an episode in its show.
package struct Numbering {
  /// How the number is written, the surest last.
  package enum Style: Int, Comparable {
    case bare, compact, part, seasonOnly, absolute, episodeWord, date, cross, words, standard

    package static func < (left: Style, right: Style) -> Bool { left.rawValue < right.rawValue }
  }

  /// Numbers joined in one name that are followed, so that an endless chain costs nothing.
  static let mostJoined = 30

  package var style: Style
  /// Where it stands in `NameText.bytes`.
  package var start: Int
  package var end: Int
  package var season: Int?
  package var episodes: [Int]
  package var absolute: [Int]
  package var date: CalendarDate?

  package init(
    style: Style, start: Int, end: Int, season: Int? = nil, episodes: [Int] = [], absolute: [Int] = [],
    date: CalendarDate? = nil
  ) {
    self.style = style
    self.start = start
    self.end = end
    self.season = season
    self.episodes = episodes
    self.absolute = absolute
    self.date = date
  }

  /// Adds `number`; a range from the last one when `isRange` and it is a believable one.
  static func add(_ number: Int, to numbers: inout [Int], isRange: Bool) {
    guard let last = numbers.last else {
      numbers.append(number)
      return
    }
    if isRange, number > last, number - last <= 200 {
      numbers += Array((last + 1)...number)
    } else if number != last, numbers.count < 200 {
      numbers.append(number)
    }
  }
}
