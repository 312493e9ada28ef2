/// The shows that a fake TVmaze knows, found by number, by number elsewhere and by word without looking at all of them.
struct FakeTVmazeCatalogue: Sendable {
  typealias Hit = (score: Double, isWhole: Bool, show: FakeTVmazeShow)

  let shows: [FakeTVmazeShow]
  /// Places in `shows`.
  private var byID: [String: Int] = [:]
  private var byIMDb: [String: Int] = [:]
  private var byTVDB: [String: Int] = [:]
  private var byWord: [String: Set<Int>] = [:]

  init(_ shows: [FakeTVmazeShow]) {
    self.shows = shows
    for (place, show) in shows.enumerated().reversed() {
      byID[String(show.id)] = place
      if let imdb = show.imdb { byIMDb[imdb] = place }
      if let tvdb = show.tvdb { byTVDB[String(tvdb)] = place }
      for word in Self.names(of: show).flatMap(Self.words) { byWord[word, default: []].insert(place) }
    }
  }

  func show(_ id: String) -> FakeTVmazeShow? { byID[id].map { shows[$0] } }

  func show(imdb: String?, tvdb: String?) -> FakeTVmazeShow? {
    let places = [imdb.flatMap { byIMDb[$0] }, tvdb.flatMap { byTVDB[$0] }].compactMap { $0 }
    return places.min().map { shows[$0] }
  }

  /// Shows that share at least half of the words asked for, in their name or another name; the best first.
  func search(_ text: String) -> [Hit] {
    let asked = Self.words(text)
    let places = asked.reduce(into: Set<Int>()) { $0.formUnion(byWord[$1] ?? []) }
    let hits = places.sorted().compactMap { place -> Hit? in
      let show = shows[place]
      let shared = Self.names(of: show).map { asked.intersection(Self.words($0)).count }.max() ?? 0
      guard shared > 0, shared * 2 >= asked.count else { return nil }
      let score = 1.5 * Double(shared) / Double(asked.count) + Double(show.weight) / 1000
      return (score, shared == asked.count, show)
    }
    return Array(hits.sorted { $0.score > $1.score }.prefix(10))
  }

  private static func names(of show: FakeTVmazeShow) -> [String] { [show.name] + show.akas.map(\.name) }

  /// Lower-case, without punctuation, as the service searches.
  private static func words(_ text: String) -> Set<String> {
    Set(text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
  }
}
