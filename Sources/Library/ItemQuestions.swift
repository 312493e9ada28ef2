import MetadataModel
import PluginCalls
import Support

/// What can be asked about one item.
enum ItemOperation: String, Sendable {
  case fetch, children, grandchildren, images
}

extension MediaLibrary {
  /// The answer's JSON, without what the provider must not show. One cache lookup when it is kept; only a list that
  /// holds explicit items is decoded.
  func itemBytes(
    _ operation: ItemOperation, _ request: ItemRequest, _ chain: Chain, _ call: CallInfo, _ trace: Trace?
  ) async throws(PluginError) -> [UInt8] {
    let request = request.bounded
    guard let source = chain.source(named: request.id.source) else {
      throw PluginError(
        .notFound,
        "\(request.id): the provider '\(chain.provider.name)' has no source '\(request.id.source)'")
    }
    if !chain.provider.adult { try await refuseExplicit(operation, request, source, call) }
    if !operation.applies(to: request.id.kind) { return try Self.encoded(ItemList(items: [])) }
    let answer = try await cache.answer(question(operation, request, source, call, trace), call, trace)
    guard answer.hasAdult, !chain.provider.adult else { return answer.bytes }
    guard operation == .children || operation == .grandchildren else { throw Self.explicit(request.id) }
    let list = try Self.decoded(ItemList.self, answer.bytes)
    return try Self.encoded(ItemList(items: list.items.filter { !$0.isAdult }))
  }

  /// Lists and pictures carry no word of the item they belong to: what is kept of it decides.
  private func refuseExplicit(
    _ operation: ItemOperation, _ request: ItemRequest, _ source: any Source, _ call: CallInfo
  ) async throws(PluginError) {
    guard operation != .fetch, operation.applies(to: request.id.kind) else { return }
    let item = await cache.peek(question(.fetch, request, source, call, nil))
    if item?.hasAdult == true { throw Self.explicit(request.id) }
  }

  private static func explicit(_ id: ItemID) -> PluginError {
    PluginError(.notFound, "\(id): explicit items are answered only by providers declared adult")
  }

  private func question(
    _ operation: ItemOperation, _ request: ItemRequest, _ source: any Source, _ call: CallInfo, _ trace: Trace?
  ) -> Question {
    let notes = CallNotes()
    var noting = call
    noting.notes = notes
    let calls = SourceCalls(call: noting, time: time, trace: trace)
    let seconds: Int
    let make: @Sendable () async throws(PluginError) -> MadeAnswer
    switch operation {
    case .fetch:
      seconds = freshness.seconds(for: request.id.kind)
      make = { () async throws(PluginError) -> MadeAnswer in
        let item = try await calls.ask(source, "fetch") { (source, call) async throws(PluginError) in
          try await source.fetch(request, call)
        }
        return MadeAnswer(bytes: try Self.encoded(item), hasAdult: item.isAdult, seconds: seconds)
      }
    case .children:
      seconds = freshness.children
      make = { () async throws(PluginError) -> MadeAnswer in
        let items = try await Self.sortedChildren(request, source, calls)
        return try Self.made(items, seconds)
      }
    case .grandchildren:
      seconds = freshness.children
      make = { () async throws(PluginError) -> MadeAnswer in
        try await self.gatherGrandchildren(request, source, call, trace)
      }
    case .images:
      seconds = freshness.images
      make = { () async throws(PluginError) -> MadeAnswer in
        try await self.gatherImages(request, source, calls)
      }
    }
    return Question(
      key: CacheKey(space: source.id, name: request.cacheName(operation)), operation: operation.rawValue,
      subject: request.id.description, negativeSeconds: freshness.negative, inspect: operation.inspect, make: make,
      notes: notes)
  }

  private static func made(_ items: [MediaItem], _ seconds: Int, isMakeshift: Bool = false) throws(PluginError)
    -> MadeAnswer
  {
    MadeAnswer(
      bytes: try encoded(ItemList(items: items)), hasAdult: items.contains(where: \.isAdult), seconds: seconds,
      isMakeshift: isMakeshift)
  }

  /// A source without lists has none for this item.
  private static func sortedChildren(
    _ request: ItemRequest, _ source: any Source, _ calls: SourceCalls
  ) async throws(PluginError) -> [MediaItem] {
    do throws(PluginError) {
      return try await calls.ask(source, "children") { (source, call) async throws(PluginError) in
        try await source.children(request, call).items
      }.sorted(by: MediaItem.comesBefore)
    } catch  where error.kind == .unsupported {
      return []
    }
  }

  /// The episodes of every season, four seasons at a time; each season's list is kept by itself as well.
  private func gatherGrandchildren(
    _ request: ItemRequest, _ source: any Source, _ call: CallInfo, _ trace: Trace?
  ) async throws(PluginError) -> MadeAnswer {
    let answer = try await cache.answer(question(.children, request, source, call, trace), call, trace)
    let seasons = try Self.decoded(ItemList.self, answer.bytes).items
    let lists = await seasons.concurrently(atMost: 4) { season -> Result<Answer, PluginError> in
      var below = request
      below.id = season.id
      do throws(PluginError) {
        return .success(
          try await self.cache.answer(self.question(.children, below, source, call, trace), call, trace))
      } catch {
        return .failure(error)
      }
    }
    var episodes: [(season: Int, item: MediaItem)] = []
    var isMakeshift = answer.isStale
    for (season, list) in zip(seasons, lists) {
      let list = try list.get()
      isMakeshift = isMakeshift || list.isStale
      for item in try Self.decoded(ItemList.self, list.bytes).items {
        episodes.append((season.index ?? item.parent?.index ?? .max, item))
      }
    }
    episodes.sort { left, right in
      left.season != right.season ? left.season < right.season : MediaItem.comesBefore(left.item, right.item)
    }
    return try Self.made(
      episodes.map(\.item), isMakeshift ? freshness.provisional : freshness.children, isMakeshift: isMakeshift)
  }

  /// The source's pictures, or those of the item where the source brings them with it.
  private func gatherImages(
    _ request: ItemRequest, _ source: any Source, _ calls: SourceCalls
  ) async throws(PluginError) -> MadeAnswer {
    do throws(PluginError) {
      let list = try await calls.ask(source, "images") { (source, call) async throws(PluginError) in
        try await source.images(request, call)
      }
      return MadeAnswer(bytes: try Self.encoded(list), hasAdult: false, seconds: freshness.images)
    } catch  where error.kind == .unsupported {
      let question = self.question(.fetch, request, source, calls.call, calls.trace)
      let answer = try await cache.answer(question, calls.call, calls.trace)
      let item = try Self.decoded(MediaItem.self, answer.bytes)
      return MadeAnswer(
        bytes: try Self.encoded(ArtworkList(artwork: item.artwork)), hasAdult: item.isAdult,
        seconds: answer.isStale ? freshness.provisional : freshness.images, isMakeshift: answer.isStale)
    }
  }
}

extension ItemOperation {
  /// Movies and episodes have nothing below them; only shows have grandchildren.
  func applies(to kind: MediaKind) -> Bool {
    switch self {
    case .fetch, .images: true
    case .children: kind != .movie && kind != .episode
    case .grandchildren: kind == .show
    }
  }

  /// Whether kept bytes hold explicit content; nil when they are not this operation's answer.
  fileprivate var inspect: @Sendable ([UInt8]) -> Bool? {
    switch self {
    case .fetch: { (try? JSONCoding.decode(MediaItem.self, from: $0))?.isAdult }
    case .children, .grandchildren:
      { (try? JSONCoding.decode(ItemList.self, from: $0))?.items.contains(where: \.isAdult) }
    case .images: { (try? JSONCoding.decode(ArtworkList.self, from: $0)).map { _ in false } }
    }
  }
}

extension MediaItem {
  /// By season, number and id, so that the order is the same each time; what has no number comes last.
  static func comesBefore(_ left: MediaItem, _ right: MediaItem) -> Bool {
    let seasons = (left.seasonIndex, right.seasonIndex)
    if seasons.0 != seasons.1 { return seasons.0 < seasons.1 }
    let numbers = (left.index ?? .max, right.index ?? .max)
    return numbers.0 != numbers.1 ? numbers.0 < numbers.1 : left.id.description < right.id.description
  }

  private var seasonIndex: Int { kind == .episode ? parent?.index ?? 0 : 0 }
}
