import Configuration
import Storage
import Support
import Terminal

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
    var source: String
    var entries: Int
    var fresh: Int
    var stale: Int
    var bytes: Int
  }

  /// Stale entries still help when a service is down; after half a year no terms allow to keep them.
  private static let longestStale: Int64 = 180 * 86_400_000

  static func run(_ arguments: Arguments) throws(CommandError) {
    let place = Place(arguments)
    guard arguments.words.count == 1 else { throw .usage("'cache' takes stats, prune or clear") }
    let runtime = try Runtime(place.read(), place, dataFolder: arguments.text("data"), isQuiet: true)
    defer { runtime.close() }
    let source = arguments.text("source")
    if let source, !runtime.configuration.plugins.contains(where: { $0.id == source }) {
      throw .failed("plugins.json has no plugin '\(source)'")
    }
    switch arguments.words[0] {
    case "stats": try statistics(runtime.store, source, asJSON: arguments.has("json"))
    case "prune":
      let count = try wait { try await runtime.store.prune(staleForMilliseconds: longestStale) }
      Output.text("\(count) entries removed\n")
    case "clear":
      var count = 0
      for space in try spaces(of: source, in: runtime.store) {
        count += try wait { try await runtime.store.clear(space: space) }
      }
      Output.text("\(count) entries removed\n")
    default: throw .usage("'cache' takes stats, prune or clear, not '\(arguments.words[0])'")
    }
  }

  private static func statistics(_ store: KeyValueStore, _ source: String?, asJSON: Bool) throws(CommandError) {
    let rows = try wait { try await store.statistics() }
      .filter { source == nil || belongs($0.space, to: source ?? "") }
      .map { Row(source: $0.space, entries: $0.entries, fresh: $0.fresh, stale: $0.stale, bytes: $0.bytes) }
    if asJSON { return try Output.json(rows) }
    let cells = rows.map { [$0.source, "\($0.entries)", "\($0.fresh)", "\($0.stale)", "\($0.bytes)"] }
    Output.text(Table(header: ["SPACE", "ENTRIES", "FRESH", "STALE", "BYTES"], rows: cells).text)
  }

  private static func spaces(of source: String?, in store: KeyValueStore) throws(CommandError) -> [String] {
    try wait { try await store.statistics() }.map(\.space).filter { source == nil || belongs($0, to: source ?? "") }
  }

  /// A source's spaces are its id, and its id followed by a slash and what is kept there.
  private static func belongs(_ space: String, to source: String) -> Bool {
    space == source || space.hasPrefix(source + "/")
  }

  private static func wait<Value: Sendable>(
    _ work: @escaping @Sendable () async throws -> Value
  ) throws(CommandError) -> Value {
    switch Blocking.run(work) {
    case .success(let value): return value
    case .failure(let error): throw .failed("\(error)")
    }
  }
}
