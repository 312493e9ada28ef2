import Answers
import Gathering
import MetadataModel
import PluginCalls
import Searching

extension MediaLibrary {
  /// The answer's JSON, made of what the provider's sources know. One cache lookup when it is kept; with a trace it is
  /// always made anew.
  func itemBytes(
    _ operation: ItemOperation, _ request: ItemRequest, _ chain: Chain, _ call: CallInfo, _ trace: Trace?
  ) async throws(PluginError) -> [UInt8] {
    let calls = SourceCalls(call: call, time: time, trace: trace)
    let request = try await gathering(request.bounded, chain, calls).underPresentName()
    guard await chain.answers(for: request.id, works) else {
      throw PluginError(
        .notFound, "\(request.id): the provider '\(chain.provider.name)' has no source '\(request.id.source)'")
    }
    // Lists and pictures carry no word of the item they belong to: what is kept of it decides.
    if operation != .fetch, await gathering(request, chain, calls).isKnownAsExplicit() {
      throw PluginError.explicit(request.id)
    }
    if !operation.applies(to: request.id.kind) { return try AnswerJSON.encoded(ItemList(items: [])) }
    let question = question(operation, request, chain)
    guard trace == nil || operation != .fetch else {
      return try await question.make(call, trace).bytes
    }
    return try await cache.answer(question, call, trace).bytes
  }

  private func question(_ operation: ItemOperation, _ request: ItemRequest, _ chain: Chain) -> Question {
    Question(
      key: CacheKey(space: chain.itemSpace, name: request.cacheName(operation)), operation: operation.rawValue,
      subject: request.id.description, negativeSeconds: freshness.negative, inspect: operation.inspect,
      make: { (call, trace) async throws(PluginError) -> MadeAnswer in
        let calls = SourceCalls(call: call, time: self.time, trace: trace)
        switch operation {
        case .fetch: return try await self.item(request, chain, calls)
        case .children: return try await self.children(request, chain, calls)
        case .grandchildren: return try await self.grandchildren(request, chain, calls)
        case .images: return try await self.images(request, chain, calls)
        }
      })
  }

  private func item(
    _ request: ItemRequest, _ chain: Chain, _ calls: SourceCalls
  ) async throws(PluginError) -> MadeAnswer {
    let (item, isMakeshift) = try await gathering(request, chain, calls).item()
    return MadeAnswer(
      bytes: try AnswerJSON.encoded(item), hasAdult: item.isAdult,
      seconds: isMakeshift ? freshness.provisional : freshness.seconds(for: item, now: time.wallMilliseconds),
      isMakeshift: isMakeshift)
  }

  private func children(
    _ request: ItemRequest, _ chain: Chain, _ calls: SourceCalls
  ) async throws(PluginError) -> MadeAnswer {
    let (items, isMakeshift) = try await gathering(request, chain, calls).children()
    return try made(items, isMakeshift: isMakeshift)
  }

  private func made(_ items: [MediaItem], isMakeshift: Bool) throws(PluginError) -> MadeAnswer {
    MadeAnswer(
      bytes: try AnswerJSON.encoded(ItemList(items: items)), hasAdult: items.contains(where: \.isAdult),
      seconds: isMakeshift ? freshness.provisional : freshness.seconds(forList: items, now: time.wallMilliseconds),
      isMakeshift: isMakeshift)
  }

  /// The episodes of every season, four seasons at a time; each season's list is kept by itself as well.
  private func grandchildren(
    _ request: ItemRequest, _ chain: Chain, _ calls: SourceCalls
  ) async throws(PluginError) -> MadeAnswer {
    let answer = try await part(.children, request, chain, calls)
    let seasons = try AnswerJSON.decoded(ItemList.self, answer.bytes).items
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
      for item in try AnswerJSON.decoded(ItemList.self, list.bytes).items {
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
    var question = question(operation, request, chain)
    question.isPart = true
    return try await cache.answer(question, calls.call, calls.trace)
  }

  /// Every source's pictures of the work.
  private func images(
    _ request: ItemRequest, _ chain: Chain, _ calls: SourceCalls
  ) async throws(PluginError) -> MadeAnswer {
    let (artwork, isMakeshift) = try await gathering(request, chain, calls).images()
    return MadeAnswer(
      bytes: try AnswerJSON.encoded(ArtworkList(artwork: artwork)), hasAdult: false,
      seconds: isMakeshift ? freshness.provisional : freshness.images, isMakeshift: isMakeshift)
  }

  private func gathering(_ request: ItemRequest, _ chain: Chain, _ calls: SourceCalls) -> ItemGathering {
    ItemGathering(context: context, chain: chain, calls: calls, request: request)
  }
}
