import Answers
import MetadataModel
import PluginCalls
import Support

/// What one source says of its own records, kept for itself: whatever is merged from it later, a source is asked once.
struct SourceAnswers: Sendable {
  let library: MediaLibrary
  let calls: SourceCalls

  /// A value read back, and whether it is older than it should be because its source failed.
  struct Kept<Value: Sendable>: Sendable {
    var value: Value
    var isStale: Bool
  }

  func item(_ request: ItemRequest, _ source: any Source) async throws(PluginError) -> Kept<MediaItem> {
    try await answer(.fetch, request, source, library.freshness.seconds(for: request.id.kind)) {
      () async throws(PluginError) in
      var item = try await self.calls.ask(source, "fetch") { (source, call) async throws(PluginError) in
        try await source.fetch(request, call)
      }
      item.provenance = nil
      return (item, item.isAdult || source.manifest.adult)
    }
  }

  /// Sorted; a source without lists has none for this item.
  func children(_ request: ItemRequest, _ source: any Source) async throws(PluginError) -> Kept<ItemList> {
    try await answer(.children, request, source, library.freshness.children) { () async throws(PluginError) in
      do throws(PluginError) {
        let items = try await self.calls.ask(source, "children") { (source, call) async throws(PluginError) in
          try await source.children(request, call).items
        }.sorted(by: MediaItem.comesBefore)
        return (ItemList(items: items), source.manifest.adult || items.contains(where: \.isAdult))
      } catch  where error.kind == .unsupported {
        return (ItemList(items: []), false)
      }
    }
  }

  /// The source's pictures, or those of the item where the source brings them with it.
  func images(_ request: ItemRequest, _ source: any Source) async throws(PluginError) -> Kept<ArtworkList> {
    do throws(PluginError) {
      return try await answer(.images, request, source, library.freshness.images) { () async throws(PluginError) in
        let list = try await self.calls.ask(source, "images") { (source, call) async throws(PluginError) in
          try await source.images(request, call)
        }
        return (list, source.manifest.adult)
      }
    } catch  where error.kind == .unsupported {
      let item = try await item(request, source)
      return Kept(value: ArtworkList(artwork: item.value.artwork), isStale: item.isStale)
    }
  }

  private func answer<Value: Codable & Sendable>(
    _ operation: ItemOperation, _ request: ItemRequest, _ source: any Source, _ seconds: Int,
    _ make: @escaping @Sendable () async throws(PluginError) -> (Value, hasAdult: Bool)
  ) async throws(PluginError) -> Kept<Value> {
    var question = Question(
      key: CacheKey(space: source.id, name: request.cacheName(operation)), operation: operation.rawValue,
      subject: request.id.description, negativeSeconds: library.freshness.negative, inspect: operation.inspect,
      make: { () async throws(PluginError) -> MadeAnswer in
        let (value, hasAdult) = try await make()
        return MadeAnswer(bytes: try MediaLibrary.encoded(value), hasAdult: hasAdult, seconds: seconds)
      })
    question.isPart = true
    let answer = try await library.cache.answer(question, calls.call, calls.trace)
    return Kept(value: try MediaLibrary.decoded(Value.self, answer.bytes), isStale: answer.isStale)
  }
}
