import Configuration
import FoundationEssentials
import MetadataModel
import PluginCommands
import PluginHosting
import PluginLoading
import Terminal
import Wiring

/// `usher <plugin id> …`: the commands that plugins add.
struct PluginCommands: MoreCommands {
  /// The plugins that have commands, among those that plugins.json switches on and those that lie where libraries are
  /// looked for. Each library is described, which takes some milliseconds, and none is opened.
  var help: String {
    let place = Place(configurationPath: "plugins.json")
    let named = place.isThere ? (try? place.read()).map { PluginEntries.all(of: $0, in: place) } ?? [] : []
    let others = PluginEntries.libraries(in: place).all.filter { other in !named.contains { $0.id == other.id } }
    let rows = (named.filter(\.enabled) + others).compactMap { entry -> [String]? in
      guard let manifest = try? PluginHost.inspect(library: entry.library, id: entry.id).get(),
        !manifest.commands.isEmpty
      else { return nil }
      return ["  \(entry.id) COMMAND", Self.names(of: manifest.commands)]
    }
    return rows.isEmpty ? "" : "\ncommands of plugins:\n" + Table(rows: rows).text
  }

  /// The first words of the names, some of them when they are many.
  private static func names(of commands: [CommandDescription]) -> String {
    var known: Set<Substring> = []
    let words = commands.compactMap { $0.name.split(separator: " ").first }.filter { known.insert($0).inserted }
    return words.prefix(10).joined(separator: ", ") + (words.count > 10 ? ", …" : "")
  }

  func run(_ word: String, _ line: [String]) throws(CommandError) -> Bool {
    guard PluginLibrary.isID(word) else { return false }
    let place = Place(configurationPath: Self.configuration(in: line) ?? "plugins.json")
    guard let entry = PluginEntries.entry(of: word, in: place) else { return false }
    let manifest: PluginManifest
    switch PluginHost.inspect(library: entry.library, id: word) {
    case .success(let found): manifest = found
    case .failure(let error): throw .failed("\(error)")
    }
    guard !manifest.commands.isEmpty else { throw .usage("plugin '\(word)' has no commands") }
    try run(line, of: manifest)
    return true
  }

  private func run(_ line: [String], of manifest: PluginManifest) throws(CommandError) {
    let help = CommandHelp(manifest)
    let folder = FileManager.default.currentDirectoryPath
    let reader = CommandLineReader(plugin: manifest.id, commands: manifest.commands, workingFolder: folder) {
      var input = InputLines()
      return input.next().map { String(decoding: $0, as: UTF8.self) }
    }
    switch line.first {
    case nil, "--help", "help": return Output.text(help.overview)
    case "--version": return Output.text("\(manifest.id) \(manifest.version)\n")
    default: break
    }
    let (command, rest) = try reader.command(of: line)
    let words = try reader.words(rest, of: command)
    if words.has("help") { return Output.text(help.text(of: command)) }
    if words.has("version") { return Output.text("\(manifest.id) \(manifest.version)\n") }
    let arguments = try reader.read(words, of: command)
    try CommandRun(plugin: manifest.id, command: command, arguments: arguments).run(words)
  }

  /// The value of `--config` in a line whose options are not known yet.
  private static func configuration(in line: [String]) -> String? {
    let options = line.prefix { $0 != "--" }
    for (place, word) in options.enumerated() {
      if word.hasPrefix("--config=") { return String(word.dropFirst("--config=".count)) }
      if word == "--config", place + 1 < options.count { return options[place + 1] }
    }
    return nil
  }
}
