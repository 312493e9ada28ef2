import Answers
import Merging
import MetadataModel
import PluginCalls
import Support

/// What can be asked about one item.
enum ItemOperation: String, Sendable {
  case fetch, children, grandchildren, images
}

extension MediaLibrary {
  /// The answer's JSON, made of what the provider's sources know. One cache lookup when it is kept; with a trace it is
  /// always made anew.
  func itemBytes(
    _ operation: ItemOperation, _ request: ItemRequest, _ chain: Chain, _ call: CallInfo, _ trace: Trace?
  ) async throws(PluginError) -> [UInt8] {
    let request = try await underPresentName(request.bounded, chain, SourceCalls(call: call, time: time, trace: trace))
    guard await chain.answers(for: request.id, works) else {
      throw PluginError(
        .notFound, "\(request.id): the provider '\(chain.provider.name)' has no source '\(request.id.source)'")
    }
    if operation != .fetch { try await refuseExplicit(request, chain, SourceCalls(call: call, time: time, trace: nil)) }
    if !operation.applies(to: request.id.kind) { return try Self.encoded(ItemList(items: [])) }
    let question = question(operation, request, chain, call, trace)
    guard trace == nil || operation != .fetch else {
      let made = try await question.make()
      return made.bytes
    }
    return try await cache.answer(question, call, trace).bytes
  }

  /// An id of a kind that the model does not know may be an older name of an item: its source tells the present one.
  private func underPresentName(
    _ request: ItemRequest, _ chain: Chain, _ calls: SourceCalls
  ) async throws(PluginError) -> ItemRequest {
    guard !request.id.kind.isKnown, let source = chain.source(named: request.id.source) else { return request }
    return request.about(try await SourceAnswers(library: self, calls: calls).item(request, source).value.id)
  }

  static func explicit(_ id: ItemID) -> PluginError {
    PluginError(.notFound, "\(id): explicit items are answered only by providers declared adult")
  }

  private func question(
    _ operation: ItemOperation, _ request: ItemRequest, _ chain: Chain, _ call: CallInfo, _ trace: Trace?
  ) -> Question {
    let notes = CallNotes()
    let calls = SourceCalls(call: call, time: time, trace: trace).noting(notes)
    let make: @Sendable () async throws(PluginError) -> MadeAnswer =
      switch operation {
      case .fetch: { () async throws(PluginError) in try await self.item(request, chain, calls) }
      case .children: { () async throws(PluginError) in try await self.children(request, chain, calls) }
      case .grandchildren: { () async throws(PluginError) in try await self.grandchildren(request, chain, calls) }
      case .images: { () async throws(PluginError) in try await self.images(request, chain, calls) }
      }
    return Question(
      key: CacheKey(space: chain.itemSpace, name: request.cacheName(operation)), operation: operation.rawValue,
      subject: request.id.description, negativeSeconds: freshness.negative, inspect: operation.inspect, make: make,
      notes: notes)
  }

  private func item(
    _ request: ItemRequest, _ chain: Chain, _ calls: SourceCalls
  ) async throws(PluginError) -> MadeAnswer {
    let gathered: WorkGathering.Gathered
    let isChild = request.id.kind == .season || request.id.kind == .episode
    let place = PlaceGathering(library: self, chain: chain, calls: calls, request: request)
    if isChild {
      gathered = try await place.gather()
    } else {
      gathered = try await WorkGathering(library: self, chain: chain, calls: calls, request: request).gather()
    }
    let merge = Merge(chain.policy, Wishes(language: request.language))
    // The own source may know it under another name by now.
    let own = gathered.records.first { $0.source == request.id.source && $0.item.kind == request.id.kind }
    guard var item = merge.item(gathered.records, id: own?.item.id ?? request.id) else {
      throw PluginError(.notFound, "\(request.id): no source has it")
    }
    if isChild { await place.adopt(&item) }
    return MadeAnswer(
      bytes: try Self.encoded(item), hasAdult: item.isAdult,
      seconds: gathered.isMakeshift ? freshness.provisional : freshness.seconds(for: request.id.kind),
      isMakeshift: gathered.isMakeshift)
  }

  private func children(
    _ request: ItemRequest, _ chain: Chain, _ calls: SourceCalls
  ) async throws(PluginError) -> MadeAnswer {
    let list = try await ChildGathering(library: self, chain: chain, calls: calls, request: request).gather()
    return try made(list.items, isMakeshift: list.isMakeshift)
  }

  private func made(_ items: [MediaItem], isMakeshift: Bool) throws(PluginError) -> MadeAnswer {
    MadeAnswer(
      bytes: try Self.encoded(ItemList(items: items)), hasAdult: items.contains(where: \.isAdult),
      seconds: isMakeshift ? freshness.provisional : freshness.children, isMakeshift: isMakeshift)
  }

  /// The episodes of every season, four seasons at a time; each season's list is kept by itself as well.
  private func grandchildren(
    _ request: ItemRequest, _ chain: Chain, _ calls: SourceCalls
  ) async throws(PluginError) -> MadeAnswer {
    let answer = try await part(.children, request, chain, calls)
    let seasons = try Self.decoded(ItemList.self, answer.bytes).items
    let lists = await seasons.concurrently(atMost: 4) { season -> Result<Answer, PluginError> in
      do throws(PluginError) {
        return .success(try await self.part(.children, request.about(season.id), chain, calls))
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
    return try made(episodes.map(\.item), isMakeshift: isMakeshift)
  }

  private func part(
    _ operation: ItemOperation, _ request: ItemRequest, _ chain: Chain, _ calls: SourceCalls
  ) async throws(PluginError) -> Answer {
    var question = question(operation, request, chain, calls.call, calls.trace)
    question.isPart = true
    return try await cache.answer(question, calls.call, calls.trace)
  }

  /// Every source's pictures of the work.
  private func images(
    _ request: ItemRequest, _ chain: Chain, _ calls: SourceCalls
  ) async throws(PluginError) -> MadeAnswer {
    let images = ImageGathering(library: self, chain: chain, calls: calls, request: request)
    let (artwork, isMakeshift) = try await images.gather()
    return MadeAnswer(
      bytes: try Self.encoded(ArtworkList(artwork: artwork)), hasAdult: false,
      seconds: isMakeshift ? freshness.provisional : freshness.images, isMakeshift: isMakeshift)
  }

  /// Lists and pictures carry no word of the item they belong to: what is kept of it decides.
  private func refuseExplicit(
    _ request: ItemRequest, _ chain: Chain, _ calls: SourceCalls
  ) async throws(PluginError) {
    guard !chain.provider.adult else { return }
    let source = chain.source(named: request.id.source)
    let isExplicit = await SourceAnswers(library: self, calls: calls).isKnownAsExplicit(request, source)
    if isExplicit { throw Self.explicit(request.id) }
  }
}

extension Chain {
  /// Where answers made of this chain are kept.
  var itemSpace: String { "item/\(provider.name)/\(signature)" }
  var matchSpace: String { "match/\(provider.name)/\(signature)" }
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
  var inspect: @Sendable ([UInt8]) -> Bool? {
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
