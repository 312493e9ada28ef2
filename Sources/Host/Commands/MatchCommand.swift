import Answers
import Explaining
import FoundationEssentials
import Library
import MetadataModel
import PluginCalls
import Routes
import Support
import Terminal
import Wiring

/// `usher match`: asks as a media server would.
enum MatchCommand: Command {
  static let name = "match"
  static let parameters = "PROVIDER TITLE"
  static let summary = "Asks a provider for a title, as a media server would."
  static let options = [
    Option("year", "N", "the year"),
    Option("type", "KIND", "movie, show, season or episode; the provider's kind otherwise"),
    Option("season", "N", "season number, 0 for specials; TITLE is the show's"),
    Option("episode", "N", "episode number"),
    Option("date", "YYYY-MM-DD", "air date of an episode"),
    Option("file", "PATH", "path of the media file, as a hint"),
    Option("guid", "G", "an item's key or guid, or an external id such as imdb://tt0013442"),
    Option("manual", nil, "all candidates, as for a person who chooses"),
    Option("explain", nil, "what was asked and why the answer is what it is"),
    Option("json", nil, "JSON instead of a table"),
    Option("data", "DIR", "the data folder, instead of 'data' in the configuration"),
  ]

  static func run(_ arguments: Arguments) throws(CommandError) {
    let place = Place(arguments)
    guard arguments.words.count == 2 else { throw .usage("'match' takes a provider and a title") }
    let runtime = try Runtime(place.read(), place, dataFolder: arguments.text("data"), isHost: false)
    defer { runtime.close() }
    let provider = try runtime.provider(arguments.words[0])
    let request = try request(arguments, provider)
    let trace = arguments.has("explain") ? Trace() : nil
    let call = CallInfo.ofCommand(runtime.time)
    let result = Blocking.run { () async throws(PluginError) -> MatchReply in
      try await runtime.library.match(request, provider: provider.name, call: call, trace: trace)
    }
    if let trace { try Explanation.print(trace, asJSON: arguments.has("json")) }
    let reply = try CommandError.unwrap(result)
    if arguments.has("json"), trace == nil { try Output.json(reply) }
    guard !reply.candidates.isEmpty else { throw .failed("no match for '\(arguments.words[1])' in '\(provider.name)'") }
    if !arguments.has("json") { Output.text(table(of: reply.candidates)) }
  }

  private static func table(of candidates: [Candidate]) -> String {
    Table(
      header: ["SCORE", "KEY", "TITLE", "YEAR", "REASON"],
      rows: candidates.map { candidate in
        let score = candidate.score.map { "\(Int(($0 * 100).rounded()))" } ?? "-"
        let year = candidate.year.map { "\($0)" } ?? "-"
        return [score, candidate.id.description, candidate.title, year, candidate.reason ?? ""]
      }
    ).text
  }

  private static func request(_ arguments: Arguments, _ provider: Provider) throws(CommandError) -> MatchRequest {
    var request = MatchRequest(kind: try kind(arguments, provider))
    if request.kind == .season || request.kind == .episode {
      request.showTitle = arguments.words[1]
    } else {
      request.title = arguments.words[1]
    }
    request.year = try arguments.number("year")
    request.season = try arguments.number("season")
    request.episode = try arguments.number("episode")
    request.file = arguments.text("file")
    request.manual = arguments.has("manual") ? true : nil
    request.includeAdult = provider.adult ? true : nil
    if let text = arguments.text("date") {
      guard let date = CalendarDate(text) else { throw .usage("option '--date' takes YYYY-MM-DD, not '\(text)'") }
      request.date = date
    }
    if let guid = arguments.text("guid") { try read(guid, into: &request) }
    return request
  }

  private static func kind(_ arguments: Arguments, _ provider: Provider) throws(CommandError) -> MediaKind {
    guard let word = arguments.text("type") else {
      if arguments.has("episode") || arguments.has("date") { return .episode }
      return arguments.has("season") ? .season : provider.kind
    }
    guard let kind = [MediaKind.movie, .show, .season, .episode].first(where: { $0.rawValue == word }) else {
      throw .usage("option '--type' takes movie, show, season or episode, not '\(word)'")
    }
    return kind
  }

  /// An item's key, a guid that ends in one, or an external id.
  private static func read(_ guid: String, into request: inout MatchRequest) throws(CommandError) {
    let bare = guid.prefix { $0 != "?" }
    if let id = ItemID(bare.split(separator: "/").last ?? "") {
      request.id = id
    } else if let (namespace, value) = ExternalIDs.parse(guid) {
      request.externalIDs = [namespace: value]
    } else {
      throw .usage("option '--guid' takes an item's key, its guid or an id such as imdb://tt0013442, not '\(guid)'")
    }
  }
}

extension CallInfo {
  /// A call that a person at a terminal waits for.
  static func ofCommand(_ time: any TimeSource) -> CallInfo {
    CallInfo(
      requestID: "command", deadline: .after(milliseconds: Router.hardMilliseconds, time), urgency: .interactive)
  }
}

extension CommandError {
  static func unwrap<Value>(_ result: Result<Value, PluginError>) throws(CommandError) -> Value {
    switch result {
    case .success(let value): return value
    case .failure(let error): throw .failed(error.text)
    }
  }
}
