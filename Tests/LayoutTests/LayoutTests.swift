import Foundation
import Testing

/// The rules that keep the house easy to see. Each failing line names the file and the rule.
@Suite struct LayoutTests {
  static let system: Set<String> = ["FoundationEssentials", "Glibc", "Synchronization"]

  /// Who may use whom: dependencies point one way.
  static let mayImport: [String: Set<String>] = [
    "MetadataModel": [],
    "Support": ["CSupport"],
    "UsherKit": ["CUsher", "MetadataModel"],
    "UsherKitTesting": ["UsherKit", "CUsher"],
    "Storage": ["CSQLite", "Support"],
    "Transport": ["CCurl", "Support"],
    "Limits": ["Transport", "Support"],
    "Fetching": ["Limits", "Transport", "Support"],
    "HTTPServer": ["CMicroHTTPD", "Support"],
    "Configuration": ["Merging", "MetadataModel", "Support"],
    "Terminal": ["CSupport", "Support"],
    "MediaFiles": ["Support"],
    "PluginLoading": ["CUsher", "MetadataModel", "Support"],
    "PluginCalls": ["PluginLoading", "CUsher", "MetadataModel", "Support"],
    "PluginHosting": ["PluginCalls", "PluginLoading", "CUsher", "MetadataModel", "Support"],
    "PluginChecks": ["PluginHosting", "PluginCalls", "PluginLoading", "CUsher", "MetadataModel", "Support"],
    "Naming": ["MetadataModel", "CUTF8Proc"],
    "TitleMatching": ["MetadataModel", "CUTF8Proc"],
    "Merging": ["MetadataModel", "TitleMatching"],
    "Works": ["MetadataModel", "Storage", "Support"],
    "Answers": ["PluginCalls", "MetadataModel", "Support"],
    "Library": ["Answers", "Merging", "Naming", "PluginCalls", "TitleMatching", "Works", "MetadataModel", "Support"],
    "Routes": ["Configuration", "HTTPServer", "MetadataModel", "PluginCalls", "PluginHosting", "Support"],
    "Explaining": ["Answers", "Library", "MetadataModel", "PluginCalls", "Routes", "Terminal"],
    "Host": [
      "Answers", "Configuration", "Explaining", "Fetching", "HTTPServer", "Library", "MediaFiles", "Merging",
      "MetadataModel", "Naming",
      "PluginCalls", "PluginChecks", "PluginHosting", "PluginLoading", "Routes", "Storage", "Support", "Terminal",
      "Transport", "Works",
    ],
  ]

  /// A plugin sees the kit and nothing of the host; the parser of NFO files is the one library beside it.
  static let pluginExtras: [String: Set<String>] = ["Local": ["CExpat"]]

  @Test func noSourceFileIsLongerThan300Lines() {
    let long = ["Sources", "Plugins", "Tests"].flatMap { SourceTree.files(below: $0) }
      .filter { SourceTree.lines(of: $0).count > 300 }.map(SourceTree.path)
    #expect(long == [])
  }

  /// The tables of words and the many ways to write a number need more room than other subjects. The library's search
  /// and its gathering ask each other; they are the next to be parted.
  static let longModules = [
    "Sources/Naming": 3900, "Sources/Library": 2400, "Sources/Configuration": 1550, "Sources/HTTPServer": 1550,
  ]

  @Test func noModuleIsLongerThan1500Lines() {
    let modules = SourceTree.folders(below: "Sources").map { "Sources/\($0)" }
    for module in modules + SourceTree.folders(below: "Plugins").map({ "Plugins/\($0)" }) {
      let lines = SourceTree.files(below: module).map { SourceTree.lines(of: $0).count }.reduce(0, +)
      #expect(lines <= Self.longModules[module, default: 1500], "\(module)")
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
    let swiftModules = SourceTree.folders(below: "Sources").filter { !$0.hasPrefix("C") || $0 == "Configuration" }
    #expect(Set(swiftModules) == Set(Self.mayImport.keys))
  }

  @Test func pluginsImportOnlyTheKit() {
    for plugin in SourceTree.folders(below: "Plugins") {
      let allowed = Self.pluginExtras[plugin, default: []].union(["UsherKit", "FoundationEssentials", "Glibc"])
      for file in SourceTree.files(below: "Plugins/\(plugin)") {
        #expect(Set(SourceTree.imports(of: file)).subtracting(allowed) == [], "\(SourceTree.path(file))")
      }
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
