public import MetadataModel

/// How a plugin is doing.
public enum PluginState: String, Sendable, CaseIterable {
  case ready
  /// A setting is missing; the reason names it.
  case needsConfiguration = "needs-configuration"
  /// Switched off in plugins.json.
  case disabled
  /// Could not be loaded, or is broken; the reason says what to do.
  case failed
  /// Too many faults; the reason says when it is tried again.
  case suspended
}

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
