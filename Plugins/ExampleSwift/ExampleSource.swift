// A complete source in one file: copy the folder, give it your service's name, and add that name to `swiftPlugins` in
// Package.swift. It answers from a small catalogue of its own, so that it works without any network.
//
// `public`, because the C types of the entry function at the end come with UsherKit.
public import UsherKit

/// What the host knows of this plugin before it runs a line of it.
private let manifest = PluginManifest(
  id: "exampleswift", version: "1.0.0", title: "Example in Swift",
  kinds: [.movie, .show, .season, .episode], namespaces: ["imdb"],
  settings: [
    PluginSetting(
      "genres", .boolean, standard: .boolean(true), meaning: "Whether items are answered with their genres.")
  ],
  attribution: Attribution(text: "Facts of films in the public domain."))

/// One value serves all calls, several at once: read settings here, keep nothing else.
struct ExampleSource: MetadataSource {
  private let withGenres: Bool

  init(_ host: HostContext) throws {
    withGenres = try host.setting("genres") ?? true
  }

  /// Candidates, best first. The host judges them; a source that searches on a server just passes on what it found.
  func match(_ request: MatchRequest, _ host: HostContext) async throws -> [Candidate] {
    let works = catalogue.filter { work in
      guard work.kind == request.kind else { return false }
      if let imdb = request.externalIDs?["imdb"] { return work.imdb == imdb }
      guard let wanted = request.title?.lowercased() else { return false }
      return work.title.lowercased().contains(wanted)
    }
    host.log(.debug, "\(works.count) works fit '\(request.title ?? "")'")
    return works.compactMap { work in
      guard let id = itemID(work.kind, work.key) else { return nil }
      var candidate = Candidate(id: id, title: work.title, year: work.year)
      candidate.externalIDs = ["imdb": work.imdb]
      return candidate
    }
  }

  /// All about one item. The id is one that this source made, perhaps years ago: an unknown one is `.notFound`.
  func fetch(_ request: ItemRequest, _ host: HostContext) async throws -> MediaItem {
    if let work = catalogue.first(where: { itemID($0.kind, $0.key) == request.id }) { return item(work, request.id) }
    for show in catalogue where show.kind == .show {
      if let child = (seasons(of: show) + episodes(of: show)).first(where: { $0.id == request.id }) { return child }
    }
    throw PluginError(.notFound, "there is no \(request.id)")
  }

  /// A show's seasons, a season's episodes. A source of films alone leaves this function out, and `images` too when
  /// `fetch` brings all pictures.
  func children(_ request: ItemRequest, _ host: HostContext) async throws -> [MediaItem] {
    for show in catalogue where show.kind == .show {
      if itemID(.show, show.key) == request.id { return seasons(of: show) }
      if seasons(of: show).contains(where: { $0.id == request.id }) { return episodes(of: show) }
    }
    throw PluginError(.notFound, "there is no \(request.id)")
  }

  private func item(_ work: Work, _ id: ItemID) -> MediaItem {
    var item = MediaItem(id: id, title: work.title)
    item.originalTitle = work.originalTitle
    item.year = work.year
    item.released = work.released.flatMap { CalendarDate($0) }
    item.genres = withGenres ? work.genres : []
    item.credits = [Credit(name: work.director, job: .director)]
    item.countries = [work.country]
    item.externalIDs = ["imdb": work.imdb]
    return item
  }

  private func seasons(of show: Work) -> [MediaItem] {
    guard let showID = itemID(.show, show.key), let id = itemID(.season, "\(show.key)-1") else { return [] }
    var season = MediaItem(id: id, title: "Season 1")
    season.index = 1
    season.year = show.year
    season.parent = Ancestor(id: showID, title: show.title)
    return [season]
  }

  private func episodes(of show: Work) -> [MediaItem] {
    guard let showID = itemID(.show, show.key), let season = seasons(of: show).first else { return [] }
    return show.episodes.enumerated().compactMap { offset, title in
      guard let id = itemID(.episode, "\(show.key)-1-\(offset + 1)") else { return nil }
      var episode = MediaItem(id: id, title: title)
      episode.index = offset + 1
      episode.year = show.year
      episode.parent = Ancestor(id: season.id, title: season.title, index: 1)
      episode.grandparent = Ancestor(id: showID, title: show.title)
      return episode
    }
  }

  /// Ids are stored by media servers for years: build them from what never changes.
  private func itemID(_ kind: MediaKind, _ key: String) -> ItemID? {
    ItemID(source: manifest.id, kind: kind, value: key)
  }
}

/// One C function, found by its name: `usher_plugin_v1_` and the plugin's id. It must be `public`.
@c(usher_plugin_v1_exampleswift)
public func usherPlugin(_ hostMinor: UInt32) -> UnsafePointer<usher_plugin>? { export.table(hostMinor) }

private let export = PluginExport(source: ExampleSource.self, commands: ExampleCommands.self, manifest: manifest)

/// A work of the built-in catalogue: a film, or a serial whose chapters count as one season.
struct Work {
  var kind = MediaKind.movie
  var key: String
  var title: String
  var originalTitle: String?
  var year: Int
  var released: String?
  var director: String
  var country: String
  var genres: [String]
  var imdb: String
  var episodes: [String] = []
}

let catalogue = [
  Work(
    key: "trip", title: "A Trip to the Moon", originalTitle: "Le Voyage dans la Lune", year: 1902,
    director: "Georges Méliès", country: "France", genres: ["Science Fiction", "Fantasy"], imdb: "tt0000417"),
  Work(
    key: "robbery", title: "The Great Train Robbery", year: 1903, director: "Edwin S. Porter",
    country: "United States", genres: ["Western"], imdb: "tt0000439"),
  Work(
    key: "caligari", title: "The Cabinet of Dr. Caligari", originalTitle: "Das Cabinet des Dr. Caligari", year: 1920,
    released: "1920-02-26", director: "Robert Wiene", country: "Germany", genres: ["Horror"], imdb: "tt0010323"),
  Work(
    key: "nosferatu", title: "Nosferatu", originalTitle: "Nosferatu, eine Symphonie des Grauens", year: 1922,
    released: "1922-03-04", director: "F. W. Murnau", country: "Germany", genres: ["Horror"], imdb: "tt0013442"),
  Work(
    kind: .show, key: "vampires", title: "Les Vampires", year: 1915, released: "1915-11-13",
    director: "Louis Feuillade", country: "France", genres: ["Crime", "Thriller"], imdb: "tt0006206",
    episodes: [
      "La Tête coupée", "La Bague qui tue", "Le Cryptogramme rouge", "Le Spectre", "L'Évasion du mort",
      "Les Yeux qui fascinent", "Satanas", "Le Maître de la foudre", "L'Homme des poisons", "Les Noces sanglantes",
    ]),
]
