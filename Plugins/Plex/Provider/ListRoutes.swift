import UsherKit

/// The item itself is asked for first on every list: only then is an unknown key a 404 and an outage a 5xx, and only it
/// knows its orders. The library has it at hand, because Plex asks for the item just before.
extension PlexCall {
  /// Seasons of a show, episodes of a season, a page of them; empty for other items.
  func children(_ key: String) async throws -> ServerResponse {
    let items = try await children(of: find(key, order: order), order: order)
    return try page(of: items)
  }

  /// All episodes of a show, a page of them; empty for other items.
  func grandchildren(_ key: String) async throws -> ServerResponse {
    let items = try await grandchildren(of: find(key, order: order), order: order)
    return try page(of: items)
  }

  /// Every usable picture, those of the item first. All of them unless a page is asked for.
  func images(_ key: String) async throws -> ServerResponse {
    let item = try await find(key)
    let more = try await emptyWhenNotFound { try await library.images(itemRequest(item.id)) }
    var seen: Set<String> = []
    let artwork = settings.images.usable(item.artwork + more).filter {
      seen.insert("\($0.form.rawValue) \($0.url)").inserted
    }
    let paging = Paging(request, standardSize: nil)
    let images = paging.part(of: artwork).map { MetadataObject.Image($0, alt: item.title) }
    return try list(.images(images), total: artwork.count, paging)
  }

  /// No clips yet. Plex deletes what it has on an empty list, so it goes out only for an item that surely exists.
  func extras(_ key: String) async throws -> ServerResponse {
    _ = try await find(key)
    return try list(.metadata([]), total: 0, Paging(request))
  }

  private func page(of items: [MediaItem]) throws -> ServerResponse {
    let paging = Paging(request)
    let translation = translation(trimming: queryTrimming)
    return try list(.metadata(paging.part(of: items).map { translation.object($0) }), total: items.count, paging)
  }

  private func list(_ elements: MediaContainer.Elements, total: Int, _ paging: Paging) throws -> ServerResponse {
    try .json(
      MediaContainer(elements, offset: paging.start, total: total, provider),
      headers: [
        (name: "X-Plex-Container-Start", value: String(paging.start)),
        (name: "X-Plex-Container-Total-Size", value: String(total)),
      ],
      freshFor: Freshness.list)
  }
}
