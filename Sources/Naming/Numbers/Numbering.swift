import MetadataModel

/// What a stretch of a name says of the place of an episode in its show.
struct Numbering {
  /// How the number is written, the surest last.
  enum Style: Int, Comparable {
    case bare, compact, part, seasonOnly, absolute, episodeWord, date, cross, words, standard

    static func < (left: Style, right: Style) -> Bool { left.rawValue < right.rawValue }
  }

  /// Numbers joined in one name that are followed, so that an endless chain costs nothing.
  static let mostJoined = 30

  var style: Style
  /// Where it stands in `NameText.bytes`.
  var start: Int
  var end: Int
  var season: Int?
  var episodes: [Int] = []
  var absolute: [Int] = []
  var date: CalendarDate?

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
