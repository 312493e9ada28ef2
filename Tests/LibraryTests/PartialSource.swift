import MetadataModel
import PluginCalls

@testable import Library

/// A source that says of itself that it brings parts only.
struct PartialSource: Source {
  let whole: FakeSource
  let manifest: PluginManifest

  init(_ whole: FakeSource) {
    self.whole = whole
    var manifest = whole.manifest
    manifest.isPartial = true
    self.manifest = manifest
  }

  var id: String { whole.id }
  var unusable: String? { nil }

  func match(_ request: MatchRequest, _ call: CallInfo) async throws(PluginError) -> MatchReply {
    try await whole.match(request, call)
  }

  func fetch(_ request: ItemRequest, _ call: CallInfo) async throws(PluginError) -> MediaItem {
    try await whole.fetch(request, call)
  }

  func children(_ request: ItemRequest, _ call: CallInfo) async throws(PluginError) -> ItemList {
    throw PluginError(.unsupported, "pictures only")
  }

  func images(_ request: ItemRequest, _ call: CallInfo) async throws(PluginError) -> ArtworkList {
    throw PluginError(.unsupported, "they come with the item")
  }
}
