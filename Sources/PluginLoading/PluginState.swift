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
