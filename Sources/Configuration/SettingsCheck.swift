public import ConfigurationText
public import MetadataModel

extension ConfigurationReader {
  /// What a plugin's settings in the file say against its manifest: unknown names and values of another type.
  ///
  /// A required setting that has no value is no problem of the file: the plugin is then `needs-configuration`.
  public static func check(
    settingsOf plugin: PluginConfiguration, against manifest: PluginManifest
  ) -> [ConfigurationProblem] {
    let known = Dictionary(manifest.settings.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    return plugin.settingPositions.sorted { $0.value < $1.value }.compactMap { name, position in
      guard let setting = known[name] else {
        let suggestion = Suggestion.text(for: name, among: manifest.settings.map(\.name))
        return ConfigurationProblem(
          position, "unknown setting '\(name.prefix(40))' of plugin '\(plugin.id)'; \(suggestion)")
      }
      guard let value = plugin.settings[name], !fits(value, setting.form) else { return nil }
      return ConfigurationProblem(
        position,
        "setting '\(name)' of plugin '\(plugin.id)': expected \(words(for: setting.form)), found \(kind(of: value))")
    }
  }

  private static func fits(_ value: SettingValue, _ form: PluginSetting.Form) -> Bool {
    switch (value, form) {
    case (.string, .string), (.integer, .integer), (.boolean, .boolean), (.list, .list): true
    default: false
    }
  }

  private static func words(for form: PluginSetting.Form) -> String {
    switch form {
    case .string: "a string"
    case .integer: "a whole number"
    case .boolean: "true or false"
    case .list: "a list of strings"
    }
  }

  private static func kind(of value: SettingValue) -> String {
    switch value {
    case .string: "a string"
    case .integer: "a number"
    case .boolean(let value): value ? "true" : "false"
    case .list: "a list"
    }
  }
}
