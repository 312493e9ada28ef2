import MetadataModel
import PluginCalls
import Support

@testable import Library

/// A source whose answers and failures a test sets, and whose calls it counts.
final class FakeSource: Source {
  struct Content: Sendable {
    var candidates: [Candidate] = []
    /// Answers a match in its own way; nil for `candidates`.
    var onMatch: (@Sendable (MatchRequest) throws(PluginError) -> [Candidate])?
    var items: [ItemID: MediaItem] = [:]
    var children: [ItemID: [MediaItem]] = [:]
    /// Nil: pictures come with the item.
    var images: [Artwork]?
    var failure: PluginError?
    var unusable: String?
    /// Calls wait here when there is one.
    var gate: Gate?
  }

  let id: String
  let manifest: PluginManifest
  private let content: Lock<Content>
  private let seen = Lock<[String]>([])
  private let requests = Lock<[MatchRequest]>([])
  private let seenUrgencies = Lock<[Urgency]>([])
  private let givenUp = Counter()

  init(
    _ id: String = "alpha", kinds: [MediaKind] = [], namespaces: [String] = [], adult: Bool = false,
    refusesAdult: Bool = false, listsWholeItems: Bool = false,
    _ change: (inout Content) -> Void = { _ in }
  ) {
    self.id = id
    manifest = PluginManifest(
      id: id, version: "1", title: id, interfaces: ["metadata-source/1"], kinds: kinds, namespaces: namespaces,
      adult: adult, refusesAdult: refusesAdult, listsWholeItems: listsWholeItems)
    var start = Content()
    change(&start)
    content = Lock(start)
  }

  var unusable: String? { content.withLock { $0.unusable } }
  /// "match", "fetch alpha-show-1", in order.
  var calls: [String] { seen.withLock { $0 } }
  /// Of each call, as it came.
  var urgencies: [Urgency] { seenUrgencies.withLock { $0 } }
  var matchRequests: [MatchRequest] { requests.withLock { $0 } }

  /// Calls that nobody waited for any more when they came through the gate.
  var cancelledCalls: Int { givenUp.value }

  func change(_ body: (inout Content) -> Void) { content.withLock { body(&$0) } }

  func match(_ request: MatchRequest, _ call: CallInfo) async throws(PluginError) -> MatchReply {
    requests.withLock { $0.append(request) }
    let content = try await enter("match", call)
    if let onMatch = content.onMatch { return MatchReply(candidates: try onMatch(request)) }
    return MatchReply(candidates: content.candidates)
  }

  func fetch(_ request: ItemRequest, _ call: CallInfo) async throws(PluginError) -> MediaItem {
    let content = try await enter("fetch \(request.id)", call)
    guard let item = content.items[request.id] else { throw PluginError(.notFound, "no item \(request.id)") }
    return item
  }

  func children(_ request: ItemRequest, _ call: CallInfo) async throws(PluginError) -> ItemList {
    let content = try await enter("children \(request.id)" + (request.order.map { " in \($0)" } ?? ""), call)
    guard let items = content.children[request.id] else { throw PluginError(.notFound, "no item \(request.id)") }
    return ItemList(items: items)
  }

  func images(_ request: ItemRequest, _ call: CallInfo) async throws(PluginError) -> ArtworkList {
    let content = try await enter("images \(request.id)", call)
    guard let images = content.images else { throw PluginError(.unsupported, "pictures come with the item") }
    return ArtworkList(artwork: images)
  }

  private func enter(_ name: String, _ call: CallInfo) async throws(PluginError) -> Content {
    seen.withLock { $0.append(name) }
    seenUrgencies.withLock { $0.append(call.urgency.current) }
    if let gate = content.withLock({ $0.gate }) { await gate.pass() }
    if Task.isCancelled {
      givenUp.add()
      throw PluginError(.cancelled, "nobody waits any more")
    }
    let content = content.withLock { $0 }
    if let failure = content.failure { throw failure }
    return content
  }
}

/// Holds calls until it is opened, and tells when one has arrived.
final class Gate: Sendable {
  private struct State {
    var isOpen = false
    var held: [CheckedContinuation<Void, Never>] = []
    var watchers: [CheckedContinuation<Void, Never>] = []
    var arrived = false
  }

  private let state = Lock(State())

  func pass() async {
    await withCheckedContinuation { continuation in
      let (goes, watchers) = state.withLock { state in
        state.arrived = true
        let watchers = state.watchers
        state.watchers = []
        if !state.isOpen { state.held.append(continuation) }
        return (state.isOpen, watchers)
      }
      for watcher in watchers { watcher.resume() }
      if goes { continuation.resume() }
    }
  }

  func arrival() async {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if !state.arrived { state.watchers.append(continuation) }
        return state.arrived
      }
      if isThere { continuation.resume() }
    }
  }

  func open() {
    let held = state.withLock { state in
      state.isOpen = true
      let held = state.held
      state.held = []
      return held
    }
    for continuation in held { continuation.resume() }
  }
}
