import Answers
import MetadataModel
import PluginCalls
import TitleMatching

extension Matching {
  /// The one candidate good enough to be taken without asking anybody. Sources in order, until one has it.
  func bestByTitle(
    _ request: MatchRequest, _ sources: [any Source], _ search: inout Search
  ) async -> Candidate? {
    for title in [request.title].compactMap({ $0 }) + (request.alternativeTitles ?? []) {
      var reading = request
      reading.title = title
      switch await choice(reading, sources, &search) {
      case .accepted(let judgement, let rule): return judgement.decided(rule)
      case .ambiguous: return nil
      case .none: continue
      }
    }
    return nil
  }

  private func choice(
    _ request: MatchRequest, _ sources: [any Source], _ search: inout Search
  ) async -> AutomaticChoice {
    guard let (wanted, question) = byTitle(request) else { return .none }
    for source in sources {
      switch await ask(source, question) {
      case .failure(let error):
        if !search.failures.contains(error.text) { search.failures.append(error.text) }
      case .success(let candidates):
        let judgements = candidates.map { Judgement($0, wanted) }
        let choice = AutomaticChoice.among(judgements)
        note(judgements, choice)
        search.closest = ([search.closest].compactMap { $0 } + judgements).max { $0.score < $1.score }
        if case .none = choice { continue }
        return choice
      }
    }
    return .none
  }

  /// Everything that the sources offer, best first, for a person to choose from; `first` stays in front. Of candidates
  /// that share an external id the one of the first source in the chain is kept.
  func listByTitle(
    _ request: MatchRequest, _ sources: [any Source], first: [Candidate], _ search: inout Search
  ) async -> [Candidate] {
    guard let (wanted, question) = byTitle(request) else { return first }
    let replies = await sources.concurrently(atMost: 8) { source in await ask(source, question) }
    var seen = first.map(Self.identities)
    var ids = Set(first.map(\.id))
    var judgements: [Judgement] = []
    for reply in replies {
      switch reply {
      case .failure(let error):
        if !search.failures.contains(error.text) { search.failures.append(error.text) }
      case .success(let candidates):
        // Two candidates of one source are two works, whatever they share.
        let new = candidates.filter { candidate in
          !ids.contains(candidate.id) && !seen.contains { $0.shares(anyWith: Self.identities(of: candidate)) }
        }
        seen += new.map(Self.identities)
        ids.formUnion(new.map(\.id))
        judgements += new.map { Judgement($0, wanted) }
      }
    }
    note(judgements, .none)
    let ranked = judgements.enumerated().sorted { left, right in
      left.element.score != right.element.score
        ? left.element.score > right.element.score : left.offset < right.offset
    }
    let listed = ranked.map { $0.element.decided($0.element.likeness) }
    return Array((first + listed).prefix(Self.maximumCandidates))
  }

  /// What to compare with, and what to ask sources: the title without "(2019)", without the ids that led nowhere. Nil
  /// for a blank title.
  private func byTitle(_ request: MatchRequest) -> (Wanted, MatchRequest)? {
    guard let title = request.title else { return nil }
    let wanted = Wanted(
      title: title, year: request.year, externalIDs: request.externalIDs ?? [:], language: request.language)
    guard !wanted.title.isEmpty else { return nil }
    var question = request
    question.id = nil
    question.externalIDs = nil
    question.year = wanted.year
    let parts = FoldedTitle.split(title)
    if let year = parts.year, year == wanted.year {
      question.title = parts.country.map { "\(parts.base) (\($0))" } ?? parts.base
    }
    return (wanted, question)
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
