public import MetadataModel
public import PluginLoading

/// A row of `usher plugins`.
public struct PluginStatus: Sendable {
  public var id: String
  /// Nil when the library could not be read.
  public var manifest: PluginManifest?
  public var state: PluginState
  /// A sentence; empty when ready.
  public var reason: String

  public init(id: String, manifest: PluginManifest?, state: PluginState, reason: String) {
    self.id = id
    self.manifest = manifest
    self.state = state
    self.reason = reason
  }
}
