import Answers
import Merging
import MetadataModel
import PluginCalls
import Searching
import Support
import Works

/// Collects what the sources of a chain know of one season or episode.
struct PlaceGathering: Sendable {
  let context: GatheringContext
  let chain: Chain
  let calls: SourceCalls
  let request: ItemRequest

  private var gathering: WorkGathering {
    WorkGathering(context: context, chain: chain, calls: calls, request: request)
  }

  func gather() async throws(PluginError) -> WorkGathering.Gathered {
    let place = await context.works.place(of: request.id)
    let key = place?.links.first { $0.member == request.id }?.key ?? request.id
    let own = (place?.links ?? []).filter { $0.key == key }
    var members = Dictionary(own.map { ($0.member.source, $0.member) }, uniquingKeysWith: { first, _ in first })
    if members[request.id.source] == nil { members[request.id.source] = request.id }
    var gathered = WorkGathering.Gathered()
    var refusal: PluginError?
    let named = chain.policy.namedSources(for: request.id.kind)
    let soft = context.softDeadline(of: calls.call)
    for source in chain.matchers(knowing: request.id.kind) {
      let isCertain = chain.policy.asksAll || named.contains(source.id)
      if !gathered.records.isEmpty, !isCertain, isGood(gathered.records) { continue }
      let base = gathered.records.first?.item
      let work = { @Sendable [members] in await lookUp(source, members[source.id], base, place?.show, own.first) }
      switch base == nil ? await work() : await soon(soft, source, work) {
      case .nothing: continue
      case .failed(let error) where error.isRefusal: refusal = refusal ?? error
      case .failed(let error): gathered.failures.append(error)
      case .records(let records, let isStale):
        gathered.records += records
        gathered.isMakeshift = gathered.isMakeshift || isStale
      }
    }
    gathered.isMakeshift = gathered.isMakeshift || !gathered.failures.isEmpty
    guard gathered.records.isEmpty else { return gathered }
    if !gathered.failures.isEmpty { throw PluginError(joining: gathered.failures) }
    if let refusal { throw refusal }
    throw PluginError(
      .notFound,
      chain.source(named: request.id.source) == nil
        ? "\(request.id): the provider '\(chain.provider.name)' has no source '\(request.id.source)'"
        : "\(request.id): no source has it")
  }

  private func soon(
    _ soft: Deadline, _ source: any Source, _ work: @escaping @Sendable () async -> WorkGathering.Outcome
  ) async -> WorkGathering.Outcome {
    do throws(PluginError) {
      return try await context.soon(soft, source) { .success(await work()) }
    } catch {
      return .failed(error)
    }
  }

  private func isGood(_ records: [Record]) -> Bool {
    chain.policy.quality(of: records, wishes: Wishes(language: request.language)).isGood
  }

  /// By id where that is known; else the item of the source's own list that is the same.
  private func lookUp(
    _ source: any Source, _ member: ItemID?, _ base: MediaItem?, _ show: ItemID?, _ link: ChildLink?
  ) async -> WorkGathering.Outcome {
    if let member { return await gathering.lookUp(source, member, nil) }
    guard let show, let link else { return .nothing }
    do throws(PluginError) {
      let parent = request.about(show)
      let members = await ShowMembers(
        show, WorkGathering(context: context, chain: chain, calls: calls, request: parent))
      guard let id = try await members.id(at: source) else { return .nothing }
      let answers = SourceAnswers(context: context, calls: calls)
      var list = try await answers.children(request.about(id), source)
      if link.episode != nil {
        guard let season = list.value.items.first(where: { $0.index == link.season }) else { return .nothing }
        list = try await answers.children(request.about(season.id), source)
      }
      guard let item = Self.same(base, list.value.items, link) else { return .nothing }
      guard chain.provider.adult || !item.isAdult else { return .nothing }
      return .records([Record(item, source: source.id, askedLanguage: request.language)], isStale: list.isStale)
    } catch {
      return error.isRefusal ? .nothing : .failed(error)
    }
  }

  private static func same(_ base: MediaItem?, _ items: [MediaItem], _ link: ChildLink) -> MediaItem? {
    guard let base else { return items.first { $0.index == link.episode ?? link.season } }
    let places = EpisodePairing(base: [base], other: items).places
    return places.firstIndex { $0 == 0 }.map { items[$0] }
  }

  /// Puts the item below the ids that media servers know.
  func adopt(_ item: inout MediaItem) async {
    guard let show = await context.works.place(of: request.id)?.show else { return }
    guard item.kind == .episode else {
      item.parent?.id = show
      return
    }
    item.grandparent?.id = show
    guard let season = item.parent?.id else { return }
    let links = await context.works.children(of: show)
    if let key = links.first(where: { $0.member == season })?.key { item.parent?.id = key }
  }
}
