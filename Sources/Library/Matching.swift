import Answers
import MetadataModel
import PluginCalls
import Support
import TitleMatching

/// What a search for a match came to.
struct Decision: Sendable {
  var candidates: [Candidate]
  /// A source failed on the way: with it the decision might be another.
  var isProvisional = false
  /// What came closest, when nothing was good enough.
  var closest: Judgement?
}

/// One search for a match through the sources of a chain: own id, then ids of other services, then title.
struct Matching: Sendable {
  let library: MediaLibrary
  let chain: Chain
  let calls: SourceCalls

  /// Most candidates that a person gets to choose from.
  static let maximumCandidates = 20
  /// Most candidates of one source that are looked at.
  static let maximumPerSource = 100

  /// Asks the sources. Throws `.unavailable` when nothing was found and a source that might have found it failed.
  func search(_ request: MatchRequest) async throws(PluginError) -> Decision {
    var found: [Candidate] = []
    if let own = try await ownItem(request) { found = [own] }
    if !found.isEmpty, request.manual != true { return Decision(candidates: found) }

    let usable = try usableSources(of: chain.matchers(knowing: request.kind))
    var search = Search(failures: usable.failures)
    if let byID = await byExternalID(request, usable.sources, &search), !found.contains(where: { $0.id == byID.id }) {
      found.append(byID)
    }
    if request.manual == true {
      found = await listByTitle(request, usable.sources, first: found, &search)
    } else if found.isEmpty, let best = await bestByTitle(request, usable.sources, &search) {
      found = [best]
    }
    if found.isEmpty, !search.failures.isEmpty {
      throw PluginError(
        .unavailable, "no match, but not every source could be asked: " + search.failures.joined(separator: "; "))
    }
    if let best = found.first, request.manual != true { calls.trace?.decide(best.reason ?? "") }
    return Decision(candidates: found, isProvisional: !search.failures.isEmpty, closest: search.closest)
  }

  /// Whether candidates of explicit content may be shown for `request`.
  func mayShowExplicit(_ request: MatchRequest) -> Bool { chain.provider.adult && request.includeAdult == true }

  /// Everything of a source of explicit content counts as explicit, whether it says so of each item or not.
  func mayShow(_ item: MediaItem, _ request: MatchRequest) -> Bool {
    let isExplicit = item.isAdult || chain.source(named: item.id.source)?.manifest.adult == true
    return mayShowExplicit(request) || !isExplicit
  }

  /// What went wrong so far.
  struct Search: Sendable {
    /// A sentence for each source that failed.
    var failures: [String]
    /// The candidate that fits best so far, good enough or not.
    var closest: Judgement?
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

  /// The item whose id a media server knows already; nil without one, or when its source no longer has it.
  func ownItem(_ request: MatchRequest) async throws(PluginError) -> Candidate? {
    guard let id = request.id, id.kind == request.kind || !id.kind.isKnown,
      await chain.answers(for: id, library.works)
    else { return nil }
    do throws(PluginError) {
      let item = try await fetched(id, request)
      return item.kind == request.kind && mayShow(item, request) ? Candidate(item, reason: "own id") : nil
    } catch {
      guard error.kind == .unavailable || error.kind == .cancelled else { return nil }
      throw error
    }
  }

  func fetched(_ id: ItemID, _ request: MatchRequest) async throws(PluginError) -> MediaItem {
    let itemRequest = ItemRequest(
      id: id, language: request.language, country: request.country, order: request.order)
    let bytes = try await library.itemBytes(.fetch, itemRequest, chain, calls.call, calls.trace)
    return try MediaLibrary.decoded(MediaItem.self, bytes)
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

extension Candidate {
  /// A candidate that is certain, because the item itself is known.
  init(_ item: MediaItem, reason: String) {
    self.init(id: item.id, title: item.title, year: item.year ?? item.released?.year)
    originalTitle = item.originalTitle
    alternativeTitles = item.alternativeTitles.isEmpty ? nil : item.alternativeTitles
    released = item.released
    summary = item.summary
    poster = item.firstArtwork(item.kind == .episode ? .snapshot : .coverPoster)
    externalIDs = item.externalIDs.isEmpty ? nil : item.externalIDs
    isAdult = item.isAdult ? true : nil
    index = item.index
    score = 1
    self.reason = reason
  }
}
