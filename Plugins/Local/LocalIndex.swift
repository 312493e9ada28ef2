import UsherKit

/// All items of the configured folders, ready to be asked.
struct LocalIndex: Sendable {
  /// A configured folder with what its NFO files say.
  struct Folder {
    let path: String
    let files: [(file: NFOFile, items: [NFOItem])]
  }

  /// A movie or show, with the places where media servers may have its files.
  struct Work: Sendable {
    let id: ItemID
    /// Title, original title and the like, folded.
    let names: Set<String>
    let externalIDs: ExternalIDs
    var places: [MediaPlace]
  }

  private(set) var items: [ItemID: MediaItem] = [:]
  /// Seasons of a show, episodes of a season, by number.
  private(set) var children: [ItemID: [ItemID]] = [:]
  /// Movies and shows, in the order of their paths.
  private(set) var works: [Work] = []
  /// Sentences about files that could not be placed.
  private(set) var problems: [String] = []
  private var positions: [ItemID: Int] = [:]
  /// Positions of the works of a folder.
  private var neighbours: [[String]: [Int]] = [:]

  init(folders: [Folder]) {
    var shows: [ShowParts] = []
    for folder in folders {
      addMovies(folder)
      let found = addShows(folder)
      shows += found
      addParts(folder, Dictionary(found.map { ($0.folders, $0) }, uniquingKeysWith: { first, _ in first }))
    }
    // One show in several folders is one show.
    for group in Dictionary(grouping: shows, by: \.id).values { finish(group) }
  }

  /// What is gathered of a show before its seasons can be made.
  private final class ShowParts {
    let id: ItemID
    let folders: [String]
    let show: NFOItem
    var seasons: [NFOItem] = []
    var episodes: [NFOItem] = []

    init(id: ItemID, folders: [String], show: NFOItem) {
      self.id = id
      self.folders = folders
      self.show = show
    }
  }

  private mutating func addMovies(_ folder: Folder) {
    for (file, found) in folder.files {
      guard let movie = found.first, movie.root == .movie else { continue }
      _ = add(movie, .movie, file, in: folder)
    }
  }

  /// The shows in the order of their paths.
  private mutating func addShows(_ folder: Folder) -> [ShowParts] {
    var shows: [ShowParts] = []
    for (file, found) in folder.files where file.name.lowercased() == "tvshow.nfo" {
      guard let show = found.first, show.root == .show, let id = add(show, .show, file, in: folder) else { continue }
      shows.append(ShowParts(id: id, folders: file.folders, show: show))
    }
    return shows
  }

  /// Gives each season and episode to the show whose folder is nearest above it.
  private mutating func addParts(_ folder: Folder, _ shows: [[String]: ShowParts]) {
    for (file, found) in folder.files {
      let parts = found.filter { $0.root == .season || $0.root == .episode }
      guard !parts.isEmpty else { continue }
      let above = (0...file.folders.count).reversed().lazy.map { Array(file.folders.prefix($0)) }
      guard let show = above.compactMap({ shows[$0] }).first else {
        problems.append("\(file.path) is left out: no tvshow.nfo in its folder or above")
        continue
      }
      show.seasons += parts.filter { $0.root == .season }
      show.episodes += parts.filter { $0.root == .episode }
    }
  }

  /// Enters a movie or show; nil when its id is taken by another one.
  private mutating func add(_ found: NFOItem, _ kind: MediaKind, _ file: NFOFile, in folder: Folder) -> ItemID? {
    let relative = file.components.joined(separator: "/")
    // Two files of the same name in two folders that are different works: the later folder's gets a longer path.
    let keys = [found.key ?? PathHash.key(relative), PathHash.key(folder.path + "/" + relative)]
    for key in keys {
      guard let id = ItemID(source: LocalSource.id, kind: kind, value: key) else { continue }
      let isWholeFolder = kind == .show || file.name.lowercased() == "movie.nfo"
      let place = MediaPlace(file, in: folder.path, isWholeFolder: isWholeFolder)
      if let position = positions[id] {
        guard let known = items[id], found.key != nil || Self.isSame(known, found.item) else { continue }
        works[position].places.append(place)
        return id
      }
      if found.key == nil, let twin = twin(of: found.item, in: place.folders) {
        works[twin].places.append(place)
        return works[twin].id
      }
      var item = found.item
      item.id = id
      items[id] = item
      positions[id] = works.count
      neighbours[place.folders, default: []].append(works.count)
      works.append(
        Work(id: id, names: LocalTitle.names(item), externalIDs: item.externalIDs, places: [place]))
      return id
    }
    return nil
  }

  /// `movie.nfo` and `<name>.nfo` of one film often stand side by side.
  private func twin(of item: MediaItem, in folders: [String]) -> Int? {
    neighbours[folders]?.first { position in
      items[works[position].id].map { $0.kind == item.kind && Self.isSame($0, item) } ?? false
    }
  }

  private static func isSame(_ left: MediaItem, _ right: MediaItem) -> Bool {
    LocalTitle.folded(left.title) == LocalTitle.folded(right.title) && left.year == right.year
  }

  private mutating func finish(_ group: [ShowParts]) {
    guard let id = group.first?.id, let first = group.first?.show, var show = items[id] else { return }
    let episodes = group.flatMap(\.episodes)
    let dates = episodes.compactMap(\.item.released)
    show.released = show.released ?? (show.year == nil ? dates.min() : nil)
    show.year = show.year ?? show.released?.year
    if show.ended == nil, group.contains(where: \.show.hasEnded) { show.ended = dates.max() }
    items[id] = show
    let own = group.flatMap(\.seasons)
    let numbers = Set((own + episodes).compactMap(\.season)).sorted()
    let above = ancestor(show)
    for number in numbers {
      let inSeason = episodes.filter { $0.season == number }
      guard let seasonID = Self.id(.season, below: id, "-\(number)") else { continue }
      var season = own.first { $0.season == number }?.item ?? MediaItem(id: seasonID, title: "")
      season.id = seasonID
      if season.title.isEmpty {
        season.title = first.seasonNames[number] ?? (number == 0 ? "Specials" : "Season \(number)")
      }
      season.index = number
      season.released = season.released ?? inSeason.compactMap(\.item.released).min()
      season.year = season.year ?? season.released?.year ?? inSeason.compactMap(\.item.year).min()
      season.artwork += group.flatMap { $0.show.seasonArtwork[number] ?? [] }
      season.parent = above
      items[seasonID] = season
      children[id, default: []].append(seasonID)
      addEpisodes(inSeason, season, above, below: id)
    }
  }

  private mutating func addEpisodes(_ found: [NFOItem], _ season: MediaItem, _ show: Ancestor, below id: ItemID) {
    for part in found.sorted(by: { ($0.episode ?? 0) < ($1.episode ?? 0) }) {
      guard let number = part.episode, let index = season.index,
        let episodeID = Self.id(.episode, below: id, "-s\(index)e\(number)"), items[episodeID] == nil
      else { continue }
      var episode = part.item
      episode.id = episodeID
      if episode.title.isEmpty { episode.title = "Episode \(number)" }
      episode.index = number
      episode.parent = ancestor(season)
      episode.grandparent = show
      items[episodeID] = episode
      children[season.id, default: []].append(episodeID)
    }
  }

  private static func id(_ kind: MediaKind, below show: ItemID, _ suffix: String) -> ItemID? {
    ItemID(source: LocalSource.id, kind: kind, value: show.value + suffix)
  }

  private func ancestor(_ item: MediaItem) -> Ancestor {
    Ancestor(
      id: item.id, title: item.title, index: item.index, poster: item.firstArtwork(.coverPoster),
      background: item.firstArtwork(.background))
  }
}
