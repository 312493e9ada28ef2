import Answers
import Merging
import MetadataModel
import PluginCalls
import Searching
import Support
import Works

/// Collects the pictures of one item from every source that has it.
struct ImageGathering: Sendable {
  let context: GatheringContext
  let chain: Chain
  let calls: SourceCalls
  let request: ItemRequest

  func gather() async throws(PluginError) -> (artwork: [Artwork], isMakeshift: Bool) {
    let members = await members()
    let hints = WorkHints(await context.works.work(of: request.id))
    let sources = chain.sources(knowing: request.id.kind)
    let soft = context.softDeadline(of: calls.call)
    var results = await sources.concurrently(atMost: 8) { source in
      await self.picturesSoon(source, members[source.id], hints, soft)
    }
    if soft.remainingMilliseconds(context.time) == 0, !results.contains(where: { (try? $0.get()) != nil }) {
      // Nothing to answer with: then the late ones are waited for.
      results = await sources.concurrently(atMost: 8) { source in
        await self.pictures(source, members[source.id], hints)
      }
    }
    var lists: [(source: String, artwork: [Artwork])] = []
    var failures: [PluginError] = []
    var isMakeshift = false
    for (source, result) in zip(sources, results) {
      switch result {
      case .success(let kept?):
        lists.append((source.id, kept.value.artwork))
        isMakeshift = isMakeshift || kept.isStale
      case .success(nil): break
      case .failure(let error): failures.append(error)
      }
    }
    if lists.isEmpty {
      guard failures.isEmpty else { throw PluginError(joining: failures) }
      throw PluginError(.notFound, "\(request.id): no source has it")
    }
    let merge = Merge(chain.policy, Wishes(language: request.language))
    return (merge.artwork(lists, kind: request.id.kind), isMakeshift || !failures.isEmpty)
  }

  /// The item's id at each source that is known to have it.
  private func members() async -> [String: ItemID] {
    var ids: [ItemID]
    if request.id.kind == .season || request.id.kind == .episode {
      let links = await context.works.place(of: request.id)?.links ?? []
      let key = links.first { $0.member == request.id }?.key ?? request.id
      ids = links.filter { $0.key == key }.map(\.member)
    } else {
      ids = await context.works.work(of: request.id)?.members ?? []
    }
    ids.append(request.id)
    return Dictionary(ids.map { ($0.source, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The same, but waits no longer than `soft`.
  private func picturesSoon(
    _ source: any Source, _ member: ItemID?, _ hints: WorkHints?, _ soft: Deadline
  ) async -> Result<SourceAnswers.Kept<ArtworkList>?, PluginError> {
    do throws(PluginError) {
      return .success(try await context.soon(soft, source) { await self.pictures(source, member, hints) })
    } catch {
      return .failure(error)
    }
  }

  /// Nil when the source does not have the item. A film or show is looked up where it is not known yet, by id only.
  private func pictures(
    _ source: any Source, _ member: ItemID?, _ hints: WorkHints?
  ) async -> Result<SourceAnswers.Kept<ArtworkList>?, PluginError> {
    do throws(PluginError) {
      var id = member
      if id == nil, var hints, request.id.kind == hints.kind {
        hints.titles = []
        let gathering = WorkGathering(context: context, chain: chain, calls: calls, request: request)
        if case .records(let records, _) = await gathering.lookUp(source, nil, hints) { id = records.first?.item.id }
      }
      guard let id else { return .success(nil) }
      return .success(try await SourceAnswers(context: context, calls: calls).images(request.about(id), source))
    } catch {
      return error.isRefusal ? .success(nil) : .failure(error)
    }
  }
}
