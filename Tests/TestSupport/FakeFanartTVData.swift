/// A work with its pictures in the fake catalogue. All of it is invented.
struct FakeFanartTVWork: Sendable {
  struct Picture: Sendable {
    var file: String
    var language: String? = "en"
    var likes = "0"
    /// Nil where the member is missing.
    var season: String?
    var scheme = "https"
  }

  var name: String
  var tmdb: String?
  var imdb: String?
  var tvdb: String?
  /// By type, in the service's order.
  var pictures: [(type: String, list: [Picture])] = []

  /// The work as the service writes it: every number is a text, types without pictures are missing.
  func record(_ version: FakeFanartTV.Version) -> FakeJSON {
    var members: [(String, FakeJSON)] = [("name", .string(name))]
    if let tmdb { members.append(("tmdb_id", .string(tmdb))) }
    if let imdb { members.append(("imdb_id", .string(imdb))) }
    if let tvdb { members.append(("thetvdb_id", .string(tvdb))) }
    if version == .v3dot2 { members.append(("image_count", .integer(pictures.map(\.list.count).reduce(0, +)))) }
    for (type, list) in pictures {
      let entries = list.enumerated().map { Self.entry($0.element, type, $0.offset, version) }
      members.append((type, .list(entries)))
    }
    // A type that no client knows yet; it is not even a list.
    members.append(("hologram", ["note": "coming soon"]))
    return .object(members)
  }

  private static func entry(
    _ picture: Picture, _ type: String, _ offset: Int, _ version: FakeFanartTV.Version
  ) -> FakeJSON {
    var members: [(String, FakeJSON)] = [
      ("id", .string(String(1000 + offset))),
      ("url", .string("\(picture.scheme)://assets.fanart.tv/fanart/\(type)/\(picture.file)")),
      ("lang", FakeJSON(picture.language)), ("likes", .string(picture.likes)),
    ]
    if let season = picture.season { members.append(("season", .string(season))) }
    if type == "moviedisc" { members += [("disc", "1"), ("disc_type", "bluray")] }
    if version != .v3 { members.append(("added", "2024-05-06 07:08:09")) }
    if version == .v3dot2 { members += [("width", "1000"), ("height", 1426)] }
    return .object(members)
  }

  static let catalogue: [FakeFanartTVWork] = [
    FakeFanartTVWork(
      name: "The Paper Harbor", tmdb: "990101", imdb: "tt99000101",
      pictures: [
        ("hdmovielogo", [Picture(file: "logo-hd.png", likes: "2")]),
        ("movielogo", [Picture(file: "logo-old.png", likes: "40"), Picture(file: "logo-de.png", language: "de")]),
        (
          "movieposter",
          [
            Picture(file: "poster-en-few.jpg", likes: "3"), Picture(file: "poster-en-many.jpg", likes: "12"),
            Picture(file: "poster-de.jpg", language: "de", likes: "1"),
            Picture(file: "poster-fr.jpg", language: "fr", likes: "99"),
            Picture(file: "poster bare (2).jpg", language: "00", likes: "50"),
          ]
        ),
        (
          "moviebackground",
          [
            Picture(file: "back-en.jpg", likes: "9"), Picture(file: "back-1.jpg", language: "", likes: "4"),
            Picture(file: "back-2.jpg", language: nil, likes: "5"),
          ]
        ),
        ("moviebanner", [Picture(file: "banner.jpg", scheme: "http")]), ("moviethumb", [Picture(file: "thumb.jpg")]),
        ("moviedisc", [Picture(file: "disc.png")]), ("hdmovieclearart", [Picture(file: "art-hd.png")]),
        ("movieart", [Picture(file: "art.png")]), ("moviesquare", [Picture(file: "square.jpg", language: "")]),
      ]),
    // Known to the service, but without a picture and without a TMDB id.
    FakeFanartTVWork(name: "Nothing Drawn", imdb: "tt99000102"),
    FakeFanartTVWork(
      name: "Crowded Gallery", tmdb: "990103",
      pictures: [("movieposter", (1...40).map { Picture(file: "p\($0).jpg", likes: String($0)) })]),
    FakeFanartTVWork(
      name: "Harbor Lights", tvdb: "990082",
      pictures: [
        ("hdtvlogo", [Picture(file: "logo-hd.png")]), ("clearlogo", [Picture(file: "logo.png")]),
        ("tvposter", [Picture(file: "poster.jpg", likes: "7")]), ("tvbanner", [Picture(file: "banner.jpg")]),
        ("tvthumb", [Picture(file: "thumb.jpg")]), ("hdclearart", [Picture(file: "art-hd.png")]),
        ("clearart", [Picture(file: "art.png")]), ("characterart", [Picture(file: "keeper.png")]),
        (
          "showbackground",
          [
            Picture(file: "back-all.jpg", language: "", likes: "2", season: "all"),
            Picture(file: "back-any.jpg", language: "", likes: "6", season: ""),
            Picture(file: "back-2.jpg", language: "", season: "2"),
          ]
        ),
        (
          "seasonposter",
          [
            Picture(file: "s2.jpg", season: "2"), Picture(file: "s0.jpg", season: "0"),
            Picture(file: "s2-de.jpg", language: "de", season: "2"), Picture(file: "all.jpg", season: "all"),
            Picture(file: "none.jpg", season: ""),
          ]
        ),
        ("seasonthumb", [Picture(file: "s2-thumb.jpg", season: "2")]),
        ("seasonbanner", [Picture(file: "s10-banner.jpg", season: "10")]),
      ]),
  ]
}
