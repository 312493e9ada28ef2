import UsherKit

extension PlexCall {
  /// Trimming lists of the query.
  var queryTrimming: Trimming { Trimming { request.query($0) } }
  /// The order of episodes that the query asks for; nil for the aired one.
  var order: String? { request.query("episodeOrder").flatMap { $0.isEmpty ? nil : $0 } }

  /// One item, with everything directly below it when asked (protocol §3.5).
  func item(_ key: String) async throws -> ServerResponse {
    let item = try await find(key, order: order)
    var children: [MediaItem]?
    if ["1", "true"].contains(request.query("includeChildren")), item.kind.child != nil {
      children = try await self.children(of: item, order: order)
    }
    let object = translation(trimming: queryTrimming).object(item, children: children)
    return try .json(MediaContainer(whole: .metadata([object]), provider), freshFor: Freshness.item)
  }

  /// The base of all items: nobody lists a catalogue through a provider, but the address that the root names is live.
  func emptyCatalogue() throws -> ServerResponse {
    try .json(MediaContainer(whole: .metadata([]), provider), freshFor: Freshness.root)
  }
}
