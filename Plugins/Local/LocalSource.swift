public import UsherKit

private let manifest = PluginManifest(
  id: LocalSource.id, version: "1.0.0", title: "Local NFO files", interfaces: ["metadata-source/1"],
  kinds: [.movie, .show, .season, .episode], namespaces: ["imdb", "tmdb", "tvdb"],
  settings: [
    PluginSetting(
      "folders", .list, standard: .list(LocalSource.standardFolders),
      meaning: "Folders with NFO files; absolute, or relative to the working directory.")
  ])

private let export = PluginExport(source: LocalSource.self, manifest: manifest)

/// The library's one symbol.
@c(usher_plugin_v1_local)
public func usherPlugin(_ hostMinor: UInt32) -> UnsafePointer<usher_plugin>? { export.table(hostMinor) }

/// Movies and shows that NFO files describe, as Kodi and its relatives write them beside the media files.
///
/// Ids: `local-movie-imdb-tt0000417` from an id in the file, otherwise from the file's path inside the folder;
/// `local-season-<show>-1` and `local-episode-<show>-s1e2` below a show.
struct LocalSource: MetadataSource {
  static let id = "local"
  /// The demo library that comes with the program.
  static let standardFolders = ["Demo"]
  private let library: LocalLibrary

  init(_ host: HostContext) throws {
    library = LocalLibrary(folders: try host.setting("folders", as: [String].self) ?? Self.standardFolders)
  }

  func match(_ request: MatchRequest, _ host: HostContext) async throws -> [Candidate] {
    guard request.kind == .movie || request.kind == .show else {
      throw PluginError(.unsupported, "NFO files are asked for movies and shows, not for '\(request.kind.rawValue)'")
    }
    return try await library.current(host).candidates(request)
  }

  func fetch(_ request: ItemRequest, _ host: HostContext) async throws -> MediaItem {
    guard let item = try await library.current(host).items[request.id] else { throw await missing(request.id) }
    return item
  }

  func children(_ request: ItemRequest, _ host: HostContext) async throws -> [MediaItem] {
    let index = try await library.current(host)
    guard index.items[request.id] != nil else { throw await missing(request.id) }
    return (index.children[request.id] ?? []).compactMap { index.items[$0] }
  }

  /// "No such item" is said only when every folder could be looked into.
  private func missing(_ id: ItemID) async -> PluginError {
    let unreadable = await library.unreadable
    guard unreadable.isEmpty else {
      let names = unreadable.joined(separator: ", ")
      return PluginError(.unavailable, "\(id) is not found, but these folders cannot be read: \(names)")
    }
    return PluginError(.notFound, "no NFO file describes \(id)")
  }
}
