import Answers
package import MetadataModel
package import PluginCalls
package import TitleMatching

/// What a search for a match came to.
package struct Decision: Sendable {
  package var candidates: [Candidate]
  /// A source failed on the way: with it the decision might be another.
  package var isProvisional: Bool
  /// What came closest, when nothing was good enough.
  package var closest: Judgement?

  package init(candidates: [Candidate], isProvisional: Bool = false, closest: Judgement? = nil) {
    self.candidates = candidates
    self.isProvisional = isProvisional
    self.closest = closest
  }
}

/// One search through the sources of a chain: by ids of other services, then by title.
package struct SourceSearch: Sendable {
  let chain: Chain
  let calls: SourceCalls

  package init(chain: Chain, calls: SourceCalls) {
    self.chain = chain
    self.calls = calls
  }

  /// Most candidates that a person gets to choose from.
  static let maximumCandidates = 20
  /// Most candidates of one source that are looked at.
  static let maximumPerSource = 100

  /// What came up on the way.
  struct Findings: Sendable {
    /// A sentence for each source that failed.
    var failures: [String]
    /// The candidate that fits best so far, good enough or not.
    var closest: Judgement?
  }

  /// The best candidate, or for a person all of them behind `first`. Throws `.unavailable` when nothing was found and a
  /// source that might have found it failed.
  package func search(_ request: MatchRequest, first: [Candidate]) async throws(PluginError) -> Decision {
    var found = first
    let usable = try usableSources(of: chain.matchers(knowing: request.kind))
    var findings = Findings(failures: usable.failures)
    if let byID = await byExternalID(request, usable.sources, &findings), !found.contains(where: { $0.id == byID.id }) {
      found.append(byID)
    }
    if request.manual == true {
      found = await listByTitle(request, usable.sources, first: found, &findings)
    } else if found.isEmpty, let best = await bestByTitle(request, usable.sources, &findings) {
      found = [best]
    }
    if found.isEmpty, !findings.failures.isEmpty {
      throw PluginError(
        .unavailable, "no match, but not every source could be asked: " + findings.failures.joined(separator: "; "))
    }
    if let best = found.first, request.manual != true { calls.trace?.decide(best.reason ?? "") }
    return Decision(candidates: found, isProvisional: !findings.failures.isEmpty, closest: findings.closest)
  }

  /// The one candidate of one source that is surely meant; throws when the source failed.
  package func only(_ request: MatchRequest, at source: any Source) async throws(PluginError) -> Candidate? {
    var findings = Findings(failures: [])
    if let byID = await byExternalID(request, [source], &findings) { return byID }
    if request.title != nil, !source.manifest.isPartial,
      let byTitle = await bestByTitle(request, [source], &findings)
    {
      return byTitle
    }
    guard findings.failures.isEmpty else { throw PluginError(.unavailable, findings.failures.joined(separator: "; ")) }
    return nil
  }

  /// Whether candidates of explicit content may be shown for `request`.
  package func mayShowExplicit(_ request: MatchRequest) -> Bool { chain.provider.adult && request.includeAdult == true }

  /// Everything of a source of explicit content counts as explicit, whether it says so of each item or not.
  package func mayShow(_ item: MediaItem, _ request: MatchRequest) -> Bool {
    let isExplicit = item.isAdult || chain.source(named: item.id.source)?.manifest.adult == true
    return mayShowExplicit(request) || !isExplicit
  }

  /// Those that can be asked, and the suspended ones as failures. A source that lacks configuration counts as absent.
  private func usableSources(
    of sources: [any Source]
  ) throws(PluginError) -> (sources: [any Source], failures: [String]) {
    guard !sources.isEmpty || chain.sources.isEmpty else { return ([], []) }
    let reasons = sources.compactMap { source in source.unusable.map { "\(source.id): \($0)" } }
    let usable = sources.filter { $0.unusable == nil }
    guard !usable.isEmpty else {
      throw PluginError(
        .unavailable,
        "no source of the provider '\(chain.provider.name)' can be asked"
          + (reasons.isEmpty ? ": it has none" : ": " + reasons.joined(separator: "; ")))
    }
    let suspended = sources.filter { $0.unusable?.hasPrefix("suspended") == true }
    return (usable, suspended.map { "\($0.id): \($0.unusable ?? "suspended")" })
  }

  /// Candidates of one source that may be shown. A source that has no such item or does not offer the question has
  /// answered; everything else is a failure.
  func ask(_ source: any Source, _ request: MatchRequest) async -> Result<[Candidate], PluginError> {
    do throws(PluginError) {
      let reply = try await calls.ask(source, "match") { (source, call) async throws(PluginError) in
        try await source.match(request, call)
      }
      var seen: Set<ItemID> = []
      return .success(
        reply.candidates.prefix(Self.maximumPerSource).filter { candidate in
          candidate.id.kind == request.kind && candidate.id.source == source.id
            && (mayShowExplicit(request) || !(candidate.isAdult == true || source.manifest.adult))
            && seen.insert(candidate.id).inserted
        })
    } catch {
      switch error.kind {
      case .notFound, .unsupported, .badRequest: return .success([])
      case .unauthorized, .unavailable, .cancelled, .fault: return .failure(error)
      }
    }
  }
}
