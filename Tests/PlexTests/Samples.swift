import MetadataModel
import UsherKitTesting

/// An invented catalogue: a show with specials, a short and a long season, three films.
enum Sample {
  static let tv = provider("tv", .show)
  static let movies = provider("movie", .movie)
  static let adultMovies = provider("grown", .movie, adult: true)

  private static func provider(_ name: String, _ kind: MediaKind, adult: Bool = false) -> Provider {
    Provider(
      name: name, path: "/\(name)", kind: kind, title: "Usher \(name)",
      identifier: "tv.plex.agents.custom.usher.\(name)", adult: adult, version: "1.2.3")
  }

  static func id(_ kind: MediaKind, _ value: String) throws -> ItemID {
    guard let id = ItemID(source: "lamp", kind: kind, value: value) else {
      throw PluginError(.fault, "'\(value)' makes no id")
    }
    return id
  }

  static func show() throws -> MediaItem {
    var item = MediaItem(id: try id(.show, "7"), title: "Harbour Lights")
    item.summary = "Night crews keep a small port running."
    item.tagline = "Someone always answers."
    item.released = CalendarDate("2021-03-07")
    item.duration = 2_700_000
    item.contentRatings = [ContentRating(country: "US", rating: "TV-PG"), ContentRating(country: "DE", rating: "12")]
    item.genres = ["Drama", "Mystery"]
    item.studios = ["Quayside Pictures", "Second Pier"]
    item.networks = ["Channel North"]
    item.countries = ["Norway"]
    item.ratings = [Rating(origin: "tmdb", value: 7.9, votes: 12), Rating(origin: "lamp", value: 8)]
    item.artwork = pictures("s/7")
    item.theme = "https://img.example.org/s/7.mp3"
    item.seasonOrders = [SeasonOrder(id: "lampDvd", tag: "DVD", title: "Lamp (DVD)")]
    item.externalIDs = ["imdb": "tt0000007", "tvdb": "900001"]
    item.credits = [
      Credit(
        name: "Ida Holm", job: .actor, role: "Captain Berg", picture: "https://img.example.org/p/ida.jpg", order: 0),
      Credit(name: "Per Aune", job: .director), Credit(name: "Siv Lie", job: .producer, role: "Executive Producer"),
      Credit(name: "Tor Dahl", job: .writer),
    ]
    item.similar = [
      SimilarItem(id: try id(.show, "8"), title: "Pier Nine"), SimilarItem(id: try id(.movie, "42"), title: "No show"),
    ]
    return item
  }

  static func season(_ number: Int) throws -> MediaItem {
    let show = try show()
    var item = MediaItem(id: try id(.season, "7-\(number)"), title: number == 0 ? "Specials" : "Season \(number)")
    item.index = number
    item.released = number == 0 ? nil : CalendarDate(year: 2020 + number, month: 3, day: 7)
    item.artwork = pictures("s/7-\(number)")
    item.parent = Ancestor(id: show.id, title: show.title, poster: show.firstArtwork(.coverPoster))
    return item
  }

  static func episode(_ season: Int, _ number: Int) throws -> MediaItem {
    let above = try self.season(season)
    var item = MediaItem(id: try id(.episode, "7-\(season)-\(number)"), title: "Watch \(number)")
    item.index = number
    item.released = season == 0 ? nil : CalendarDate(year: 2020 + season, month: 1 + number / 28, day: 1 + number % 28)
    item.duration = 2_640_000
    item.summary = "The last crossing is late & loud."
    item.artwork = [Artwork(form: .snapshot, url: "https://img.example.org/e/7-\(season)-\(number).jpg")]
    item.parent = Ancestor(id: above.id, title: above.title, index: season)
    item.grandparent = above.parent
    item.ratings = [Rating(origin: "imdb", value: 8.1)]
    return item
  }

  static func movie(_ value: String = "42", title: String = "The Paper Lantern", year: Int = 2019) throws -> MediaItem {
    var item = MediaItem(id: try id(.movie, value), title: title)
    item.originalTitle = "Papirlykten"
    item.year = year
    item.summary = "A lamplighter returns to a drowned town."
    item.artwork = pictures("p/\(value)")
    item.externalIDs = ["imdb": "tt00000\(value)", "tmdb": "1000\(value)"]
    return item
  }

  static func adultMovie() throws -> MediaItem {
    var item = try movie("90", title: "After Hours Lantern", year: 2018)
    item.isAdult = true
    return item
  }

  /// Episodes per season: 2 specials, 3, 45.
  static func series() throws -> [MediaItem] {
    var items = [try show()]
    for (season, count) in [(0, 2), (1, 3), (2, 45)] {
      items.append(try self.season(season))
      for number in 1...count { items.append(try episode(season, number)) }
    }
    return items
  }

  static func films() throws -> [MediaItem] {
    [try movie(), try movie("43", title: "The Paper Lantern", year: 1987), try movie("44", title: "Tin Moon")]
  }

  private static func pictures(_ name: String) -> [Artwork] {
    [
      Artwork(form: .banner, url: "https://img.example.org/\(name)/banner.jpg"),
      Artwork(form: .coverPoster, url: "https://img.example.org/\(name)/poster.jpg"),
      Artwork(form: .coverPoster, url: "https://img.example.org/\(name)/poster-b.jpg"),
      Artwork(form: .background, url: "https://img.example.org/\(name)/wide.jpg"),
      Artwork(form: .clearLogo, url: "http://192.168.1.4/logo.png"),
    ]
  }
}
