import Gathering
import MetadataModel
import PluginCalls
import Searching

/// One search for a match through the sources of a chain: own id, then ids of other services, then title.
struct Matching: Sendable {
  let library: MediaLibrary
  let chain: Chain
  let calls: SourceCalls

  var sources: SourceSearch { SourceSearch(chain: chain, calls: calls) }

  /// Asks the sources. Throws `.unavailable` when nothing was found and a source that might have found it failed.
  func search(_ request: MatchRequest) async throws(PluginError) -> Decision {
    var found: [Candidate] = []
    if let own = try await ownItem(request) { found = [own] }
    if !found.isEmpty, request.manual != true { return Decision(candidates: found) }
    return try await sources.search(request, first: found)
  }

  /// The item whose id a media server knows already; nil without one, or when its source no longer has it.
  func ownItem(_ request: MatchRequest) async throws(PluginError) -> Candidate? {
    guard let id = request.id, id.kind == request.kind || !id.kind.isKnown,
      await chain.answers(for: id, library.works)
    else { return nil }
    do throws(PluginError) {
      let item = try await fetched(id, request)
      return item.kind == request.kind && sources.mayShow(item, request) ? Candidate(item, reason: "own id") : nil
    } catch {
      guard error.kind == .unavailable || error.kind == .cancelled else { return nil }
      throw error
    }
  }

  func fetched(_ id: ItemID, _ request: MatchRequest) async throws(PluginError) -> MediaItem {
    let itemRequest = ItemRequest(
      id: id, language: request.language, country: request.country, order: request.order)
    let bytes = try await library.itemBytes(.fetch, itemRequest, chain, calls.call, calls.trace)
    return try AnswerJSON.decoded(MediaItem.self, bytes)
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
