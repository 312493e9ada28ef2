public import MetadataModel

/// Why a plugin could not be loaded: one case per step, in the order of the steps.
public enum LoadError: Error, Hashable, Sendable {
  case duplicate(id: String)
  case missing(library: String, reason: String)
  case notAFile(library: String)
  /// `path` is the library, or its folder.
  case writableByAll(library: String, path: String)
  case crashedHost(library: String, when: String, record: String)
  case notALibrary(library: String, reason: String)
  /// `found` are the entry symbols that are there instead.
  case noEntry(library: String, symbol: String, found: [String])
  case needsNewerHost(library: String, minor: UInt32)
  case tableTooSmall(library: String, found: UInt32, wanted: Int)
  case newerMinor(library: String, plugin: UInt32, host: UInt32)
  case otherID(library: String, wanted: String, found: String)
  case badManifest(library: String, reason: String)
  case unknownSetting(id: String, setting: String, known: [String])
  case missingSetting(id: String, setting: PluginSetting, variable: String?)
  case wrongSetting(id: String, setting: PluginSetting, found: PluginSetting.Form)
  case noThread(id: String)
  case openHangs(library: String, milliseconds: Int64)
  case openFailed(library: String, kind: PluginError.Kind, reason: String)
  case noInterface(library: String, interface: String)
  case interfaceTooSmall(library: String, interface: String, found: UInt32, wanted: Int)
  case noOperation(library: String, interface: String, operation: String)

  /// What the plugin's state becomes.
  public var state: PluginState {
    switch self {
    case .unknownSetting, .missingSetting, .wrongSetting, .openFailed(_, .badRequest, _),
      .openFailed(_, .unauthorized, _):
      .needsConfiguration
    default: .failed
    }
  }
}

extension LoadError: CustomStringConvertible {
  /// What file, what it is, what was wanted, what to do.
  public var description: String {
    switch self {
    case .duplicate(let id):
      "plugin '\(id)' is named twice; only the first one is loaded"
    case .missing(let library, let reason):
      "\(library) cannot be read: \(reason); build the plugin, or correct 'library' in plugins.json"
    case .notAFile(let library):
      "\(library) is not a regular file; 'library' must name the plugin's .so file"
    case .writableByAll(let library, let path):
      "\(library) is not loaded because everybody on this machine may write to \(path); "
        + "run: chmod o-w '\(path)'"
    case .crashedHost(let library, let when, let record):
      "\(library) is left out because it crashed the host at \(when); "
        + "to try it again, replace the library or delete \(record)"
    case .notALibrary(let library, let reason):
      "\(library) cannot be loaded as a shared library: \(reason)"
    case .noEntry(let library, let symbol, let found):
      Self.noEntry(library, symbol, found)
    case .needsNewerHost(let library, let minor):
      "\(library) needs a newer host: it refuses contract version 1.\(minor), which is this host's; update the host"
    case .tableTooSmall(let library, let found, let wanted):
      "\(library) describes itself in \(found) bytes where version 1 of the contract has \(wanted); "
        + "build it again with this host's usher.h"
    case .newerMinor(let library, let plugin, let host):
      "\(library) needs contract version 1.\(plugin), this host has 1.\(host); update the host or take an older plugin"
    case .otherID(let library, let wanted, let found):
      "\(library) says that it is '\(found)', plugins.json names it '\(wanted)'; use its own id"
    case .badManifest(let library, let reason):
      "\(library) has a manifest that cannot be used: \(reason)"
    case .unknownSetting(let id, let setting, let known):
      "plugins.json gives plugin '\(id)' the setting '\(setting)', which it does not have; "
        + (known.isEmpty ? "it has no settings" : "its settings are \(known.joined(separator: ", "))")
    case .missingSetting(let id, let setting, let variable):
      Self.missingSetting(id, setting, variable)
    case .wrongSetting(let id, let setting, let found):
      "setting '\(setting.name)' of plugin '\(id)' must be \(setting.form.phrase), plugins.json has \(found.phrase)"
    case .noThread(let id):
      "plugin '\(id)' could not be opened: the system has no thread left"
    case .openHangs(let library, let milliseconds):
      "\(library) did not return from open within \(seconds(milliseconds)); it must get ready without waiting"
    case .openFailed(let library, let kind, let reason):
      "\(library) could not get ready (\(kind.rawValue)): \(reason)"
    case .noInterface(let library, let interface):
      "\(library) promises '\(interface)' in its manifest and does not give it"
    case .interfaceTooSmall(let library, let interface, let found, let wanted):
      "\(library) gives '\(interface)' in \(found) bytes where its first version has \(wanted); "
        + "build it again with this host's usher.h"
    case .noOperation(let library, let interface, let operation):
      "\(library) gives '\(interface)' without its function '\(operation)'"
    }
  }

  private static func noEntry(_ library: String, _ symbol: String, _ found: [String]) -> String {
    let start = "\(library) has no function \(symbol)"
    guard let first = found.first else {
      return "\(start) and no other plugin entry: it is not a plugin, or hides its symbols"
    }
    let wanted = Entry(symbol)
    let other = Entry(first)
    guard let other, let wanted, other.major != wanted.major else {
      return "\(start) but \(found.joined(separator: ", ")); name it '\(other?.id ?? first)' in plugins.json"
    }
    let remedy =
      other.major < wanted.major ? "build it again with this host's usher.h" : "update the host or take an older plugin"
    return "\(start) but \(first): it was made for contract version \(other.major), this host has "
      + "\(wanted.major); \(remedy)"
  }

  private static func missingSetting(_ id: String, _ setting: PluginSetting, _ variable: String?) -> String {
    let meaning = setting.meaning.isEmpty ? "" : " (\(setting.meaning))"
    guard let variable else {
      return "plugin '\(id)' needs the setting '\(setting.name)'\(meaning); give it in plugins.json"
    }
    return "plugin '\(id)' needs the setting '\(setting.name)'\(meaning); set the environment variable \(variable)"
  }

  /// The parts of `usher_plugin_v1_tvmaze`.
  private struct Entry {
    let major: Int
    let id: String

    init?(_ symbol: String) {
      let parts = symbol.split(separator: "_", maxSplits: 3, omittingEmptySubsequences: false)
      guard parts.count == 4, parts[2].hasPrefix("v"), let major = Int(parts[2].dropFirst()) else { return nil }
      self.major = major
      id = String(parts[3])
    }
  }
}

extension PluginSetting.Form {
  var phrase: String {
    switch self {
    case .string: "a text"
    case .integer: "a whole number"
    case .boolean: "true or false"
    case .list: "a list of texts"
    }
  }
}
