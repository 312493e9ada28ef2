import Answers
import MetadataModel
import PluginCalls
import Searching
import Support
import TitleMatching
import Works

extension Matching {
  /// Decides: what a person has pinned, else what was decided before, else a search. Same hints, same key, for years.
  ///
  /// Throws `.unavailable` when nothing was found and a source that might have found it failed.
  func decide(_ request: MatchRequest) async throws(PluginError) -> Decision {
    if request.manual != true, let pinned = try await pinned(request) { return Decision(candidates: [pinned]) }
    if request.kind == .season || request.kind == .episode { return try await decideBelowShow(request) }
    if request.manual == true {
      var decision = try await search(request)
      decision.candidates = await decision.candidates.asyncMap { await self.withKnownKey($0) }
      return decision
    }
    // A search with a trace is made to be looked at, and changes nothing.
    let kept = try await untraced.decidedBefore(request)
    if let kept, calls.trace == nil { return Decision(candidates: [kept]) }
    var decision = try await search(request)
    guard calls.trace == nil else {
      if let kept { calls.trace?.decide(kept.reason ?? "") }
      return kept.map { Decision(candidates: [$0]) } ?? decision
    }
    guard let best = decision.candidates.first else {
      if !decision.isProvisional { await noteUnmatched(request, decision.closest) }
      return decision
    }
    decision.candidates = [await withKey(best)]
    if !decision.isProvisional { await keep(decision, for: request) }
    return decision
  }

  /// The same without a trace: what was decided before is told in one word.
  private var untraced: Matching {
    Matching(library: library, chain: chain, calls: SourceCalls(call: calls.call, time: calls.time, trace: nil))
  }

  /// The item that a person has fixed for these hints; nil when it is gone everywhere.
  private func pinned(_ request: MatchRequest) async throws(PluginError) -> Candidate? {
    let targets = PinTarget.all(for: request)
    guard let pin = await library.works.pin(for: targets, provider: chain.provider.name), pin.key.kind == request.kind
    else { return nil }
    return try await candidate(of: pin.key, request, rule: "pinned by a person (\(pin.shown))")
  }

  /// The show that a person has fixed for the files of a season or an episode.
  func pinnedShow(_ request: MatchRequest) async -> ItemID? {
    let targets = PinTarget.all(for: request)
    let pin = await library.works.pin(for: targets, provider: chain.provider.name)
    return pin?.key.kind == .show ? pin?.key : nil
  }

  private func decidedBefore(_ request: MatchRequest) async throws(PluginError) -> Candidate? {
    guard request.id == nil else { return nil }
    let hints = request.decisionHints
    guard let kept = await library.works.decision(for: hints, provider: chain.provider.name) else { return nil }
    let rule = "decided before: \(kept.rule)"
    if let candidate = try await candidate(of: kept.key, request, rule: rule) { return candidate }
    return nil
  }

  /// The item as a match; nil when it is gone, or may not be shown.
  private func candidate(
    of key: ItemID, _ request: MatchRequest, rule: String
  ) async throws(PluginError) -> Candidate? {
    do throws(PluginError) {
      let item = try await fetched(key, request)
      guard sources.mayShow(item, request) else { return nil }
      calls.trace?.decide(rule)
      return Candidate(item, reason: rule)
    } catch  where error.kind == .notFound || error.kind == .unsupported || error.kind == .badRequest {
      return nil
    }
  }

  private func keep(_ decision: Decision, for request: MatchRequest) async {
    guard let best = decision.candidates.first, request.id == nil else { return }
    let name = chain.provider.name
    await library.works.keep(
      KeptDecision(key: best.id, rule: best.reason ?? "", decidedAt: library.time.wallMilliseconds),
      for: request.decisionHints, provider: name)
    await library.works.forgetUnmatched(
      provider: name, kind: request.kind, title: request.title ?? "", year: request.year, file: request.file)
  }

  private func noteUnmatched(_ request: MatchRequest, _ closest: Judgement?) async {
    let now = library.time.wallMilliseconds
    await library.works.noteUnmatched(
      Unmatched(
        provider: chain.provider.name, kind: request.kind, title: request.title ?? "", year: request.year,
        file: request.file, firstAsked: now, lastAsked: now, times: 1, closest: closest?.candidate.inOneLine,
        closestScore: closest?.score))
  }

  /// The key of the work that the candidate is, also when another source's record gave it its key; a new one otherwise.
  private func withKey(_ candidate: Candidate) async -> Candidate {
    let known = await withKnownKey(candidate)
    guard known.id == candidate.id else { return known }
    _ = await library.works.join(candidate.member, to: candidate.id, saidBy: candidate.id.source)
    return candidate
  }

  private func withKnownKey(_ candidate: Candidate) async -> Candidate {
    var known = candidate
    if let work = await library.works.work(of: candidate.id) {
      known.id = work.key
      return known
    }
    for work in await library.works.works(of: candidate.id.kind, with: candidate.identities) {
      guard case .joined = await library.works.join(candidate.member, to: work.key, saidBy: candidate.id.source) else {
        continue
      }
      known.id = work.key
      return known
    }
    return known
  }
}

extension Candidate {
  fileprivate var member: Member {
    Member(id: id, externalIDs: externalIDs ?? [:], title: title, year: year ?? released?.year)
  }

  fileprivate var inOneLine: String { "\(title)\(year.map { " (\($0))" } ?? "") \(id)" }
}

extension MatchRequest {
  /// What a decision is kept under: everything that tells one work from another, and nothing that only says how to answer.
  var decisionHints: String {
    let ids = (externalIDs ?? [:]).sorted.map { "\($0.namespace)=\($0.value)" }.joined(separator: ",")
    let titles = ([title] + (alternativeTitles ?? [])).compactMap {
      $0.map { TitleFolding.words($0).joined(separator: " ") }
    }
    return [kind.rawValue, titles.joined(separator: "/"), year.map { "\($0)" } ?? "", ids, oshash ?? ""]
      .joined(separator: "|")
  }
}

extension PinTarget {
  /// What pins may say of these hints: the file, then the title with and without its year.
  static func all(for request: MatchRequest) -> [PinTarget] {
    let file = request.file.flatMap { PinTarget.path($0) }
    let title = request.kind == .movie || request.kind == .show ? request.title : request.showTitle
    guard let title, !title.isEmpty else { return [file].compactMap { $0 } }
    let isWork = request.kind == .movie || request.kind == .show
    // A year in the title would stand in both.
    let base = FoldedTitle.split(title).base
    return [file, PinTarget(title: title, year: isWork ? request.year : nil), PinTarget(title: base, year: nil)]
      .compactMap { $0 }
  }
}

extension Array where Element: Sendable {
  fileprivate func asyncMap(_ change: @Sendable (Element) async -> Element) async -> [Element] {
    var changed: [Element] = []
    for element in self { changed.append(await change(element)) }
    return changed
  }
}
