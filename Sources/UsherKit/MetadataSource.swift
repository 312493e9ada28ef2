public import MetadataModel

/// A source of metadata: what `metadata-source/1` of usher.h is in Swift.
///
/// One value serves all calls, several at once, so it keeps no state of its own beyond what `init` read. Functions run
/// on a thread that the host lends; network, cache and clock come from `host`. Throw `PluginError` for an outcome that
/// the host should know (`.notFound`, `.unauthorized`, …); any other error counts as a fault of the plugin.
public protocol MetadataSource: Sendable {
  /// Reads settings. No network here. A `PluginError` thrown here is shown as the reason in `usher plugins`.
  init(_ host: HostContext) throws

  /// Possible matches, best first; empty when the source has none. Asked for movies and shows: the host finds seasons
  /// and episodes through `children`.
  func match(_ request: MatchRequest, _ host: HostContext) async throws -> [Candidate]

  /// All about the item `request.id`, which this source made. Throws `.notFound` when there is no such item (any more).
  func fetch(_ request: ItemRequest, _ host: HostContext) async throws -> MediaItem

  /// All seasons of a show, or all episodes of a season, in order. Not asked for movies and episodes.
  func children(_ request: ItemRequest, _ host: HostContext) async throws -> [MediaItem]

  /// Every picture of an item. Without it the host takes `artwork` of `fetch`.
  func images(_ request: ItemRequest, _ host: HostContext) async throws -> [Artwork]
}

extension MetadataSource {
  public func children(_ request: ItemRequest, _ host: HostContext) async throws -> [MediaItem] {
    throw PluginError(.unsupported, "this source has no items below \(request.id)")
  }

  public func images(_ request: ItemRequest, _ host: HostContext) async throws -> [Artwork] {
    throw PluginError(.unsupported, "this source brings pictures with the item")
  }
}
