import Configuration
import Storage
import Support
import Terminal
import Wiring

/// `usher cache stats|prune|clear`: what is kept on disk.
enum CacheCommand: Command {
  static let name = "cache"
  static let parameters = "stats|prune|clear"
  static let summary = "Shows, tidies or empties what is kept on disk."
  static let options = [
    Option("source", "ID", "only what is kept of this source"),
    Option("json", nil, "JSON instead of a table"),
    Option("data", "DIR", "the data folder, instead of 'data' in the configuration"),
  ]

  private struct Row: Encodable {
    var space: String
    var endpoint: String
    var entries: Int
    var active: Int
    var expired: Int
    var hits: Int
    var misses: Int
    var bytes: Int
  }

  private struct Report: Encodable {
    var endpoints: [Row]
    var fileBytes: Int
    var usedBytes: Int
    var limitBytes: Int
  }

  static func run(_ arguments: Arguments) throws(CommandError) {
    let place = Place(arguments)
    guard arguments.words.count == 1 else { throw .usage("'cache' takes stats, prune or clear") }
    let runtime = try Runtime(place.read(), place, dataFolder: arguments.text("data"), isHost: false)
    defer { runtime.close() }
    let source = arguments.text("source")
    if let source, !runtime.configuration.plugins.contains(where: { $0.id == source }) {
      throw .failed("plugins.json has no plugin '\(source)'")
    }
    let limits = StoreLimits(diskBytes: runtime.configuration.cache.diskBytes)
    do {
      switch arguments.words[0] {
      case "stats": try show(try report(runtime.store, source, limits), asJSON: arguments.has("json"))
      case "prune":
        let count = try runtime.store.prune(staleForMilliseconds: limits.staleMilliseconds)
        Output.text("\(count) entries removed\n")
      case "clear":
        let spaces = Set(try report(runtime.store, source, limits).endpoints.map(\.space))
        let count = try spaces.map { try runtime.store.clear(space: $0) }.reduce(0, +)
        Output.text("\(count) entries removed\n")
      default: throw CommandError.usage("'cache' takes stats, prune or clear, not '\(arguments.words[0])'")
      }
    } catch {
      throw error as? CommandError ?? .failed("\(error)")
    }
  }

  private static func report(_ store: KeyValueStore, _ source: String?, _ limits: StoreLimits) throws -> Report {
    let rows = try store.statistics().filter { source == nil || belongs($0.space, to: source ?? "") }
    let space = try store.space()
    return Report(
      endpoints: rows.map {
        Row(
          space: $0.space, endpoint: $0.endpoint, entries: $0.entries, active: $0.active, expired: $0.expired,
          hits: $0.hits, misses: $0.misses, bytes: $0.bytes)
      }, fileBytes: space.fileBytes, usedBytes: space.usedBytes, limitBytes: limits.diskBytes)
  }

  private static func show(_ report: Report, asJSON: Bool) throws {
    if asJSON { return try Output.json(report) }
    let cells = report.endpoints.map { row in
      [row.space, row.endpoint]
        + [row.entries, row.active, row.expired, row.hits, row.misses, row.bytes].map(String.init)
    }
    let header = ["SPACE", "ENDPOINT", "ENTRIES", "ACTIVE", "EXPIRED", "HITS", "MISSES", "BYTES"]
    Output.text(Table(header: header, rows: cells).text)
    Output.text("\(report.usedBytes) of at most \(report.limitBytes) bytes in use, \(report.fileBytes) on disk\n")
  }

  /// A source's spaces are its id, its id followed by a slash and what is kept there, and that of its responses.
  private static func belongs(_ space: String, to source: String) -> Bool {
    space == source || space.hasPrefix(source + "/") || space == "response/" + source
  }
}
