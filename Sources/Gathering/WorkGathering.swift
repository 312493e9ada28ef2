import Answers
import Merging
import MetadataModel
import PluginCalls
import Searching
import Support
import Works

/// Collects what the sources of a chain know of one movie or show, for one request.
///
/// The first source that has the work, and those that a rule of the policy names, are asked at the same time; the others
/// one after the other, as long as the record is poor. A record counts only when it is proven to be the same work.
struct WorkGathering: Sendable {
  let context: GatheringContext
  let chain: Chain
  let calls: SourceCalls
  /// Its id is a key given out, or the id of a source's record.
  let request: ItemRequest

  /// What came of it.
  struct Gathered: Sendable {
    /// In the order of the chain, a source's languages side by side.
    var records: [Record] = []
    /// A source failed or was too slow: soon tried again.
    var isMakeshift = false
    var failures: [PluginError] = []
  }

  private var wishes: Wishes { Wishes(language: request.language) }
  private var policy: MergePolicy { chain.policy }

  /// Throws `.notFound` when every source that may have it says that it is gone, `.unavailable` when none could tell.
  func gather() async throws(PluginError) -> Gathered {
    let work = await context.works.work(of: request.id)
    var search = Search(
      work: work, sources: chain.sources(knowing: request.id.kind), asked: request.id,
      soft: context.softDeadline(of: calls.call))
    await askFirst(&search)
    while search.records.isEmpty || !isGood(search), let source = search.next(isOpen: { !search.asked.contains($0) }) {
      let hints = WorkHints(search.records) ?? WorkHints(work)
      let outcome =
        search.records.isEmpty
        ? await lookUp(source, search.known[source.id], hints)
        : await lookUpSoon(source, search.known[source.id], hints, search.soft)
      search.asked.insert(source.id)
      await add(outcome, of: source, to: &search)
    }
    note(search)
    guard !search.records.isEmpty else { throw nothing(search) }
    await remember(&search)
    return Gathered(
      records: search.ordered, isMakeshift: search.isMakeshift || !search.failures.isEmpty, failures: search.failures)
  }

  /// The state of one gathering.
  struct Search: Sendable {
    let work: Work?
    /// Those that know the kind, in the chain's order.
    let sources: [any Source]
    /// Until when the answer waits for those that only fill gaps.
    let soft: Deadline
    /// The record of each source that is known already.
    var known: [String: ItemID]
    var asked: Set<String> = []
    var records: [Record] = []
    var failures: [PluginError] = []
    /// What a source says of a request that it does not take, or of a record that must not be shown here.
    var refusal: PluginError?
    var isMakeshift = false

    init(work: Work?, sources: [any Source], asked id: ItemID, soft: Deadline) {
      self.work = work
      self.soft = soft
      self.sources = sources
      known = Dictionary((work?.members ?? []).map { ($0.source, $0) }, uniquingKeysWith: { first, _ in first })
      if known[id.source] == nil { known[id.source] = id }
    }

    /// The next to be asked: those with a known record first, so that a work is found where it was found before.
    func next(isOpen: (String) -> Bool) -> (any Source)? {
      let open = sources.filter { isOpen($0.id) }
      if records.isEmpty, let first = open.first(where: { known[$0.id] != nil }) { return first }
      return open.first
    }

    var ordered: [Record] {
      let places = Dictionary(sources.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
      return records.enumerated().sorted { left, right in
        let ranks = (places[left.element.source] ?? .max, places[right.element.source] ?? .max)
        return ranks.0 != ranks.1 ? ranks.0 < ranks.1 : left.offset < right.offset
      }.map(\.element)
    }
  }

  /// What a source answered: the records of one item, one per language.
  enum Outcome: Sendable {
    case records([Record], isStale: Bool)
    /// It has no such item.
    case nothing
    case failed(PluginError)
  }

  /// The first source that has the work and all that will certainly be needed, side by side.
  private func askFirst(_ search: inout Search) async {
    let named = policy.namedSources(for: request.id.kind)
    let first = search.next(isOpen: { _ in true })
    let hints = WorkHints(search.work)
    let (known, soft) = (search.known, search.soft)
    let sources = search.sources.filter { source in
      if source.id == first?.id { return true }
      guard policy.asksAll || named.contains(source.id) else { return false }
      return known[source.id] != nil || hints != nil
    }
    let outcomes = await sources.concurrently(atMost: 8) { source in
      source.id == first?.id
        ? await self.lookUp(source, known[source.id], hints)
        : await self.lookUpSoon(source, known[source.id], hints, soft)
    }
    // The first one's record is what the others are proven against, whatever its place in the chain.
    let pairs = zip(sources, outcomes)
    for (source, outcome) in pairs.filter({ $0.0.id == first?.id }) + pairs.filter({ $0.0.id != first?.id }) {
      search.asked.insert(source.id)
      await add(outcome, of: source, to: &search)
    }
    let late = search.sources.filter { source in
      !search.asked.contains(source.id) && (policy.asksAll || named.contains(source.id))
    }
    guard !search.records.isEmpty, !late.isEmpty else { return }
    let better = WorkHints(search.records)
    let rest = await late.concurrently(atMost: 8) { source in
      await self.lookUpSoon(source, nil, better, soft)
    }
    for (source, outcome) in zip(late, rest) {
      search.asked.insert(source.id)
      await add(outcome, of: source, to: &search)
    }
  }

  private func isGood(_ search: Search) -> Bool {
    !policy.asksAll && policy.quality(of: search.records, wishes: wishes).isGood
  }

  /// Takes the records in when they are proven to be the same work; asks again by id when only the title spoke for them.
  private func add(_ outcome: Outcome, of source: any Source, to search: inout Search) async {
    switch outcome {
    case .nothing: return
    case .failed(let error) where error.isRefusal: search.refusal = search.refusal ?? error
    case .failed(let error): search.failures.append(error)
    case .records(let records, let isStale):
      guard let found = records.first else { return }
      guard let base = search.records.first, search.known[source.id] != found.item.id else {
        return take(records, isStale, &search)
      }
      switch Proof.of(base.item, found.item, seasons: (base.seasonCount, found.seasonCount)) {
      case .same(let rule):
        calls.trace?.add(Trace.Link(id: found.item.id, rule: rule, isSame: true))
        take(records, isStale, &search)
      case .different(let reason): keepApart(found.item.id, reason)
      case .unproven:
        calls.trace?.add(Trace.Link(id: found.item.id, rule: "nothing proves that it is the same", isSame: false))
        await askAgain(source, notFinding: found.item.id, &search)
      }
    }
  }

  /// By the ids that the first record brought, when the first look was by title.
  private func askAgain(_ source: any Source, notFinding other: ItemID, _ search: inout Search) async {
    guard var hints = WorkHints(search.records), let base = search.records.first else { return }
    hints.titles = []
    guard case .records(let records, let isStale) = await lookUp(source, nil, hints), let found = records.first,
      found.item.id != other
    else { return }
    switch Proof.of(base.item, found.item, seasons: (base.seasonCount, found.seasonCount)) {
    case .same: take(records, isStale, &search)
    case .different(let reason): keepApart(found.item.id, reason)
    case .unproven: break
    }
  }

  private func take(_ records: [Record], _ isStale: Bool, _ search: inout Search) {
    search.records += records
    search.isMakeshift = search.isMakeshift || isStale
  }

  private func keepApart(_ id: ItemID, _ reason: String) {
    calls.trace?.add(Trace.Link(id: id, rule: reason, isSame: false))
    context.log.warning("kept apart from \(request.id): \(reason)")
  }

  /// What each proven record said is remembered, so that the next time it is fetched by its id.
  private func remember(_ search: inout Search) async {
    let key = search.work?.key ?? request.id
    var contradicting: Set<String> = []
    for (place, record) in search.records.enumerated() {
      let item = record.item
      let member = Member(
        id: item.id, externalIDs: item.externalIDs, title: item.title, year: item.year ?? item.released?.year)
      if case .contradiction(let reason) = await context.works.join(member, to: key, saidBy: record.source), place > 0 {
        keepApart(item.id, reason)
        contradicting.insert(record.source)
      }
    }
    search.records.removeAll { contradicting.contains($0.source) }
  }

  private func note(_ search: Search) {
    guard let trace = calls.trace else { return }
    for source in search.sources {
      let own = search.records.filter { $0.source == source.id }
      guard !own.isEmpty else { continue }
      let quality = policy.quality(of: own, wishes: wishes)
      trace.add(
        Trace.Quality(
          source: source.id, score: quality.score, threshold: quality.threshold, missing: quality.missing.map(\.name)))
    }
  }

  private func nothing(_ search: Search) -> PluginError {
    if !search.failures.isEmpty { return PluginError(joining: search.failures) }
    if let refusal = search.refusal { return refusal }
    let isReachable = search.sources.contains { search.known[$0.id] != nil }
    return PluginError(
      .notFound,
      isReachable
        ? "\(request.id): no source has it any more"
        : "\(request.id): the provider '\(chain.provider.name)' has no source '\(request.id.source)'")
  }
}
