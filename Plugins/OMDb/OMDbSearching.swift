import UsherKit

/// Finds works by title and year.
struct OMDbSearching {
  /// Pages of ten that a person's search reads; an automatic match is content with the first.
  static let pages = 3

  let api: OMDbAPI
  let type: OMDbType
  let manual: Bool

  /// Title and year of a request; "Title (2014)" is how file names tell works of one name apart.
  static func wanted(_ request: MatchRequest) -> (title: String, year: Int?) {
    let title = (request.title ?? request.showTitle ?? "").trimmed
    guard title.hasSuffix(")"), let open = title.lastIndex(of: "("),
      let year = OMDbText.year(String(title[title.index(after: open)...].dropLast())),
      title[open...].utf8.count == 6
    else { return (title, request.year) }
    let rest = title[..<open].trimmed
    return rest.isEmpty ? (title, request.year) : (rest, request.year ?? year)
  }

  /// Hits of the year, or of any year where there are none: services differ by one at the turn of a year.
  func candidates(_ wanted: (title: String, year: Int?)) async throws -> [Candidate] {
    let found = try await search(wanted.title, year: wanted.year)
    guard found.isEmpty, wanted.year != nil else { return found }
    return try await search(wanted.title, year: nil)
  }

  private func search(_ title: String, year: Int?) async throws -> [Candidate] {
    var hits: [OMDbHit] = []
    for page in 1...(manual ? Self.pages : 1) {
      switch try await api.search(title, type, year: year, page: page) {
      case .missing: return candidates(hits)
      // A title of one or two letters is too short for a search, but not for the question for one work.
      case .tooMany: return try await named(title, year: year)
      case .whole(let answer):
        hits += answer.hits
        if (answer.total ?? 0) <= page * 10 { return candidates(hits) }
      }
    }
    return candidates(hits)
  }

  private func named(_ title: String, year: Int?) async throws -> [Candidate] {
    guard let title = try await api.title(named: title, type, year: year).whole, title.type == type.rawValue else {
      return []
    }
    return [try OMDbMapping(title: title).candidate()]
  }

  /// In the service's order, which is by relevance; works of other types and repeated ones are left out.
  private func candidates(_ hits: [OMDbHit]) -> [Candidate] {
    var seen: Set<String> = []
    let usable = hits.filter { $0.type == type.rawValue && seen.insert($0.id).inserted }
    return usable.enumerated().compactMap { place, hit in
      guard let id = try? ItemID.omdb(type == .movie ? .movie : .show, hit.id) else { return nil }
      var candidate = Candidate(id: id, title: hit.title, year: hit.year.flatMap(OMDbText.year))
      candidate.poster = OMDbText.picture(hit.poster)
      candidate.externalIDs = ["imdb": hit.id]
      candidate.score = 1 - Double(place) / Double(usable.count)
      return candidate
    }
  }
}
