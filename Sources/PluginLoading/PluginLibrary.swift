package import CUsher
import Glibc
package import MetadataModel
import Support

/// A plugin's id as C text that is never freed, for the crash record.
package struct PluginName: @unchecked Sendable {
  // Sendable is right because the text is written once, here.
  private let text: UnsafePointer<CChar>

  package init(_ id: String) {
    let characters = id.utf8CString
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: characters.count)
    for (index, character) in characters.enumerated() { copy[index] = character }
    text = UnsafePointer(copy)
  }

  /// Runs `body`, which enters the plugin's code: a crash meanwhile is put down to the plugin.
  package func inside<Result>(_ body: () -> Result) -> Result { CrashRecord.inside(text, body) }
}

/// A plugin's library in memory, described but not opened. It stays in memory for the life of the process.
package struct PluginLibrary: @unchecked Sendable {
  // Sendable is right because the table is constant and there for the life of the process (usher.h).
  package let path: String
  package let id: String
  package let manifest: PluginManifest
  package let table: UnsafePointer<usher_plugin>
  package let name: PluginName

  private static let prefix = "usher_plugin_"

  /// Loads the library at `path` and reads how the plugin `id` describes itself; runs its entry, not its `open`.
  package init(path: String, id: String) throws(LoadError) {
    guard Self.isID(id) else {
      throw .badManifest(library: path, reason: "'\(id)' is no plugin id: lower-case letters and digits")
    }
    self.path = path
    self.id = id
    name = PluginName(id)
    table = try Self.table(path, id, name)
    try Self.check(table, path, id)
    manifest = try Self.manifest(table, path, id)
  }

  /// True for lower-case letters and digits.
  package static func isID(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 64
      && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
  }

  /// The plugin's entry function, its library loaded.
  package static func entry(
    _ path: String, _ id: String, _ name: PluginName
  ) throws(LoadError) -> usher_plugin_entry {
    // Loading runs the library's constructors.
    let handle = name.inside { dlopen(path, RTLD_NOW | RTLD_NODELETE) }
    guard let handle else {
      throw .notALibrary(library: path, reason: loaderReason(path))
    }
    let symbol = "usher_plugin_v1_\(id)"
    guard let address = dlsym(handle, symbol) else {
      throw .noEntry(library: path, symbol: symbol, found: otherEntries(handle, path, id))
    }
    return unsafeBitCast(address, to: usher_plugin_entry.self)
  }

  private static func table(
    _ path: String, _ id: String, _ name: PluginName
  ) throws(LoadError) -> UnsafePointer<usher_plugin> {
    let entry = try entry(path, id, name)
    guard let table = name.inside({ entry(UInt32(USHER_ABI_MINOR)) }) else {
      throw .needsNewerHost(library: path, minor: UInt32(USHER_ABI_MINOR))
    }
    return table
  }

  /// What dlopen says, without the path that it begins with.
  private static func loaderReason(_ path: String) -> String {
    let text = dlerror().map { String(cString: $0) } ?? "no reason given"
    return text.hasPrefix(path + ": ") ? String(text.dropFirst(path.count + 2)) : text
  }

  /// This plugin's entries of other major versions first, then other plugins' entries.
  private static func otherEntries(_ handle: UnsafeMutableRawPointer, _ path: String, _ id: String) -> [String] {
    let names: [String] = (0...9).map { "\(prefix)v\($0)_\(id)" }
    let versions = names.filter { dlsym(handle, $0) != nil }
    return versions.isEmpty ? ExportedSymbols.names(in: path, prefix: prefix) : versions
  }

  private static func check(
    _ table: UnsafePointer<usher_plugin>, _ path: String, _ id: String
  ) throws(LoadError) {
    // Only the size may be read before it is known that the rest is there.
    let size = UnsafeRawPointer(table).load(as: UInt32.self)
    let wanted = MemoryLayout<usher_plugin>.size
    guard Int(size) >= wanted else { throw .tableTooSmall(library: path, found: size, wanted: wanted) }
    let minor = table.pointee.abi_minor
    guard minor <= UInt32(USHER_ABI_MINOR) else {
      throw .newerMinor(library: path, plugin: minor, host: UInt32(USHER_ABI_MINOR))
    }
    let found = table.pointee.id.map { String(cString: $0) } ?? ""
    guard found == id else { throw .otherID(library: path, wanted: id, found: found) }
    guard table.pointee.open != nil, table.pointee.close != nil, table.pointee.get_interface != nil else {
      throw .badManifest(library: path, reason: "the plugin's table lacks open, close or get_interface")
    }
  }

  private static func manifest(
    _ table: UnsafePointer<usher_plugin>, _ path: String, _ id: String
  ) throws(LoadError) -> PluginManifest {
    guard let text = table.pointee.manifest else { throw .badManifest(library: path, reason: "there is none") }
    let bytes = UnsafeRawBufferPointer(start: text, count: strnlen(text, 1 << 20))
    let manifest: PluginManifest
    do {
      manifest = try JSONCoding.decode(PluginManifest.self, from: bytes)
    } catch {
      throw .badManifest(library: path, reason: JSONCoding.path(of: error))
    }
    let version = table.pointee.version.map { String(cString: $0) } ?? ""
    if let reason = fault(in: manifest, id: id, version: version) {
      throw .badManifest(library: path, reason: reason)
    }
    return manifest
  }

  private static func fault(in manifest: PluginManifest, id: String, version: String) -> String? {
    guard manifest.id == id else { return "its id is '\(manifest.id)', the plugin's table says '\(id)'" }
    guard manifest.version == version else {
      return "its version is '\(manifest.version)', the plugin's table says '\(version)'"
    }
    guard !manifest.interfaces.isEmpty else { return "'interfaces' is empty; it must name at least one" }
    for setting in manifest.settings {
      if let standard = setting.standard, !setting.form.fits(standard) {
        return "the default of setting '\(setting.name)' must be \(setting.form.phrase)"
      }
    }
    return faultInCommands(of: manifest)
  }

  private static func faultInCommands(of manifest: PluginManifest) -> String? {
    if manifest.userHosts, manifest.interfaces.contains(USHER_METADATA_SOURCE) {
      return "'userHosts' is not for sources of metadata: their hosts stand in 'hosts'"
    }
    guard manifest.interfaces.contains(USHER_COMMANDS) else {
      return manifest.commands.isEmpty ? nil : "it has 'commands', and 'interfaces' does not name \(USHER_COMMANDS)"
    }
    guard !manifest.commands.isEmpty else { return "'interfaces' names \(USHER_COMMANDS), and 'commands' is empty" }
    return CommandDescription.fault(in: manifest.commands)
  }
}
