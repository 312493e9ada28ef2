import UsherKit

/// What one root element of an NFO file says.
struct NFOItem: Sendable {
  /// The words that stand at the root.
  enum Root: String, Sendable {
    case movie
    case show = "tvshow"
    case season
    case episode = "episodedetails"
  }

  let root: Root
  /// Everything of the shared model that the file tells; its id only stands in until the index knows the place.
  var item: MediaItem
  /// The item's name at a service, `imdb-tt0000417`: the same in every folder and under every file name.
  var key: String?
  /// Of an episode, or of a season itself.
  var season: Int?
  var episode: Int?
  /// A show that has come to its end.
  var hasEnded = false
  /// Posters of a show's seasons, by number.
  var seasonArtwork: [Int: [Artwork]] = [:]
  /// Names of a show's seasons, by number.
  var seasonNames: [Int: String] = [:]

  /// The items of a file, in its order; empty when its root is none that is known. Throws when one lacks its title or
  /// its numbers: half an episode is none.
  static func items(_ roots: [NFOElement]) throws(NFOError) -> [NFOItem] {
    var items: [NFOItem] = []
    for element in roots {
      guard let root = Root(rawValue: element.name) else { continue }
      items.append(try NFOItem(root, NFOFields(element)))
    }
    return items
  }

  private init(_ root: Root, _ fields: NFOFields) throws(NFOError) {
    self.root = root
    season = fields.integer(root == .season ? "seasonnumber" : "season") ?? fields.integer("season")
    episode = fields.integer("episode")
    let title = fields.text("title")
    switch root {
    case .movie, .show:
      guard title != nil else { throw NFOError(description: "has no <title>") }
    case .season:
      guard season != nil else { throw NFOError(description: "has no <seasonnumber>") }
    case .episode:
      guard season != nil, episode != nil else { throw NFOError(description: "has no <season> and <episode>") }
    }
    let kinds: [Root: MediaKind] = [.movie: .movie, .show: .show, .season: .season, .episode: .episode]
    guard let kind = kinds[root], let id = ItemID(source: LocalSource.id, kind: kind, value: "0") else {
      throw NFOError(description: "is of no known kind")
    }
    item = MediaItem(id: id, title: title ?? "")
    fill(fields)
    key = fields.uniqueKey(root)
  }

  private mutating func fill(_ fields: NFOFields) {
    item.originalTitle = fields.text("originaltitle").flatMap { $0 == item.title ? nil : $0 }
    item.sortTitle = fields.text("sorttitle")
    item.summary = fields.text("plot") ?? fields.text("outline")
    item.tagline = fields.text("tagline")
    item.released = fields.date("premiered") ?? fields.date("aired") ?? fields.date("releasedate")
    item.ended = fields.date("enddate")
    item.year = fields.integer("year").flatMap { (1800...2999).contains($0) ? $0 : nil } ?? item.released?.year
    item.duration = fields.duration
    item.contentRatings = fields.contentRatings
    item.genres = fields.list("genre")
    item.credits = fields.credits
    item.studios = fields.list("studio")
    if root == .show { item.networks = item.studios }
    item.countries = fields.countries
    item.ratings = fields.ratings
    item.collections = root == .movie ? fields.collections : []
    item.externalIDs = fields.externalIDs(root)
    item.artwork = fields.artwork(root)
    hasEnded = fields.text("status")?.lowercased() == "ended"
    if root == .show {
      seasonArtwork = fields.seasonArtwork
      seasonNames = fields.seasonNames
    }
  }
}
