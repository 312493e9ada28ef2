import UsherKit

/// One search for a movie or show: by its own id, by ids of other services, by title.
struct TMDBMatching: Sendable {
  let kind: TMDBKind
  let request: MatchRequest
  let api: TMDBAPI

  /// Possible matches, best first. An id that TMDB knows ends the search, unless a person wants to choose.
  func candidates() async throws -> [Candidate] {
    let known = try await byID()
    if let known, request.manual != true { return [known] }
    let found = known.map { [$0] } ?? []
    guard let title = request.title, !title.trimmed.isEmpty else { return found }
    return found + (try await byTitle(title)).filter { $0.id != known?.id }
  }

  private func byID() async throws -> Candidate? {
    let ids = request.externalIDs
    let own = request.id.flatMap { $0.source == TMDBSource.id && $0.kind == kind.kind ? $0.value : nil }
    for text in [own, ids?["tmdb"]] {
      guard let id = text.flatMap({ Int($0) }), id > 0, let item = try await item(id) else { continue }
      return TMDBMapping.candidate(item)
    }
    for (namespace, service) in [("imdb", "imdb_id"), ("tvdb", "tvdb_id")] {
      guard let id = ids?[namespace], let hit = try await api.find(kind, service, id).first,
        var candidate = TMDBMapping.candidate(hit, kind, relevance: 1)
      else { continue }
      candidate.externalIDs?[namespace] = id
      return candidate
    }
    return nil
  }

  /// Nil when TMDB has no such work (any more).
  private func item(_ id: Int) async throws -> MediaItem? {
    do {
      return try await TMDBMapping.item(kind, id, api)
    } catch let error as PluginError where error.kind == .notFound {
      return nil
    }
  }

  /// All hits, wrong ones too: the host judges. With the year first; without it when that finds nothing of this name,
  /// since services disagree about years.
  private func byTitle(_ title: String) async throws -> [Candidate] {
    let (name, ownYear) = Self.withoutYear(title)
    let year = (request.year ?? ownYear).flatMap { (1000...9999).contains($0) ? $0 : nil }
    var hits = try await api.search(kind, name, year: year, includeAdult: request.includeAdult == true)
    var named = hits.contains { Self.isNamed($0, name) }
    var others = named ? nil : try await otherNames(ofFirst: hits)
    if let others { named = others.contains { Self.folded($0) == Self.folded(name) } }
    if !named, year != nil {
      let more = try await api.search(kind, name, year: nil, includeAdult: request.includeAdult == true)
      if hits.isEmpty, !more.contains(where: { Self.isNamed($0, name) }) {
        others = try await otherNames(ofFirst: more)
      }
      hits += more.filter { hit in !hits.contains { $0.id == hit.id } }
    }
    return candidates(hits, othersOfFirst: others)
  }

  private func candidates(_ hits: [TMDBListItem], othersOfFirst others: [String]?) -> [Candidate] {
    let most = hits.compactMap(\.popularity).filter(\.isFinite).max() ?? 0
    return hits.enumerated().compactMap { offset, hit in
      let relevance = most > 0 ? hit.popularity.map { min(1, max(0, $0 / most)) } : nil
      var candidate = TMDBMapping.candidate(hit, kind, relevance: relevance)
      if offset == 0, let others, !others.isEmpty { candidate?.alternativeTitles = others }
      return candidate
    }
  }

  /// TMDB searches translated and other titles too but does not tell them, so the first hit is asked for them; that
  /// answer serves the fetch that follows.
  private func otherNames(ofFirst hits: [TMDBListItem]) async throws -> [String]? {
    guard let first = hits.first else { return nil }
    do {
      return try await api.names(kind, first.id).others(than: [first.title, first.originalTitle])
    } catch let error as PluginError where error.kind == .notFound || error.kind == .unavailable {
      return nil
    }
  }

  private static func isNamed(_ hit: TMDBListItem, _ name: String) -> Bool {
    folded(hit.title) == folded(name) || hit.originalTitle.map { folded($0) == folded(name) } == true
  }

  private static func folded(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }

  /// "Title (2014)" is how file names tell works of one name apart; TMDB's titles have no year.
  static func withoutYear(_ title: String) -> (title: String, year: Int?) {
    let title = title.trimmed
    guard title.hasSuffix(")"), let open = title.lastIndex(of: "(") else { return (title, nil) }
    let digits = title[title.index(after: open)...].dropLast()
    guard digits.utf8.count == 4, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return (title, nil) }
    let rest = title[..<open].trimmed
    return rest.isEmpty ? (title, nil) : (rest, Int(digits))
  }
}
