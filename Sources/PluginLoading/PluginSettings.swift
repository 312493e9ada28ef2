package import MetadataModel

/// The values of a plugin's settings, checked against what its manifest declares.
package struct PluginSettings: Sendable {
  private let declared: Set<String>
  private let values: [String: [UInt8]]

  /// Refuses settings that the manifest does not declare, values of another type, and missing required ones.
  package init(_ manifest: PluginManifest, _ entry: PluginEntry) throws(LoadError) {
    declared = Set(manifest.settings.map(\.name))
    let given = Set(entry.settings.keys).union(entry.missingVariables.keys)
    if let unknown = given.subtracting(declared).min() {
      throw .unknownSetting(id: entry.id, setting: unknown, known: manifest.settings.map(\.name))
    }
    var values: [String: [UInt8]] = [:]
    for setting in manifest.settings {
      let own = entry.settings[setting.name]
      if let own, !setting.form.fits(own) {
        throw .wrongSetting(id: entry.id, setting: setting, found: PluginSetting.Form(of: own))
      }
      let value = own ?? setting.standard
      guard let value, !(setting.required && value == .string("")) else {
        guard setting.required else { continue }
        throw .missingSetting(id: entry.id, setting: setting, variable: entry.missingVariables[setting.name])
      }
      values[setting.name] = try? JSONCoding.encode(value)
    }
    self.values = values
  }

  /// The JSON text of a setting. Throws `.badRequest` when it is not declared, `.notFound` when it has no value.
  package func value(_ name: String) throws(PluginError) -> [UInt8] {
    guard declared.contains(name) else {
      throw PluginError(.badRequest, "the manifest declares no setting '\(name)'")
    }
    guard let value = values[name] else {
      throw PluginError(.notFound, "setting '\(name)' has neither a value nor a default")
    }
    return value
  }
}

extension PluginSetting.Form {
  init(of value: SettingValue) {
    switch value {
    case .string: self = .string
    case .integer: self = .integer
    case .boolean: self = .boolean
    case .list: self = .list
    }
  }

  func fits(_ value: SettingValue) -> Bool { Self(of: value) == self }
}
