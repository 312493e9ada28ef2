import Foundation
import Testing

/// The rules that keep the house easy to see. Each failing line names the file and the rule.
@Suite struct LayoutTests {
  static let system: Set<String> = ["FoundationEssentials", "Glibc", "Synchronization"]

  /// Who may use whom: dependencies point one way.
  static let mayImport: [String: Set<String>] = [
    "CommandModel": [],
    "MetadataModel": ["CommandModel"],
    "ServiceText": [],
    "Support": ["CSupport"],
    "UsherKit": ["CUsher", "MetadataModel", "ServiceText"],
    "UsherKitTesting": ["UsherKit", "CUsher"],
    "Storage": ["CSQLite", "Support"],
    "Transport": ["CCurl", "Support"],
    "Limits": ["Transport", "Support"],
    "Fetching": ["Limits", "Transport", "Support", "CCrypto"],
    "ClientLimits": ["Support"],
    "HTTPServer": ["ClientLimits", "CMicroHTTPD", "Support"],
    "ConfigurationText": [],
    "Configuration": ["ConfigurationText", "Merging", "MetadataModel", "Support"],
    "Terminal": ["CSupport", "Support"],
    "PluginCommands": ["MetadataModel", "Terminal", "Support"],
    "MediaFiles": ["Support"],
    "PluginLoading": ["CUsher", "MetadataModel", "Support"],
    "PluginCalls": ["PluginLoading", "CUsher", "MetadataModel", "Support"],
    "PluginHosting": ["PluginCalls", "PluginLoading", "CUsher", "MetadataModel", "Support"],
    "PluginChecks": ["PluginHosting", "PluginCalls", "PluginLoading", "CUsher", "MetadataModel", "Support"],
    "NameWords": ["MetadataModel"],
    "NameNumbers": ["NameWords", "MetadataModel"],
    "NameReadings": ["NameNumbers", "NameWords", "MetadataModel"],
    "SceneReadings": ["NameReadings", "NameNumbers", "NameWords", "MetadataModel"],
    "Naming": ["SceneReadings", "NameReadings", "NameNumbers", "NameWords", "MetadataModel"],
    "TitleMatching": ["MetadataModel", "CUTF8Proc"],
    "Merging": ["MetadataModel", "TitleMatching"],
    "Works": ["MetadataModel", "Storage", "Support"],
    "Answers": ["PluginCalls", "MetadataModel", "Support"],
    "Searching": ["Answers", "Merging", "PluginCalls", "TitleMatching", "MetadataModel", "Support"],
    "Gathering": ["Searching", "Answers", "Merging", "PluginCalls", "Works", "MetadataModel", "Support"],
    "Library": [
      "Gathering", "Searching", "Answers", "Naming", "PluginCalls", "TitleMatching", "Works", "MetadataModel",
      "Support",
    ],
    "Routes": [
      "ClientLimits", "Configuration", "HTTPServer", "MetadataModel", "PluginCalls", "PluginHosting", "Support",
    ],
    "Explaining": ["Answers", "Library", "MetadataModel", "PluginCalls", "Routes", "Terminal"],
    "Wiring": [
      "Configuration", "Explaining", "Fetching", "Gathering", "Library", "MediaFiles", "MetadataModel", "PluginCalls",
      "PluginHosting", "PluginLoading", "Routes", "Searching", "Storage", "Support", "Terminal", "Transport", "Works",
    ],
    "Host": [
      "Answers", "Configuration", "Explaining", "HTTPServer", "Library", "MetadataModel", "NameReadings", "Naming",
      "PluginCalls", "PluginChecks", "PluginCommands", "PluginHosting", "PluginLoading", "Routes", "Storage",
      "Support", "Terminal", "Wiring", "Works",
    ],
  ]

  /// A plugin sees the kit and nothing of the host, beside its own modules and these libraries.
  static let pluginExtras: [String: Set<String>] = ["Local": ["CExpat"]]

  /// Plugins too large for one module: a folder per module, with what each may import beside the kit.
  static let pluginParts: [String: [String: Set<String>]] = [
    "Plex": [
      "Provider": [],
      "Documents": ["CExpat"],
      "Servers": ["PlexDocuments"],
      "Catalogue": ["CSQLite", "PlexServers"],
      "Paths": ["PlexServers", "PlexCatalogue"],
      "Sharing": ["PlexServers", "PlexCatalogue"],
      "Setup": ["PlexServers", "PlexCatalogue"],
      "Commands": ["PlexServers", "PlexCatalogue", "PlexPaths", "PlexSharing", "PlexSetup"],
      "Plugin": ["PlexProvider", "PlexPaths", "PlexCommands"],
    ]
  ]

  /// Folders of the plugins' modules, with what each may import beside the kit.
  static var pluginModules: [(folder: String, extras: Set<String>)] {
    SourceTree.folders(below: "Plugins").flatMap { plugin in
      guard let parts = pluginParts[plugin] else {
        return [(folder: "Plugins/\(plugin)", extras: pluginExtras[plugin, default: []])]
      }
      return parts.sorted { $0.key < $1.key }.map { (folder: "Plugins/\(plugin)/\($0.key)", extras: $0.value) }
    }
  }

  @Test func noSourceFileIsLongerThan300Lines() {
    let long = ["Sources", "Plugins", "Tests"].flatMap { SourceTree.files(below: $0) }
      .filter { SourceTree.lines(of: $0).count > 300 }.map(SourceTree.path)
    #expect(long == [])
  }

  @Test func noModuleIsLongerThan1500Lines() {
    let modules = SourceTree.folders(below: "Sources").map { "Sources/\($0)" }
    for module in modules + Self.pluginModules.map(\.folder) {
      let lines = SourceTree.files(below: module).map { SourceTree.lines(of: $0).count }.reduce(0, +)
      #expect(lines <= 1500, "\(module)")
    }
  }

  @Test func modulesImportOnlyWhatThePictureAllows() {
    for (module, allowed) in Self.mayImport {
      for file in SourceTree.files(below: "Sources/\(module)") {
        let foreign = Set(SourceTree.imports(of: file)).subtracting(allowed).subtracting(Self.system)
        #expect(foreign == [], "\(SourceTree.path(file))")
      }
    }
  }

  @Test func everyModuleStandsInThePicture() {
    // CUsher, CCurl: C, and a word of its own after it.
    let swiftModules = SourceTree.folders(below: "Sources").filter { name in
      !(name.hasPrefix("C") && name.dropFirst().first?.isUppercase == true)
    }
    #expect(Set(swiftModules) == Set(Self.mayImport.keys))
  }

  @Test func pluginsImportOnlyTheKit() {
    for (folder, extras) in Self.pluginModules {
      let allowed = extras.union(["UsherKit", "FoundationEssentials", "Glibc"])
      for file in SourceTree.files(below: folder) {
        #expect(Set(SourceTree.imports(of: file)).subtracting(allowed) == [], "\(SourceTree.path(file))")
      }
    }
  }

  @Test func everyPartOfALargePluginStandsInThePicture() {
    for (plugin, parts) in Self.pluginParts {
      #expect(Set(SourceTree.folders(below: "Plugins/\(plugin)")) == Set(parts.keys), "Plugins/\(plugin)")
      let stray = SourceTree.files(below: "Plugins/\(plugin)").map(SourceTree.path)
        .filter { $0.split(separator: "/").count < 4 }
      #expect(stray == [])
    }
  }

  @Test func fullFoundationStaysOutOfTheProgram() {
    for file in SourceTree.files(below: "Sources") + SourceTree.files(below: "Plugins") {
      #expect(!SourceTree.imports(of: file).contains("Foundation"), "\(SourceTree.path(file))")
    }
  }

  @Test func pluginFoldersTargetsAndSwitchesAreTheSameSet() throws {
    let folders = SourceTree.folders(below: "Plugins")
    let manifest = try SourceTree.text("Package.swift")
    let listed = manifest.split(separator: "\n").filter {
      $0.hasPrefix("let swiftPlugins") || $0.hasPrefix("let cPlugins")
    }
    .flatMap { $0.split(separator: "\"").enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) } }
    #expect(Set(listed) == Set(folders))
    let data = Data(try SourceTree.text("plugins.json").utf8)
    let document = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    let switches = document?["plugins"] as? [String: Any] ?? [:]
    #expect(Set(switches.keys) == Set(folders.map { $0.lowercased() }))
  }

  @Test func everySwiftFileNamesItsSubject() {
    let vague = ["Util", "Helper", "Manager", "Misc", "Common", "Stuff"]
    for file in ["Sources", "Plugins", "Tests"].flatMap({ SourceTree.files(below: $0) }) {
      let name = file.deletingPathExtension().lastPathComponent
      #expect(!vague.contains { name.contains($0) }, "\(SourceTree.path(file))")
    }
  }

  @Test func noMutexThatTheThreadSanitizerMisreads() throws {
    for file in SourceTree.files(below: "Sources") + SourceTree.files(below: "Plugins") {
      let code = SourceTree.lines(of: file).filter { !$0.drop { $0 == " " }.hasPrefix("//") }
      #expect(!code.contains { $0.contains("Mutex(") || $0.contains("Mutex<") }, "\(SourceTree.path(file))")
    }
  }
}
