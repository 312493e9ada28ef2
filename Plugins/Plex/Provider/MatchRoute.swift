import UsherKit

extension PlexCall {
  /// Candidates that a person may choose from; more than a dialog can show helps nobody.
  private static let mostCandidates = 20
  /// Seasons and episodes must name their show, which only the item itself knows, so each costs a question.
  private static let mostFullCandidates = 5

  /// The best match, or what a person may choose from. No match is an empty 200 (protocol §2.4).
  func match() async throws -> ServerResponse {
    guard request.body.count <= MatchBody.maximumSize else {
      return try .failure(413, .tooLarge, "the body of a match may have \(MatchBody.maximumSize) bytes")
    }
    let body = try MatchBody(request.body)
    guard let type = body.type else {
      throw PluginError(.badRequest, "the body of a match must have the integer \"type\"")
    }
    guard let kind = provider.kind(ofType: type) else { return try answer([]) }
    var wanted = body.request(for: kind, provider: provider, locale: locale)
    guard wanted.namesSomething else { return try answer([]) }
    let places = wanted.file.map(places) ?? []
    wanted.localFiles = places.isEmpty ? nil : places

    let found = try await emptyWhenNotFound { try await library.match(wanted) }
    let candidates = found.filter { $0.id.kind == kind && shows($0.isAdult == true, body) }
    guard body.manual else { return try answer(try await best(candidates.first, body)) }
    return try answer(try await choice(candidates, body))
  }

  private func answer(_ objects: [MetadataObject]) throws -> ServerResponse {
    try .json(
      MediaContainer(whole: .metadata(objects), provider),
      freshFor: objects.isEmpty ? Freshness.noMatch : Freshness.match)
  }

  /// Explicit items are there only for a provider declared adult, and only when Plex asks for them.
  private func shows(_ isAdult: Bool, _ body: MatchBody) -> Bool {
    !isAdult || (provider.adult && body.includeAdult == true)
  }

  /// The accepted match with all that is known of it; nothing when its source has it no more.
  private func best(_ candidate: Candidate?, _ body: MatchBody) async throws -> [MetadataObject] {
    guard let candidate else { return [] }
    let items = try await emptyWhenNotFound { try await [full(candidate.id, body, score: 100)] }
    return items.compactMap { $0 }
  }

  /// Movies and shows from what the candidates say, so that the dialog opens at once.
  private func choice(_ candidates: [Candidate], _ body: MatchBody) async throws -> [MetadataObject] {
    let isPlaced = candidates.first.map { $0.id.kind == .season || $0.id.kind == .episode } ?? false
    let translation = translation(trimming: body.trimming, isMatch: true)
    guard isPlaced else {
      return candidates.prefix(Self.mostCandidates).enumerated().map { place, candidate in
        translation.object(candidate, score: Self.score(place))
      }
    }
    var objects: [MetadataObject] = []
    for (place, candidate) in candidates.prefix(Self.mostFullCandidates).enumerated() {
      objects += try await emptyWhenNotFound { try await [full(candidate.id, body, score: Self.score(place))] }
        .compactMap { $0 }
    }
    return objects
  }

  /// 100, 99, … and never below 86: Plex takes less as no match (protocol §2.4).
  private static func score(_ place: Int) -> Int { max(86, 100 - place) }

  /// Nil when the item may not be shown, or is a season of an order that its show does not have.
  private func full(_ id: ItemID, _ body: MatchBody, score: Int) async throws -> MetadataObject? {
    let item = try await library.fetch(itemRequest(id, order: body.episodeOrder))
    guard shows(item.isAdult, body) else { return nil }
    if item.kind == .season, try await !has(body.episodeOrder, item) { return nil }
    var children: [MediaItem]?
    if body.includeChildren, item.kind.child != nil {
      children = try await self.children(of: item, order: body.episodeOrder).filter { shows($0.isAdult, body) }
    }
    return translation(trimming: body.trimming, isMatch: true).object(item, children: children, score: score)
  }
}
