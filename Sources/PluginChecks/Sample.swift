import CUsher
import MetadataModel
import PluginHosting

/// A call to try a plugin with, and what its reply must be like.
struct Sample: Sendable {
  /// For people: "fetch of example-movie-1".
  let name: String
  let run: @Sendable (OpenPlugin, OpaquePointer) -> usher_status
  private let read: @Sendable (CallReply) throws(PluginError) -> Void

  /// Nil when the kind is no word.
  init?(_ operation: SourceOperation, kind: MediaKind, source: String) {
    guard let id = ItemID(source: source, kind: kind, value: "1") else { return nil }
    let rules = ReplyRules(source: source)
    switch operation {
    case .match:
      var request = MatchRequest(kind: kind)
      request.title = "Usher Check"
      request.showTitle = "Usher Check"
      request.season = 1
      request.episode = 1
      self.init("match of a \(kind.rawValue)", operation, try? JSONCoding.encode(request)) {
        reply throws(PluginError) in
        _ = try rules.read(reply, operation) { (reply: MatchReply) in rules.fault(in: reply, kind: kind) }
      }
    case .fetch:
      self.init("fetch of \(id)", operation, try? JSONCoding.encode(ItemRequest(id: id))) {
        reply throws(PluginError) in
        _ = try rules.read(reply, operation) { (reply: MediaItem) in rules.fault(in: reply, kind: kind) }
      }
    case .children:
      self.init("children of \(id)", operation, try? JSONCoding.encode(ItemRequest(id: id))) {
        reply throws(PluginError) in
        _ = try rules.read(reply, operation) { (reply: ItemList) in rules.fault(in: reply, above: kind) }
      }
    case .images:
      self.init("images of \(id)", operation, try? JSONCoding.encode(ItemRequest(id: id))) {
        reply throws(PluginError) in
        _ = try rules.read(reply, operation) { (_: ArtworkList) in nil }
      }
    }
  }

  /// A source's operation with any bytes; whatever it replies is accepted unless `read` throws.
  init(
    _ name: String, _ operation: SourceOperation, _ request: [UInt8]?,
    read: @escaping @Sendable (CallReply) throws(PluginError) -> Void = { _ in }
  ) {
    self.name = name
    let request = request ?? []
    run = { $0.run(operation, $1, request) }
    self.read = read
  }

  private init(front request: IncomingRequest) {
    name = "\(request.method) '\(request.target)'"
    run = { $0.handle(request, $1) }
    read = { reply throws(PluginError) in
      if reply.response == nil { throw PluginError(.fault, "said that handling went well and did not respond") }
    }
  }

  static let front: [Sample] = [
    Sample(front: IncomingRequest(method: "GET", target: "")),
    Sample(front: IncomingRequest(method: "GET", target: "/%00/../no such/%zz?=&&a=%")),
    Sample(front: IncomingRequest(method: "POST", target: "/library", body: [0x7B, 0xFF, 0x00, 0x22])),
  ]

  static let provider = Provider(
    name: "check", path: "/check", kind: .movie, title: "Check", identifier: "tv.plex.agents.custom.usher.check",
    adult: false, version: "1.0.0")

  /// What is wrong with an outcome: a good reply must keep the rules, a failing status must have a sentence and must
  /// not be a fault.
  func complaint(about outcome: CallOutcome, of plugin: Plugin) -> String? {
    do throws(PluginError) {
      try read(plugin.reply(of: outcome))
      return nil
    } catch {
      if error.kind == .fault { return "\(name): \(error.text)" }
      guard case .returned(let status, let reply) = outcome, reply.bytes?.isEmpty ?? true else { return nil }
      return "\(name): failed with status \(status) and gave no sentence"
    }
  }
}
