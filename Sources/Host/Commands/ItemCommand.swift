import Answers
import Explaining
import Library
import MetadataModel
import PluginCalls
import Terminal
import Wiring

/// `usher item`: everything that a provider knows of one item.
enum ItemCommand: Command {
  static let name = "item"
  static let parameters = "PROVIDER RATINGKEY"
  static let summary = "Shows everything that a provider knows of one item."
  static let options = [
    Option("children", nil, "its seasons or episodes as well"),
    Option("explain", nil, "which sources were asked, how good their records are, and the source of every field"),
    Option("json", nil, "JSON instead of lines"),
    Option("data", "DIR", "the data folder, instead of 'data' in the configuration"),
  ]

  private struct Answer: Encodable {
    var item: MediaItem
    var children: [MediaItem]?
    var sources: [String: String]?
    var explanation: Trace.Snapshot?
  }

  static func run(_ arguments: Arguments) throws(CommandError) {
    let place = Place(arguments)
    guard arguments.words.count == 2 else { throw .usage("'item' takes a provider and a rating key") }
    guard let id = ItemID(arguments.words[1]) else {
      throw .failed("'\(arguments.words[1])' is not a rating key; one reads like local-movie-imdb-tt0013442")
    }
    let runtime = try Runtime(place.read(), place, dataFolder: arguments.text("data"), isHost: false)
    defer { runtime.close() }
    let provider = try runtime.provider(arguments.words[0])
    let call = CallInfo.ofCommand(runtime.time)
    let trace = arguments.has("explain") ? Trace() : nil
    let wantsChildren = arguments.has("children")
    let result = Blocking.run { () async throws(PluginError) -> Answer in
      let request = ItemRequest(id: id)
      let item = try await runtime.library.fetch(request, provider: provider.name, call: call, trace: trace)
      let children =
        wantsChildren ? try await runtime.library.children(request, provider: provider.name, call: call).items : nil
      return Answer(item: item, children: children)
    }
    var answer = try CommandError.unwrap(result)
    if let trace {
      answer.sources = provenance(of: answer.item)
      answer.explanation = trace.snapshot
    }
    if arguments.has("json") { return try Output.json(answer) }
    if let trace { try Explanation.print(trace, asJSON: false) }
    Output.text(ItemText(item: answer.item, sources: answer.sources).text)
    if let children = answer.children { Output.text("\n" + table(of: children)) }
  }

  /// The sources of each field, with the language of a text: "tmdb (de)".
  private static func provenance(of item: MediaItem) -> [String: String] {
    var sources: [String: String] = [:]
    for (field, origins) in (item.provenance ?? [:]).sorted(by: { $0.key < $1.key }) {
      let names = origins.map { origin in origin.language.map { "\(origin.source) (\($0))" } ?? origin.source }
      // Pictures are one line of the item, and a field per form.
      let name = field.hasPrefix("artwork.") ? "artwork" : field
      let known = sources[name].map { [$0] } ?? []
      sources[name] = (known + names.filter { !known.joined(separator: ", ").contains($0) }).joined(separator: ", ")
    }
    return sources
  }

  private static func table(of children: [MediaItem]) -> String {
    Table(
      header: ["NUMBER", "KEY", "TITLE", "DATE"],
      rows: children.map { child in
        [
          child.index.map { "\($0)" } ?? "-", child.id.description, child.title,
          child.released?.description ?? child.year.map { "\($0)" } ?? "-",
        ]
      }
    ).text
  }
}
