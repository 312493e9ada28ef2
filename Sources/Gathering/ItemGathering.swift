import Merging
package import MetadataModel
import PluginCalls
package import Searching

/// Makes one item, its list or its pictures out of what the sources of a chain know of it.
///
/// `isMakeshift`: a source failed or was too slow, so that it is soon to be made again.
package struct ItemGathering: Sendable {
  private let context: GatheringContext
  private let chain: Chain
  private let calls: SourceCalls
  /// Its id is a key given out, or the id of a source's record.
  private let request: ItemRequest

  package init(context: GatheringContext, chain: Chain, calls: SourceCalls, request: ItemRequest) {
    self.context = context
    self.chain = chain
    self.calls = calls
    self.request = request
  }

  /// Throws `.notFound` when every source that may have it says that it is gone, `.unavailable` when none could tell.
  package func item() async throws(PluginError) -> (item: MediaItem, isMakeshift: Bool) {
    let gathered: WorkGathering.Gathered
    let isChild = request.id.kind == .season || request.id.kind == .episode
    let place = PlaceGathering(context: context, chain: chain, calls: calls, request: request)
    if isChild {
      gathered = try await place.gather()
    } else {
      gathered = try await WorkGathering(context: context, chain: chain, calls: calls, request: request).gather()
    }
    let merge = Merge(chain.policy, Wishes(language: request.language))
    // The own source may know it under another name by now.
    let own = gathered.records.first { $0.source == request.id.source && $0.item.kind == request.id.kind }
    guard var item = merge.item(gathered.records, id: own?.item.id ?? request.id) else {
      throw PluginError(.notFound, "\(request.id): no source has it")
    }
    if isChild { await place.adopt(&item) }
    return (item, gathered.isMakeshift)
  }

  /// Seasons of a show by number, episodes of a season by number. Throws like `item`.
  package func children() async throws(PluginError) -> (items: [MediaItem], isMakeshift: Bool) {
    let list = try await ChildGathering(context: context, chain: chain, calls: calls, request: request).gather()
    return (list.items, list.isMakeshift)
  }

  /// Every source's pictures of it. Throws like `item`.
  package func images() async throws(PluginError) -> (artwork: [Artwork], isMakeshift: Bool) {
    try await ImageGathering(context: context, chain: chain, calls: calls, request: request).gather()
  }

  /// The request with the item's present id: one of a kind that the model does not know may be an older name, and its
  /// source tells the present one.
  package func underPresentName() async throws(PluginError) -> ItemRequest {
    guard !request.id.kind.isKnown, let source = chain.source(named: request.id.source) else { return request }
    return request.about(try await SourceAnswers(context: context, calls: calls).item(request, source).value.id)
  }

  /// Whether it was seen to be explicit before where that must not be shown, without asking anybody.
  package func isKnownAsExplicit() async -> Bool {
    guard !chain.provider.adult else { return false }
    let source = chain.source(named: request.id.source)
    return await SourceAnswers(context: context, calls: calls).isKnownAsExplicit(request, source)
  }
}
