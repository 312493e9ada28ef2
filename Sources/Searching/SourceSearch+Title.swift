import Answers
import MetadataModel
import PluginCalls
import TitleMatching

extension SourceSearch {
  /// The one candidate good enough to be taken without asking anybody. Sources in order, until one has it.
  func bestByTitle(
    _ request: MatchRequest, _ sources: [any Source], _ findings: inout Findings
  ) async -> Candidate? {
    for reading in request.titleReadings {
      switch await choice(reading, sources, &findings) {
      case .accepted(let judgement, let rule): return judgement.decided(rule)
      case .ambiguous: return nil
      case .none: continue
      }
    }
    return nil
  }

  /// Sources in order, until one is certain; those that will be needed in any case are asked at the same time. A choice
  /// that is not certain needs the word of all the others.
  private func choice(
    _ request: MatchRequest, _ sources: [any Source], _ findings: inout Findings
  ) async -> AutomaticChoice {
    guard let (wanted, question) = request.titleQuestion else { return .none }
    let together = sources.filter { chain.surelyAsks($0, request.kind) }
    var early: [String: [Judgement]] = [:]
    if together.count > 1 {
      let answers = await judgements(of: together, question, wanted, &findings)
      early = Dictionary(zip(together.map(\.id), answers), uniquingKeysWith: { first, _ in first })
    }
    var replies: [[Judgement]] = []
    var choice = AutomaticChoice.none
    for (place, source) in sources.enumerated() {
      if let early = early[source.id] {
        replies.append(early)
      } else {
        replies += await judgements(of: [source], question, wanted, &findings)
      }
      choice = AutomaticChoice.among(replies)
      if case .none = choice { continue }
      if !choice.isCertain(wanted), place + 1 < sources.count {
        replies += await judgements(of: Array(sources[(place + 1)...]), question, wanted, &findings)
        choice = AutomaticChoice.among(replies)
      }
      break
    }
    let judged = Array(replies.joined())
    note(judged, choice)
    findings.closest = ([findings.closest].compactMap { $0 } + judged).max { $0.score < $1.score }
    return choice
  }

  /// What each source offers, in their order; nothing of those that failed.
  private func judgements(
    of sources: [any Source], _ question: MatchRequest, _ wanted: Wanted, _ findings: inout Findings
  ) async -> [[Judgement]] {
    let replies = await sources.concurrently(atMost: 8) { source in await ask(source, question) }
    var judgements: [[Judgement]] = []
    for reply in replies {
      switch reply {
      case .failure(let error):
        if !findings.failures.contains(error.text) { findings.failures.append(error.text) }
        judgements.append([])
      case .success(let candidates): judgements.append(candidates.map { Judgement($0, wanted) })
      }
    }
    return judgements
  }

  /// Everything that the sources offer, best first, for a person to choose from; `first` stays in front. Of candidates
  /// that agree the one of the first source in the chain is kept.
  func listByTitle(
    _ request: MatchRequest, _ sources: [any Source], first: [Candidate], _ findings: inout Findings
  ) async -> [Candidate] {
    guard let (wanted, question) = request.titleQuestion else { return first }
    let replies = await judgements(of: sources, question, wanted, &findings)
    let judgements = Agreement.among(replies).compactMap { agreement -> Judgement? in
      let isListed = agreement.members.contains { member in
        first.contains { $0.identities.shares(anyWith: member.candidate.identities) }
      }
      return isListed ? nil : agreement.members.first
    }
    note(judgements, .none)
    let ranked = judgements.enumerated().sorted { left, right in
      left.element.score != right.element.score
        ? left.element.score > right.element.score : left.offset < right.offset
    }
    let listed = ranked.map { $0.element.decided($0.element.likeness) }
    return Array((first + listed).prefix(Self.maximumCandidates))
  }

  private func note(_ judgements: [Judgement], _ choice: AutomaticChoice) {
    guard let trace = calls.trace else { return }
    for judgement in judgements {
      var rule = judgement.likeness
      switch choice {
      case .accepted(let best, let how) where best.candidate.id == judgement.candidate.id: rule = "accepted: " + how
      case .ambiguous: rule += "; several fit alike"
      case .accepted, .none: break
      }
      let candidate = judgement.candidate
      trace.add(
        Trace.Judged(
          id: candidate.id, title: candidate.title, year: candidate.year, titleScore: judgement.title,
          yearScore: judgement.yearScore, sourceScore: judgement.sourceScore, score: judgement.score, rule: rule))
    }
  }
}

extension Judgement {
  /// The candidate with the library's score and rule.
  func decided(_ rule: String) -> Candidate {
    var decided = candidate
    decided.score = score
    decided.reason = rule
    return decided
  }
}
