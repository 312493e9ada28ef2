import MetadataModel
import PluginCalls

@testable import Library

/// A source with one movie whose summary exists in some languages, English otherwise.
struct FakeLanguages: Source {
  let id: String
  let manifest: PluginManifest
  let summaries: [String: String]

  init(_ id: String, _ summaries: [String: String]) {
    self.id = id
    self.summaries = summaries
    manifest = PluginManifest(
      id: id, version: "1", title: id, interfaces: ["metadata-source/1"], namespaces: ["imdb"])
  }

  var unusable: String? { nil }

  private func movie(_ language: String?) throws(PluginError) -> MediaItem {
    guard let key = ItemID("\(id)-movie-1") else { throw PluginError(.fault, "no id") }
    var movie = MediaItem(id: key, title: "The Paper Lantern")
    movie.externalIDs = ["imdb": "tt5"]
    let wanted = String((language ?? "en").prefix(2))
    movie.language = summaries[wanted] == nil ? "en" : wanted
    movie.summary = summaries[wanted] ?? "English."
    return movie
  }

  func match(_ request: MatchRequest, _ call: CallInfo) async throws(PluginError) -> MatchReply {
    MatchReply(candidates: [Candidate(try movie(request.language))])
  }

  func fetch(_ request: ItemRequest, _ call: CallInfo) async throws(PluginError) -> MediaItem {
    try movie(request.language)
  }

  func children(_ request: ItemRequest, _ call: CallInfo) async throws(PluginError) -> ItemList {
    ItemList(items: [])
  }

  func images(_ request: ItemRequest, _ call: CallInfo) async throws(PluginError) -> ArtworkList {
    ArtworkList(artwork: [])
  }
}
