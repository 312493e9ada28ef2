import Answers
import MetadataModel
import PluginCalls
import TitleMatching

extension SourceSearch {
  /// The first candidate that has one of the ids asked for, in the chain's order; nil when no source knows them.
  func byExternalID(
    _ request: MatchRequest, _ sources: [any Source], _ findings: inout Findings
  ) async -> Candidate? {
    guard let ids = request.externalIDs, !ids.isEmpty else { return nil }
    var byID = MatchRequest(kind: request.kind)
    byID.externalIDs = ids
    byID.language = request.language
    byID.country = request.country
    byID.includeAdult = request.includeAdult
    let wanted = Wanted(
      title: request.title ?? "", year: request.year, externalIDs: ids, language: request.language)
    var doubtful: (Candidate, String)?
    for source in sources {
      let namespaces = Set(source.manifest.namespaces.map { $0.lowercased() } + [source.id])
      guard ids.sorted.contains(where: { namespaces.contains($0.namespace) }) else { continue }
      switch await ask(source, byID) {
      case .failure(let error): findings.failures.append(error.text)
      case .success(let candidates):
        let hits = candidates.compactMap { candidate in
          Self.sharedNamespace(candidate, ids).map { (candidate, $0, Judgement(candidate, wanted)) }
        }
        let agreeing = hits.filter { !$0.2.contradicts }
        if let best = agreeing.max(by: { $0.2.score < $1.2.score }) { return decided(best.0, best.1) }
        // One id right and another wrong: the title must speak for it.
        let named = hits.filter { wanted.title.isEmpty || $0.2.grade > .similar }
        doubtful = doubtful ?? named.max(by: { $0.2.score < $1.2.score }).map { ($0.0, $0.1) }
      }
    }
    return doubtful.map { decided($0.0, $0.1) }
  }

  private func decided(_ candidate: Candidate, _ namespace: String) -> Candidate {
    var candidate = candidate
    candidate.score = 1
    candidate.reason = "external id \(namespace)"
    note(candidate, rule: "external id \(namespace)")
    return candidate
  }

  /// The namespace in which candidate and `ids` agree; a candidate's own id counts under its source's name.
  static func sharedNamespace(_ candidate: Candidate, _ ids: ExternalIDs) -> String? {
    let own = candidate.identities
    return ids.sorted.first { own[$0.namespace] == $0.value }?.namespace
  }

  private func note(_ candidate: Candidate, rule: String) {
    calls.trace?.add(
      Trace.Judged(
        id: candidate.id, title: candidate.title, year: candidate.year, titleScore: 1, yearScore: 1, sourceScore: 1,
        score: 1, rule: rule))
  }
}
