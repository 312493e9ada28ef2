public import MetadataModel
import TitleMatching

/// Which items of two sources' lists are the same season or episode.
public struct EpisodePairing: Sendable {
  /// For each item of the other list: its place in the base list, or nil.
  public let places: [Int?]
  /// Items of the other list that the base lacks: no pair, and nothing in the base that could be them under another
  /// number.
  public let missing: [Int]

  /// Seasons are paired by number. Episodes by a shared id, by number unless date and title both say otherwise, then by a
  /// date or a title that only one has.
  public init(base: [MediaItem], other: [MediaItem]) {
    var places = [Int?](repeating: nil, count: other.count)
    var taken: Set<Int> = []
    func pair(_ find: (MediaItem) -> Int?) {
      for (index, item) in other.enumerated() where places[index] == nil {
        guard let place = find(item), taken.insert(place).inserted else { continue }
        places[index] = place
      }
    }
    let byID = Self.index(base) { Self.keys(of: $0) }
    let byNumber = Self.index(base) { [Self.number(of: $0)].compactMap { $0 } }
    let byDate = Self.index(base) { [Self.date(of: $0)].compactMap { $0 } }
    let byTitle = Self.index(base) { [Self.title(of: $0)].compactMap { $0 } }
    pair { item in Self.keys(of: item).lazy.compactMap { byID[$0] ?? nil }.first }
    pair { item in
      guard let number = Self.number(of: item), let place = byNumber[number] ?? nil else { return nil }
      return Self.contradict(base[place], item) ? nil : place
    }
    pair { item in Self.date(of: item).flatMap { byDate[$0] ?? nil } }
    pair { item in Self.title(of: item).flatMap { byTitle[$0] ?? nil } }
    self.places = places
    missing = other.indices.filter { index in
      guard places[index] == nil else { return false }
      let item = other[index]
      if item.kind == .season { return Self.number(of: item).map { byNumber[$0] == nil } ?? false }
      guard let number = Self.number(of: item), byNumber[number] == nil, let date = Self.date(of: item) else {
        return false
      }
      return byDate[date] == nil && Self.title(of: item).map { byTitle[$0] == nil } ?? true
    }
  }

  /// Place by key; nil behind a key that several items have.
  private static func index(_ items: [MediaItem], _ keys: (MediaItem) -> [String]) -> [String: Int?] {
    var places: [String: Int?] = [:]
    for (place, item) in items.enumerated() {
      for key in keys(item) { places[key] = places[key] == nil ? .some(place) : .some(nil) }
    }
    return places
  }

  private static func keys(of item: MediaItem) -> [String] {
    guard item.kind == .episode else { return [] }
    return Proof.identities(of: item).sorted.map { "\($0.namespace)/\($0.value)" }
  }

  private static func number(of item: MediaItem) -> String? {
    guard let index = item.index else { return nil }
    return item.kind == .season ? "\(index)" : item.parent?.index.map { "\($0)/\(index)" }
  }

  private static func date(of item: MediaItem) -> String? { item.kind == .season ? nil : item.released?.description }

  private static func title(of item: MediaItem) -> String? {
    guard item.kind == .episode, !item.title.isEmpty, !PlaceholderTitle.isOne(item.title) else { return nil }
    return FoldedTitle(item.title).strict
  }

  /// The same number, but another day and another title: the sources count in different ways.
  private static func contradict(_ one: MediaItem, _ other: MediaItem) -> Bool {
    guard let first = one.released, let second = other.released, abs(days(first) - days(second)) > 7 else {
      return false
    }
    guard let left = title(of: one), let right = title(of: other) else { return true }
    return left != right
  }

  /// Days since year 0, near enough to compare.
  private static func days(_ date: CalendarDate) -> Int { date.year * 365 + date.month * 30 + date.day }
}
