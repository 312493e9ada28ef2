public import Answers
public import Gathering
public import MetadataModel
import Naming
public import PluginCalls
public import Searching
public import Support
public import Works

/// Answers the questions of media servers from the sources of a provider: which source, in what order, and from what is
/// kept where that will do. Members may be called from every thread.
///
/// Throws `.notFound` only when a source said so; an outage that no kept answer can bridge is `.unavailable`.
public final class MediaLibrary: Sendable {
  let context: GatheringContext
  /// Grows with each change of the pins; decisions kept before one are not looked at after it.
  let pinEra: Lock<Int64>
  let nameHints = NameHints()
  let fileHints: (any FileHints)?
  private let chains: [String: Chain]
  /// Nil in a program that ends with its answer.
  let background: (policy: BackgroundPolicy, work: BackgroundWork)?

  var works: WorkStore { context.works }
  var cache: AnswerCache { context.cache }
  var freshness: Freshness { context.freshness }
  var time: any TimeSource { context.time }

  /// `works` remembers which records are one work; `store` outlives the process; `memoryBytes` bounds
  /// what is held in front of it. Sources of explicit content are left out of chains whose provider is not declared
  /// adult, with a log line each. `background`: nil when nothing may go on after an answer.
  public init(
    chains: [Chain], works: WorkStore, store: any ByteStore, memoryBytes: Int, freshness: Freshness,
    time: any TimeSource, metrics: Metrics, log: any LogSink, fileHints: (any FileHints)? = nil,
    background policy: BackgroundPolicy? = nil
  ) {
    background = policy.map { ($0, BackgroundWork(metrics: metrics)) }
    pinEra = Lock(works.pinGeneration())
    self.fileHints = fileHints
    let log = Log(log, subject: "library")
    self.chains = Dictionary(
      chains.map { ($0.provider.name, $0.withoutForbiddenSources(log)) }, uniquingKeysWith: { first, _ in first })
    let cache = AnswerCache(
      store: store, memoryBytes: memoryBytes, time: time, metrics: metrics,
      renewal: background.map { Renewal(seconds: $0.policy.staleSeconds, work: $0.work) })
    context = GatheringContext(works: works, cache: cache, freshness: freshness, time: time, log: log)
  }

  /// Nothing more is done that nobody waits for; what is under way ends by itself.
  public func close() { background?.work.close() }

  /// A person has pinned or unpinned a match: what was decided before holds no longer. Blocks for some microseconds.
  public func pinsChanged() {
    let era = works.pinGeneration()
    pinEra.withLock { $0 = era }
  }

  /// Candidates, best first: one at most unless `request.manual`. None: every source answered that it has no such item.
  public func match(
    _ request: MatchRequest, provider: String, call: CallInfo, trace: Trace? = nil
  ) async throws(PluginError) -> MatchReply {
    try AnswerJSON.decoded(MatchReply.self, try await matchBytes(request, try chain(of: provider), call, trace))
  }

  /// All about the item `request.id`, from the source that made the id.
  public func fetch(
    _ request: ItemRequest, provider: String, call: CallInfo, trace: Trace? = nil
  ) async throws(PluginError) -> MediaItem {
    try AnswerJSON.decoded(MediaItem.self, try await itemBytes(.fetch, request, try chain(of: provider), call, trace))
  }

  /// Seasons of a show by number, episodes of a season by number; empty for movies and episodes.
  public func children(
    _ request: ItemRequest, provider: String, call: CallInfo, trace: Trace? = nil
  ) async throws(PluginError) -> ItemList {
    try AnswerJSON.decoded(ItemList.self, try await itemBytes(.children, request, try chain(of: provider), call, trace))
  }

  /// All episodes of a show by season and number; empty for everything else.
  public func grandchildren(
    _ request: ItemRequest, provider: String, call: CallInfo, trace: Trace? = nil
  ) async throws(PluginError) -> ItemList {
    try AnswerJSON.decoded(
      ItemList.self, try await itemBytes(.grandchildren, request, try chain(of: provider), call, trace))
  }

  /// Every picture of an item.
  public func images(
    _ request: ItemRequest, provider: String, call: CallInfo, trace: Trace? = nil
  ) async throws(PluginError) -> ArtworkList {
    try AnswerJSON.decoded(
      ArtworkList.self, try await itemBytes(.images, request, try chain(of: provider), call, trace))
  }

  /// The service `library/1`: JSON in and out. Kept answers are handed on as they are, without decoding.
  /// Throws `.unsupported` for an operation that is not known and `.badRequest` for JSON that is not the request.
  public func ask(
    _ operation: String, _ request: [UInt8], provider: String, call: CallInfo
  ) async throws(PluginError) -> [UInt8] {
    let chain = try chain(of: provider)
    if operation == "match" {
      return try await matchBytes(try Self.read(MatchRequest.self, request, operation), chain, call, nil)
    }
    guard let itemOperation = ItemOperation(rawValue: operation) else {
      throw PluginError(
        .unsupported,
        "the library has no operation '\(operation.prefix(40))'; it has match, fetch, children, grandchildren, images")
    }
    return try await itemBytes(itemOperation, try Self.read(ItemRequest.self, request, operation), chain, call, nil)
  }

  private func chain(of provider: String) throws(PluginError) -> Chain {
    if let chain = chains[provider] { return chain }
    throw PluginError(.badRequest, "there is no provider '\(provider.prefix(40))' in the configuration")
  }

  private static func read<Request: Decodable>(
    _ type: Request.Type, _ bytes: [UInt8], _ operation: String
  ) throws(PluginError) -> Request {
    do {
      return try JSONCoding.decode(type, from: bytes)
    } catch {
      throw PluginError(.badRequest, "the request of '\(operation)': \(JSONCoding.path(of: error))")
    }
  }
}
