package import Configuration
import FoundationEssentials
package import Terminal

/// Where this run of the program is at home: its configuration file and the folder that relative paths in it start from.
package struct Place {
  /// Options that every command has.
  package static let options = [
    Option("config", "FILE", "the configuration, 'plugins.json' in the working directory otherwise")
  ]

  /// As the user gave it, for messages.
  package let configurationPath: String
  /// The folder of the configuration file, absolute.
  let folder: String

  package init(_ arguments: Arguments) { self.init(configurationPath: arguments.text("config") ?? "plugins.json") }

  package init(configurationPath: String) {
    self.configurationPath = configurationPath
    let path = Self.absolute(configurationPath)
    folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "/"
  }

  /// True when there is a configuration to read.
  package var isThere: Bool { FileManager.default.fileExists(atPath: configurationPath) }

  /// The data folder, absolute: the one given on the command line, else the configuration's.
  func dataFolder(_ configuration: Configuration, instead given: String?) -> String {
    if let given { return Self.absolute(given) }
    return configuration.data.hasPrefix("/") ? configuration.data : "\(folder)/\(configuration.data)"
  }

  /// Reads the configuration; throws its problems, a line each.
  package func read() throws(CommandError) -> Configuration {
    switch ConfigurationReader.read(file: configurationPath, environment: ProcessInfo.processInfo.environment) {
    case .success(let configuration): return configuration
    case .failure(let errors): throw .configuration(errors.description)
    }
  }

  package static func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
  }
}
