public import MetadataModel

/// What the configuration says of one plugin.
public struct PluginEntry: Sendable {
  /// The plugin's id, and the end of its entry symbol.
  public var id: String
  /// Absolute path of the library.
  public var library: String
  public var enabled: Bool
  public var settings: [String: SettingValue]
  /// Settings left without a value because an environment variable is not set: setting to variable.
  public var missingVariables: [String: String]
  /// Overrides the manifest's limit; nil keeps it.
  public var rateLimit: RateLimit?

  public init(
    id: String, library: String, enabled: Bool = true, settings: [String: SettingValue] = [:],
    missingVariables: [String: String] = [:], rateLimit: RateLimit? = nil
  ) {
    self.id = id
    self.library = library
    self.enabled = enabled
    self.settings = settings
    self.missingVariables = missingVariables
    self.rateLimit = rateLimit
  }
}
