// swift-tools-version: 6.2
import PackageDescription

// One word per plugin: a folder below Plugins/, a target, and a dynamic library lib<Name>.so.
let swiftPlugins = ["ExampleSwift", "FanartTV", "Local", "OMDb", "Plex", "TMDB", "TPDB", "TVDB", "TVmaze"]
let cPlugins = ["ExampleC"]
let plugins = swiftPlugins + cPlugins

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// One of the modules that a large plugin is made of: a folder below the plugin's own.
func part(_ plugin: String, _ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(
    name: plugin + name, dependencies: ["UsherKit"] + dependencies, path: "Plugins/\(plugin)/\(name)",
    swiftSettings: strict)
}

let plexParts = [
  part("Plex", "Provider", []),
  part("Plex", "Documents", ["CExpat"]),
  part("Plex", "Servers", ["PlexDocuments"]),
  part("Plex", "Catalogue", ["PlexServers", "CSQLite"]),
  part("Plex", "Paths", ["PlexServers", "PlexCatalogue"]),
  part("Plex", "Sharing", ["PlexServers", "PlexCatalogue"]),
  part("Plex", "Setup", ["PlexServers", "PlexCatalogue"]),
  part("Plex", "Commands", ["PlexServers", "PlexCatalogue", "PlexPaths", "PlexSharing", "PlexSetup"]),
]

let package = Package(
  name: "usher",
  products: [
    .executable(name: "usher", targets: ["Host"]),
    .library(name: "UsherKit", targets: ["UsherKit"]),
    .library(name: "UsherKitTesting", targets: ["UsherKitTesting"]),
    .library(name: "CUsher", targets: ["CUsher"]),
  ] + plugins.map { .library(name: $0, type: .dynamic, targets: [$0]) },
  targets: [
    // The contract, and the values both sides of it speak.
    .target(name: "CUsher"),
    module("CommandModel"),
    module("MetadataModel", ["CommandModel"]),

    // What a plugin is written with.
    module("ServiceText"),
    module("UsherKit", ["CUsher", "MetadataModel", "ServiceText"]),
    module("UsherKitTesting", ["UsherKit", "CUsher"]),

    // System libraries.
    .target(name: "CCurl", linkerSettings: [.linkedLibrary("curl")]),
    .target(name: "CMicroHTTPD", linkerSettings: [.linkedLibrary("microhttpd")]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CUTF8Proc", providers: [.apt(["libutf8proc-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

    // The host, from the bottom up.
    .target(name: "CSupport"),
    module("Support", ["CSupport"]),
    module("Storage", ["CSQLite", "Support"]),
    module("Transport", ["CCurl", "Support"]),
    module("Limits", ["Transport", "Support"]),
    module("Fetching", ["Limits", "Transport", "Support", "CCrypto"]),
    module("ClientLimits", ["Support"]),
    module("HTTPServer", ["ClientLimits", "CMicroHTTPD", "Support"]),
    module("PluginLoading", ["CUsher", "MetadataModel", "Support"]),
    module("PluginCalls", ["PluginLoading", "CUsher", "MetadataModel", "Support"]),
    module("PluginHosting", ["PluginCalls", "PluginLoading", "CUsher", "MetadataModel", "Support"]),
    module(
      "PluginChecks", ["PluginHosting", "PluginCalls", "PluginLoading", "CUsher", "MetadataModel", "Support"]),
    module("NameWords", ["MetadataModel"]),
    module("NameNumbers", ["NameWords", "MetadataModel"]),
    module("NameReadings", ["NameNumbers", "NameWords", "MetadataModel"]),
    module("SceneReadings", ["NameReadings", "NameNumbers", "NameWords", "MetadataModel"]),
    module("Naming", ["SceneReadings", "NameReadings", "NameNumbers", "NameWords", "MetadataModel"]),
    module("TitleMatching", ["MetadataModel", "CUTF8Proc"]),
    module("Merging", ["MetadataModel", "TitleMatching"]),
    module("Works", ["MetadataModel", "Storage", "Support"]),
    module("Answers", ["PluginCalls", "MetadataModel", "Support"]),
    module("Searching", ["Answers", "Merging", "PluginCalls", "TitleMatching", "MetadataModel", "Support"]),
    module("Gathering", ["Searching", "Answers", "Merging", "PluginCalls", "Works", "MetadataModel", "Support"]),
    module(
      "Library",
      [
        "Gathering", "Searching", "Answers", "Naming", "PluginCalls", "TitleMatching", "Works", "MetadataModel",
        "Support",
      ]),
    module("MediaFiles", ["Support"]),
    module("ConfigurationText"),
    module("Configuration", ["ConfigurationText", "Merging", "MetadataModel", "Support"]),
    module("Terminal", ["CSupport", "Support"]),
    module("PluginCommands", ["MetadataModel", "Terminal", "Support"]),
    module(
      "Routes",
      ["ClientLimits", "Configuration", "HTTPServer", "MetadataModel", "PluginCalls", "PluginHosting", "Support"]),
    module(
      "Explaining",
      ["Answers", "Library", "MetadataModel", "PluginCalls", "Routes", "Terminal"]),
    module(
      "Wiring",
      [
        "Configuration", "Explaining", "Fetching", "Gathering", "Library", "MediaFiles", "MetadataModel", "PluginCalls",
        "PluginHosting", "PluginLoading", "Routes", "Searching", "Storage", "Support", "Terminal", "Transport", "Works",
      ]),
    .executableTarget(
      name: "Host",
      dependencies: [
        "Answers", "Configuration", "Explaining", "HTTPServer", "Library", "MetadataModel", "NameReadings", "Naming",
        "PluginCalls", "PluginChecks", "PluginCommands", "PluginHosting", "PluginLoading", "Routes", "Storage",
        "Support", "Terminal", "Wiring", "Works",
      ],
      swiftSettings: strict),

    // Tests: one target per module, then the plugins linked in, then the built program.
    .target(
      name: "TestSupport", dependencies: ["Support"], path: "Tests/TestSupport",
      swiftSettings: strict),
    .executableTarget(
      name: "fakeplex", dependencies: ["TestSupport", "Support"], path: "Tests/FakePlex", swiftSettings: strict),
    tests("SupportTests", ["Support", "TestSupport"]),
    tests("MetadataModelTests", ["MetadataModel"]),
    tests("PluginCommandsTests", ["PluginCommands", "MetadataModel", "Terminal", "Support"]),
    tests("StorageTests", ["Storage", "Support", "TestSupport"]),
    tests("FetchingTests", ["Fetching", "Limits", "Storage", "Transport", "Support", "TestSupport"]),
    // A program that writes until it is killed, and measures a store that grows.
    .executableTarget(
      name: "StoreLoad", dependencies: ["Storage", "Support"], path: "Tests/StoreLoad", swiftSettings: strict),
    // A media server that scans a big library.
    .executableTarget(name: "ScanLoad", dependencies: ["TestSupport"], path: "Tests/ScanLoad", swiftSettings: strict),
    tests("HTTPServerTests", ["HTTPServer", "ClientLimits", "Support", "TestSupport"]),
    tests(
      "UsherKitTests",
      ["UsherKit", "UsherKitTesting", "CUsher", "MetadataModel", "TestSupport", "ExampleSwift", "ExampleC"]),
    tests(
      "PluginHostingTests",
      [
        "PluginHosting", "PluginCalls", "PluginLoading", "PluginChecks", "CUsher", "MetadataModel", "Support",
      ]),
    tests("NamingTests", ["Naming", "NameReadings", "MetadataModel", "TestSupport"]),
    tests("TitleMatchingTests", ["TitleMatching", "MetadataModel"]),
    tests("MergingTests", ["Merging", "MetadataModel"]),
    tests("WorksTests", ["Works", "Storage", "MetadataModel", "Support", "TestSupport"]),
    tests(
      "LibraryTests",
      [
        "Library", "Gathering", "Searching", "Answers", "Merging", "PluginCalls", "Storage", "TitleMatching", "Works",
        "MetadataModel", "Support",
      ]),
    tests("MediaFilesTests", ["MediaFiles", "Support"]),
    tests("ConfigurationTests", ["Configuration", "ConfigurationText", "Merging", "MetadataModel"]),
    tests("PlexTests", ["Plex", "PlexProvider", "UsherKit", "UsherKitTesting", "MetadataModel", "TestSupport"]),
    tests(
      "PlexServersTests",
      [
        "PlexDocuments", "PlexServers", "PlexCatalogue", "PlexPaths", "PlexSharing", "PlexSetup", "PlexCommands",
        "UsherKit",
        "UsherKitTesting", "Transport", "Support", "TestSupport",
      ]),
    tests("TMDBTests", ["TMDB", "UsherKit", "UsherKitTesting", "MetadataModel", "Support", "TestSupport"]),
    tests("TVmazeTests", ["TVmaze", "UsherKit", "UsherKitTesting", "MetadataModel", "Support", "TestSupport"]),
    tests("FanartTVTests", ["FanartTV", "UsherKit", "UsherKitTesting", "MetadataModel", "Support", "TestSupport"]),
    tests("OMDbTests", ["OMDb", "UsherKit", "UsherKitTesting", "MetadataModel", "Support", "TestSupport"]),
    tests("TPDBTests", ["TPDB", "UsherKit", "UsherKitTesting", "MetadataModel", "Support", "TestSupport"]),
    tests("TVDBTests", ["TVDB", "UsherKit", "UsherKitTesting", "MetadataModel", "Support", "TestSupport"]),
    tests("LocalTests", ["Local", "UsherKit", "UsherKitTesting", "MetadataModel"]),
    tests("EndToEndTests", ["TestSupport", "MetadataModel", "Storage", "Support", "StoreLoad"]),
    tests("LayoutTests", []),
    // What libFuzzer calls: Scripts/fuzz links it with that instead of with tests.
    tests(
      "Fuzzing",
      [
        "Configuration", "CUsher", "FanartTV", "HTTPServer", "Local", "MetadataModel", "NameReadings", "Naming", "OMDb",
        "PlexProvider", "Routes", "Support", "TMDB", "TPDB", "TVDB", "TVmaze", "UsherKit", "UsherKitTesting",
      ]),
  ]
    + plexParts
    + swiftPlugins.map { name in
      let extra: [String: [Target.Dependency]] = [
        "Local": ["CExpat"], "Plex": ["PlexProvider", "PlexPaths", "PlexCommands"],
      ]
      return .target(
        name: name, dependencies: ["UsherKit", "CUsher"] + extra[name, default: []],
        path: name == "Plex" ? "Plugins/Plex/Plugin" : "Plugins/\(name)", swiftSettings: strict)
    }
    + cPlugins.map { .target(name: $0, dependencies: ["CUsher"], path: "Plugins/\($0)", publicHeadersPath: ".") },
  cLanguageStandard: .c11
)
