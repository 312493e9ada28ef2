import Answers
import Merging
import MetadataModel
import PluginCalls
import Searching
import Support
import Works

/// Makes the list of a show's seasons or of a season's episodes from what several sources have.
///
/// The first source that has any gives the list; the others fill its gaps when it is poor, or when the policy names them.
/// Every season and episode keeps the key that it was first given, whoever its data comes from.
struct ChildGathering: Sendable {
  let context: GatheringContext
  let chain: Chain
  let calls: SourceCalls
  let request: ItemRequest

  struct Gathered: Sendable {
    var items: [MediaItem]
    var isMakeshift: Bool
  }

  /// One source's list.
  struct List: Sendable {
    let source: any Source
    var items: [MediaItem]
  }

  private var policy: MergePolicy { chain.policy }
  private var gathering: WorkGathering {
    WorkGathering(context: context, chain: chain, calls: calls, request: request)
  }

  func gather() async throws(PluginError) -> Gathered {
    if let order = try await otherOrder() { return try await inOrder(order) }
    let parent = await Parent(request.id, gathering)
    var lists: [List] = []
    var failures: [PluginError] = []
    var isMakeshift = false
    var isKnown = false
    let childKind: MediaKind = request.id.kind == .show ? .season : .episode
    let named = policy.namedSources(for: childKind)
    let soft = context.softDeadline(of: calls.call)
    for source in chain.matchers(knowing: childKind) {
      let isFiller = !lists.isEmpty
      if isFiller, !policy.asksAll, !named.contains(source.id), isGood(lists, childKind) { continue }
      do throws(PluginError) {
        let list =
          isFiller
          ? try await context.soon(soft, source) { await self.list(of: source, parent, isFiller: true) }
          : try await self.list(of: source, parent, isFiller: false).get()
        guard let answer = list else { continue }
        isKnown = true
        isMakeshift = isMakeshift || answer.isStale
        let items = answer.value.items.filter { chain.provider.adult || !$0.isAdult }
        if !items.isEmpty { lists.append(List(source: source, items: items)) }
      } catch {
        guard !error.isRefusal else { continue }
        failures.append(error)
      }
    }
    guard !lists.isEmpty || isKnown else { throw nothing(failures) }
    if lists.isEmpty, !failures.isEmpty { throw nothing(failures) }
    let items = await keyed(merged(lists), lists, parent)
    return Gathered(items: items, isMakeshift: isMakeshift || !failures.isEmpty)
  }

  /// One source's list; nil when it does not have the parent.
  private func list(
    of source: any Source, _ parent: Parent, isFiller: Bool
  ) async -> Result<SourceAnswers.Kept<ItemList>?, PluginError> {
    do throws(PluginError) {
      guard let id = try await parent.id(at: source, isFiller: isFiller) else { return .success(nil) }
      return .success(try await SourceAnswers(context: context, calls: calls).children(request.about(id), source))
    } catch {
      return .failure(error)
    }
  }

  /// Good on the whole: items of the kind's rule, those that are still to come not counted.
  private func isGood(_ lists: [List], _ kind: MediaKind) -> Bool {
    guard let first = lists.first, let rule = policy.quality[kind] else { return true }
    let items = merged(lists).map(\.item)
    let today = CalendarDate(millisecondsSince1970: context.time.wallMilliseconds)
    let aired = items.filter { item in
      guard let date = item.released, let today else { return item.kind == .season }
      return date <= today
    }
    guard !aired.isEmpty else { return true }
    let wishes = Wishes(language: request.language)
    let scores = aired.map { policy.quality(of: [Record($0, source: first.source.id)], wishes: wishes).score }
    return scores.reduce(0, +) / Double(scores.count) >= rule.threshold - 1e-9
  }

  /// A season or an episode of the list, and the records that it was made of.
  struct Child: Sendable {
    var item: MediaItem
    var members: [ItemID]
  }

  /// The first list, each item completed from the others' items that are the same, and what only they have.
  func merged(_ lists: [List]) -> [Child] {
    guard let base = lists.first else { return [] }
    var records = base.items.map { [Record($0, source: base.source.id, askedLanguage: request.language)] }
    for list in lists.dropFirst() {
      let pairing = EpisodePairing(base: records.map { $0[0].item }, other: list.items)
      let others = list.items.map { Record($0, source: list.source.id, askedLanguage: request.language) }
      for (index, place) in pairing.places.enumerated() {
        if let place { records[place].append(others[index]) }
      }
      records += pairing.missing.map { [others[$0]] }
    }
    let merge = Merge(policy, Wishes(language: request.language))
    return records.compactMap { records in
      guard records.count > 1 else { return Child(item: records[0].item, members: [records[0].item.id]) }
      guard var item = merge.item(records, id: records[0].item.id) else { return nil }
      // Lists are long; the item itself says where each field came from.
      item.provenance = nil
      return Child(item: item, members: records.map(\.item.id))
    }
  }

  /// With the keys that media servers know, below the parent that was asked for.
  private func keyed(_ children: [Child], _ lists: [List], _ parent: Parent) async -> [MediaItem] {
    let links = await context.works.children(of: parent.showKey)
    let seasonNumber = request.id.kind == .show ? nil : parent.season
    let keys = ChildKeys(links)
    let placed = children.map { child -> (Child, season: Int?, episode: Int?) in
      child.item.kind == .season
        ? (child, child.item.index, nil)
        : (child, seasonNumber ?? child.item.parent?.index, child.item.index)
    }
    let assigned = keys.assign(placed.map { ($0.0.members, $0.season, $0.episode) })
    let kept = zip(placed, assigned).flatMap { child, key -> [ChildLink] in
      guard let season = child.season, child.0.item.kind == .season || child.episode != nil else { return [] }
      return child.0.members.map { ChildLink(key: key, member: $0, season: season, episode: child.episode) }
    }
    await context.works.join(kept, of: parent.showKey)
    return zip(placed, assigned).map { child, key in
      var item = child.0.item
      item.id = key
      parent.adopt(&item, as: request.id)
      return item
    }.sorted(by: MediaItem.comesBefore)
  }

  private func nothing(_ failures: [PluginError]) -> PluginError {
    guard failures.isEmpty else { return PluginError(joining: failures) }
    return PluginError(
      .notFound,
      chain.source(named: request.id.source) == nil
        ? "\(request.id): the provider '\(chain.provider.name)' has no source '\(request.id.source)'"
        : "\(request.id): no source has it")
  }
}

extension CalendarDate {
  /// The day in UTC.
  init?(millisecondsSince1970 milliseconds: Int64) {
    // Days to civil date, after the usual algorithm with years from March.
    let days = Int(milliseconds / 86_400_000) + 719_468
    let era = days / 146_097
    let ofEra = days - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let march = (5 * ofYear + 2) / 153
    let day = ofYear - (153 * march + 2) / 5 + 1
    let month = march < 10 ? march + 3 : march - 9
    self.init(year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month, day: day)
  }
}
