/// The works that a fake TMDB knows, found by number, by number elsewhere and by word without looking at all of them.
struct FakeTMDBCatalogue: Sendable {
  let works: [FakeTMDBWork]
  /// Places in `works`, by "movie/600", by "imdb_id/tt99000600", and by the words of all titles.
  private var byID: [String: Int] = [:]
  private var byOtherID: [String: [Int]] = [:]
  private var byWord: [String: Set<Int>] = [:]

  init(_ works: [FakeTMDBWork]) {
    self.works = works
    for (place, work) in works.enumerated() {
      byID["\(work.isMovie ? "movie" : "tv")/\(work.id)"] = place
      if let imdb = work.imdb { byOtherID["imdb_id/\(imdb)", default: []].append(place) }
      if let tvdb = work.tvdb { byOtherID["tvdb_id/\(tvdb)", default: []].append(place) }
      let titles = [work.originalTitle] + work.translations.map(\.title) + work.alternativeTitles.map(\.title)
      for word in titles.flatMap(Self.words) { byWord[word, default: []].insert(place) }
    }
  }

  func work(isMovie: Bool, id: String) -> FakeTMDBWork? { byID["\(isMovie ? "movie" : "tv")/\(id)"].map { works[$0] } }

  /// `service` is "imdb_id" or "tvdb_id".
  func works(service: String, id: String) -> [FakeTMDBWork] {
    byOtherID["\(service)/\(id)", default: []].map { works[$0] }
  }

  /// In the order of the catalogue.
  func works(withAnyOf words: Set<String>) -> [FakeTMDBWork] {
    words.reduce(into: Set<Int>()) { $0.formUnion(byWord[$1] ?? []) }.sorted().map { works[$0] }
  }

  static func words(_ text: String) -> Set<String> {
    let small: Set = ["the", "of", "no", "de", "la", "der", "die"]
    return Set(text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)).subtracting(small)
  }
}
