import Answers
import MetadataModel
import PluginCalls
import Searching
import Support

/// What one source says of its own records, kept for itself: whatever is merged from it later, a source is asked once.
struct SourceAnswers: Sendable {
  let context: GatheringContext
  let calls: SourceCalls

  /// A value read back, and whether it is older than it should be because its source failed.
  struct Kept<Value: Sendable>: Sendable {
    var value: Value
    var isStale: Bool
  }

  /// What a source has just said.
  private struct Told<Value: Sendable>: Sendable {
    let value: Value
    let hasAdult: Bool
    /// How long that holds.
    let seconds: Int
  }

  func item(_ request: ItemRequest, _ source: any Source) async throws(PluginError) -> Kept<MediaItem> {
    try await answer(.fetch, request, source) {
      (calls) async throws(PluginError) -> Told<MediaItem> in
      var item = try await calls.ask(source, "fetch") { (source, call) async throws(PluginError) in
        try await source.fetch(request, call)
      }
      item.provenance = nil
      return Told(
        value: item, hasAdult: item.isAdult || source.manifest.adult,
        seconds: context.freshness.seconds(for: item, now: context.time.wallMilliseconds))
    }
  }

  /// Sorted; a source without lists has none for this item.
  func children(_ request: ItemRequest, _ source: any Source) async throws(PluginError) -> Kept<ItemList> {
    try await answer(.children, request, source) {
      (calls) async throws(PluginError) -> Told<ItemList> in
      do throws(PluginError) {
        let items = try await calls.ask(source, "children") { (source, call) async throws(PluginError) in
          try await source.children(request, call).items
        }.sorted(by: MediaItem.comesBefore)
        if source.manifest.listsWholeItems, calls.call.notes?.hasStale != true { offer(items, request, source) }
        return Told(
          value: ItemList(items: items), hasAdult: source.manifest.adult || items.contains(where: \.isAdult),
          seconds: context.freshness.seconds(forList: items, now: context.time.wallMilliseconds))
      } catch  where error.kind == .unsupported {
        return Told(value: ItemList(items: []), hasAdult: false, seconds: context.freshness.children)
      }
    }
  }

  /// Each item of a list as the answer to the question for it, so that the source is not asked again for every one.
  private func offer(_ items: [MediaItem], _ request: ItemRequest, _ source: any Source) {
    for item in items {
      guard let bytes = try? AnswerJSON.encoded(item) else { continue }
      let seconds = context.freshness.seconds(for: item, now: context.time.wallMilliseconds)
      let made = MadeAnswer(bytes: bytes, hasAdult: item.isAdult || source.manifest.adult, seconds: seconds)
      context.cache.offer(made, for: key(.fetch, request.about(item.id), source))
    }
  }

  private func key(_ operation: ItemOperation, _ request: ItemRequest, _ source: any Source) -> CacheKey {
    CacheKey(space: source.id, name: request.cacheName(operation))
  }

  /// The source's pictures, or those of the item where the source brings them with it.
  func images(_ request: ItemRequest, _ source: any Source) async throws(PluginError) -> Kept<ArtworkList> {
    do throws(PluginError) {
      return try await answer(.images, request, source) {
        (calls) async throws(PluginError) -> Told<ArtworkList> in
        let list = try await calls.ask(source, "images") { (source, call) async throws(PluginError) in
          try await source.images(request, call)
        }
        return Told(value: list, hasAdult: source.manifest.adult, seconds: context.freshness.images)
      }
    } catch  where error.kind == .unsupported {
      let item = try await item(request, source)
      return Kept(value: ArtworkList(artwork: item.value.artwork), isStale: item.isStale)
    }
  }

  /// Whether an item was seen to be explicit before, without asking anybody.
  func isKnownAsExplicit(_ request: ItemRequest, _ source: (any Source)?) async -> Bool {
    guard let source else { return false }
    if source.manifest.adult { return true }
    let question = Question(
      key: key(.fetch, request, source), operation: "fetch",
      subject: request.id.description, negativeSeconds: 0, inspect: ItemOperation.fetch.inspect,
      make: { (_, _) async throws(PluginError) -> MadeAnswer in throw PluginError(.notFound, "only looked up") })
    return await context.cache.peek(question)?.hasAdult == true
  }

  private func answer<Value: Codable & Sendable>(
    _ operation: ItemOperation, _ request: ItemRequest, _ source: any Source,
    _ make: @escaping @Sendable (SourceCalls) async throws(PluginError) -> Told<Value>
  ) async throws(PluginError) -> Kept<Value> {
    let notes = CallNotes()
    var question = Question(
      key: key(operation, request, source), operation: operation.rawValue,
      subject: request.id.description, negativeSeconds: context.freshness.negative, inspect: operation.inspect,
      make: { (call, trace) async throws(PluginError) -> MadeAnswer in
        let told = try await make(SourceCalls(call: call, time: context.time, trace: trace))
        return MadeAnswer(bytes: try AnswerJSON.encoded(told.value), hasAdult: told.hasAdult, seconds: told.seconds)
      }, notes: notes)
    question.isPart = true
    let answer = try await context.cache.answer(question, calls.call, calls.trace)
    if notes.hasStale { calls.call.notes?.noteStale() }
    return Kept(value: try AnswerJSON.decoded(Value.self, answer.bytes), isStale: answer.isStale)
  }
}
