import Answers
import MetadataModel
import PluginCalls
import TitleMatching

extension Matching {
  /// The first candidate that has one of the ids asked for, in the chain's order; nil when no source knows them.
  func byExternalID(
    _ request: MatchRequest, _ sources: [any Source], _ search: inout Search
  ) async -> Candidate? {
    guard let ids = request.externalIDs, !ids.isEmpty else { return nil }
    var byID = MatchRequest(kind: request.kind)
    byID.externalIDs = ids
    byID.language = request.language
    byID.country = request.country
    byID.includeAdult = request.includeAdult
    let wanted = Wanted(title: request.title ?? "", year: request.year, language: request.language)
    for source in sources {
      let namespaces = Set(source.manifest.namespaces.map { $0.lowercased() } + [source.id])
      guard ids.sorted.contains(where: { namespaces.contains($0.namespace) }) else { continue }
      switch await ask(source, byID) {
      case .failure(let error): search.failures.append(error.text)
      case .success(let candidates):
        let hits = candidates.compactMap { candidate in
          Self.sharedNamespace(candidate, ids).map { (candidate, $0, Judgement(candidate, wanted).score) }
        }
        guard let best = hits.max(by: { $0.2 < $1.2 }) else { continue }
        var candidate = best.0
        candidate.score = 1
        candidate.reason = "external id \(best.1)"
        note(candidate, rule: "external id \(best.1)")
        return candidate
      }
    }
    return nil
  }

  /// The namespace in which candidate and `ids` agree; a candidate's own id counts under its source's name.
  static func sharedNamespace(_ candidate: Candidate, _ ids: ExternalIDs) -> String? {
    let own = identities(of: candidate)
    return ids.sorted.first { own[$0.namespace] == $0.value }?.namespace
  }

  /// Everything that identifies a candidate's work.
  static func identities(of candidate: Candidate) -> ExternalIDs {
    var ids = candidate.externalIDs ?? [:]
    if ids[candidate.id.source] == nil { ids[candidate.id.source] = candidate.id.value }
    return ids
  }

  private func note(_ candidate: Candidate, rule: String) {
    calls.trace?.add(
      Trace.Judged(
        id: candidate.id, title: candidate.title, year: candidate.year, titleScore: 1, yearScore: 1, sourceScore: 1,
        score: 1, rule: rule))
  }
}
