import UsherKit

extension MatchBody {
  /// The hints in the library's words. A season or an episode may come with the guid of its show.
  func request(for kind: MediaKind, provider: Provider, locale: RequestLocale) -> MatchRequest {
    var request = MatchRequest(kind: kind)
    request.language = locale.language
    request.country = locale.country
    request.file = filename
    request.order = episodeOrder
    request.manual = manual
    request.includeAdult = includeAdult
    request.id = guid.flatMap { provider.id(ofGuid: $0) }.flatMap { id in
      id.kind == kind || id.kind == .show || !id.kind.isKnown ? id : nil
    }
    request.externalIDs = externalIDs
    describe(kind, in: &request)
    return request
  }

  /// A season's or an episode's `year` may be its own and not the show's first one, so it says nothing about the show
  /// and is left out (protocol §2.1).
  private func describe(_ kind: MediaKind, in request: inout MatchRequest) {
    switch kind {
    case .season:
      request.showTitle = parentTitle
      request.season = index.flatMap(Self.ordinal)
    case .episode:
      request.title = title
      request.showTitle = grandparentTitle
      request.season = parentIndex.flatMap(Self.ordinal)
      request.episode = index.flatMap(Self.ordinal)
      request.date = date
    default:
      request.title = title
      request.year = year.flatMap { (1...9999).contains($0) ? $0 : nil }
    }
  }

  private static func ordinal(_ number: Int) -> Int? { number >= 0 ? number : nil }

  /// Ids at other services. `plex://` and `local://` are ids of Plex itself, which no source knows.
  private var externalIDs: ExternalIDs? {
    guard let guid, let id = ExternalIDs.parse(guid), !["plex", "local", "none"].contains(id.namespace) else {
      return nil
    }
    return ExternalIDs([id.namespace: id.value])
  }
}

extension MatchRequest {
  /// False when nothing in it could lead to an item, as for an episode without numbers, date, file and ids.
  var namesSomething: Bool {
    if id != nil || externalIDs?.isEmpty == false || file != nil { return true }
    return switch kind {
    case .season: showTitle != nil && season != nil
    case .episode: showTitle != nil && (episode != nil || date != nil)
    default: title != nil
    }
  }
}
