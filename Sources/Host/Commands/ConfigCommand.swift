import Configuration
import PluginHosting
import Terminal
import Wiring

/// `usher config check`: is plugins.json right?
enum ConfigCommand: Command {
  static let name = "config"
  static let parameters = "check"
  static let summary =
    "Validates the configuration; messages read FILE:LINE:COLUMN: what is wrong, what would be right."

  static func run(_ arguments: Arguments) throws(CommandError) {
    let place = Place(arguments)
    guard arguments.words == ["check"] else { throw .usage("'config' takes 'check'") }
    let configuration = try place.read()
    let problems = try problems(of: configuration, in: place)
    guard problems.isEmpty else { throw .configuration(problems.joined(separator: "\n")) }
    let plugins = configuration.plugins.filter(\.enabled).count
    Output.text(
      "\(place.configurationPath): right; \(plugins) plugins on, \(configuration.providers.count) providers\n")
  }

  /// Settings against what each plugin's library says it understands.
  private static func problems(of configuration: Configuration, in place: Place) throws(CommandError) -> [String] {
    let entries = PluginEntries.all(of: configuration, in: place)
    var problems: [String] = []
    for (plugin, entry) in zip(configuration.plugins, entries) where plugin.enabled {
      switch PluginHost.inspect(library: entry.library, id: entry.id) {
      case .success(let manifest):
        problems += ConfigurationReader.check(settingsOf: plugin, against: manifest).map {
          $0.text(path: place.configurationPath)
        }
      case .failure(let error):
        problems.append("\(place.configurationPath): plugin '\(plugin.id)': \(error)")
      }
    }
    return problems
  }
}
