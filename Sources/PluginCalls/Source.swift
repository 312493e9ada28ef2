public import MetadataModel

/// A source, as the library sees it: a loaded plugin, or a fake in tests. Throws `PluginError`; replies are checked:
/// ids are the source's own and of the kind that was asked for.
public protocol Source: Sendable {
  var id: String { get }
  var manifest: PluginManifest { get }
  /// Nil when it can be asked now; otherwise why not: "needs-configuration: …", "suspended: …". A source whose service
  /// refuses its key is asked in vain: each question is `.unavailable` at once.
  var unusable: String? { get }

  func match(_ request: MatchRequest, _ call: CallInfo) async throws(PluginError) -> MatchReply
  func fetch(_ request: ItemRequest, _ call: CallInfo) async throws(PluginError) -> MediaItem
  func children(_ request: ItemRequest, _ call: CallInfo) async throws(PluginError) -> ItemList
  func images(_ request: ItemRequest, _ call: CallInfo) async throws(PluginError) -> ArtworkList
}
