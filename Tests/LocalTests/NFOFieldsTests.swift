import MetadataModel
import Testing

@testable import Local

@Suite struct NFOFieldsTests {
  private static func item(_ root: String, _ fields: String) throws -> NFOItem {
    let text = "<\(root)><title>T</title><season>1</season><episode>1</episode>\(fields)</\(root)>"
    return try #require(try NFOItem.items(NFODocument.roots(Array(text.utf8))).first)
  }

  @Test func fillsEveryFieldOfAMovie() throws {
    let item = try Self.item(
      "movie",
      """
      <originaltitle>Le T</originaltitle><sorttitle>T, The</sorttitle><plot>P</plot><outline>O</outline>
      <tagline>G</tagline><premiered>1926-12-31</premiered><year>1927</year><runtime>79 min</runtime>
      <mpaa>Rated PG-13</mpaa><genre>Comedy / War</genre><genre>Action</genre><director>D One</director>
      <credits>W One / W Two</credits><credits>W Two</credits><studio>S</studio><country>USA</country>
      <set><name>The Set</name><overview>About</overview></set><showtitle>ignored</showtitle>
      <actor><name>Second</name><role>B</role><order>1</order></actor>
      <actor><name>First</name><role>A</role><order>0</order><thumb>https://p.example.org/1.jpg</thumb></actor>
      <actor><role>Nobody</role></actor>
      """
    ).item
    #expect(item.originalTitle == "Le T")
    #expect(item.sortTitle == "T, The")
    #expect(item.summary == "P")
    #expect(item.tagline == "G")
    #expect(item.released == CalendarDate("1926-12-31"))
    #expect(item.year == 1927)
    #expect(item.duration == 79 * 60_000)
    #expect(item.contentRatings == [ContentRating(country: "US", rating: "PG-13")])
    #expect(item.genres == ["Comedy", "War", "Action"])
    #expect(
      item.credits == [
        Credit(name: "First", job: .actor, role: "A", picture: "https://p.example.org/1.jpg", order: 0),
        Credit(name: "Second", job: .actor, role: "B", order: 1), Credit(name: "D One", job: .director),
        Credit(name: "W One", job: .writer), Credit(name: "W Two", job: .writer),
      ])
    #expect(item.studios == ["S"])
    #expect(item.countries == ["United States"])
    #expect(item.collections.map(\.title) == ["The Set"])
    #expect(item.collections.first?.summary == "About")
  }

  @Test(arguments: [
    ("<mpaa>US:R / Germany:16</mpaa>", ["US R", "DE 16"]), ("<certification>us:PG</certification>", ["US PG"]),
    ("<mpaa>Nowhere:5</mpaa>", []), ("<mpaa></mpaa>", []),
    ("<mpaa>TV-14</mpaa><certification>FR:12</certification>", ["US TV-14", "FR 12"]),
  ])
  func readsAgeRatings(fields: String, ratings: [String]) throws {
    #expect(try Self.item("movie", fields).item.contentRatings.map { "\($0.country) \($0.rating)" } == ratings)
  }

  @Test(
    arguments: [
      (
        "<ratings><rating name='imdb' max='10'><value>8.1</value><votes>1,234</votes></rating></ratings>", "imdb", 8.1,
        1234
      ),
      (
        "<ratings><rating name='tomatometerallcritics' max='100'><value>63</value></rating></ratings>",
        "rottentomatoes", 6.3, nil
      ),
      ("<ratings><rating name='themoviedb'><value>7,5</value></rating></ratings>", "tmdb", 7.5, nil),
      ("<rating>6.7</rating><votes>12</votes>", "local", 6.7, 12), ("<rating max='5'>4</rating>", "local", 8, nil),
    ] as [(String, String, Double, Int?)])
  func readsRatingsToTen(fields: String, origin: String, value: Double, votes: Int?) throws {
    let rating = try #require(try Self.item("movie", fields).item.ratings.first)
    #expect(rating.origin == origin)
    #expect(rating.value == value)
    #expect(rating.votes == votes)
    #expect(rating.isCritic == (origin == "rottentomatoes"))
  }

  @Test(arguments: [
    "<rating>0</rating>", "<rating>nan</rating>", "<rating>inf</rating>", "<rating max='0'>1</rating>",
    "<rating max='nan'>1</rating>", "<rating>11</rating>", "<rating>-3</rating>", "<rating>good</rating>",
    "<ratings><rating name='x'/></ratings>",
  ])
  func passesOverRatingsThatAreNone(fields: String) throws {
    #expect(try Self.item("movie", fields).item.ratings == [])
  }

  @Test(arguments: [
    "<runtime>0</runtime>", "<runtime>long</runtime>", "<runtime>-5</runtime>",
    "<runtime>99999999999999999999</runtime>",
    "<premiered>31.12.1926</premiered>", "<premiered>1926-02-30</premiered>", "<year>99999</year>", "<year>soon</year>",
  ])
  func passesOverNumbersAndDatesThatAreNone(fields: String) throws {
    let item = try Self.item("movie", fields).item
    #expect(item.duration == nil)
    #expect(item.released == nil)
    #expect(item.year == nil)
  }

  @Test func sortsPicturesByWhatTheyAreFor() throws {
    let item = try Self.item(
      "tvshow",
      """
      <thumb aspect="landscape">https://p.example.org/l.jpg</thumb><thumb aspect="poster">https://p.example.org/p.jpg</thumb>
      <thumb>https://p.example.org/plain.jpg</thumb><thumb aspect="clearlogo">https://p.example.org/c.png</thumb>
      <thumb aspect="banner">https://p.example.org/b.jpg</thumb><thumb aspect="discart">https://p.example.org/d.jpg</thumb>
      <thumb aspect="poster" type="season" season="2">https://p.example.org/s2.jpg</thumb>
      <fanart url="https://p.example.org/"><thumb>f.jpg</thumb></fanart><namedseason number="2">The Second</namedseason>
      """)
    #expect(
      item.item.artwork.map { "\($0.form.rawValue) \($0.url.dropFirst(22))" } == [
        "coverPoster p.jpg", "coverPoster plain.jpg", "clearLogo c.png", "banner b.jpg", "background f.jpg",
        "background l.jpg",
      ])
    #expect(item.seasonArtwork[2]?.map(\.url) == ["https://p.example.org/s2.jpg"])
    #expect(item.seasonNames == [2: "The Second"])
    let episode = try Self.item("episodedetails", "<thumb>https://p.example.org/e.jpg</thumb>")
    #expect(episode.item.artwork.map(\.form) == [.snapshot])
  }

  @Test(
    arguments: [
      ("<uniqueid type='imdb'>tt0017925</uniqueid><uniqueid type='tmdb' default='true'>961</uniqueid>", "tmdb-961"),
      ("<uniqueid type='tmdb'>961</uniqueid><imdbid>tt0017925</imdbid>", "imdb-tt0017925"),
      ("<id>tt0017925</id>", "imdb-tt0017925"),
      ("<tmdbid>961</tmdbid>", "tmdb-961"), ("<uniqueid type='home'>a_B-7</uniqueid>", "home-a_B-7"),
      ("<uniqueid type='home' default='true'>a b</uniqueid><tmdbid>961</tmdbid>", "tmdb-961"),
      ("<uniqueid type='imdb'>17925</uniqueid>", nil), ("<uniqueid>5</uniqueid>", nil), ("<id>961</id>", nil),
      ("", nil),
      ("<uniqueid type='../x'>1</uniqueid>", nil), ("<uniqueid type='home'>é</uniqueid>", nil),
    ] as [(String, String?)])
  func namesAMovieByItsIds(fields: String, key: String?) throws {
    #expect(try Self.item("movie", fields).key == key)
  }

  @Test func takesAPlainIdOfAShowForTVDBs() throws {
    #expect(try Self.item("tvshow", "<id>81189</id>").item.externalIDs == ["tvdb": "81189"])
  }

  @Test(arguments: [
    ("<movie/>", "<title>"), ("<tvshow><title> </title></tvshow>", "<title>"),
    ("<episodedetails><title>x</title><season>1</season></episodedetails>", "<episode>"),
    ("<episodedetails><season>x</season><episode>1</episode></episodedetails>", "<season>"),
    ("<episodedetails><season>-1</season><episode>1</episode></episodedetails>", "<season>"),
    ("<season/>", "<seasonnumber>"),
  ])
  func refusesHalfAnItem(text: String, missing: String) {
    let error = #expect(throws: NFOError.self) { try NFOItem.items(NFODocument.roots(Array(text.utf8))) }
    #expect(error?.description.contains(missing) == true)
  }

  @Test(arguments: [
    ("https://image.example.org/a.jpg?x=1", true), ("HTTP://example.org/a", true), ("https://8.8.8.8/a", true),
    ("http://localhost/a", false), ("http://127.0.0.1/a", false), ("http://10.0.0.7/a", false),
    ("http://192.168.1.1/", false),
    ("http://172.20.0.1/", false), ("http://169.254.169.254/latest", false), ("http://[::1]/a", false),
    ("http://nas/a", false),
    ("http://nas.local/a", false), ("http://0x7f000001/", false), ("http://127.1/", false),
    ("http://0177.0.0.1/", false),
    ("file:///etc/passwd", false), ("smb://nas/a.jpg", false), ("image://x", false), ("/home/a.jpg", false),
    ("", false),
    ("https://user:word@example.org/a", false), ("https://example.org/a b", false),
    ("https://example.org\\@nas/", false),
    ("https://:80/", false), ("https://example..org/", false), ("ftp://example.org/", false),
  ])
  func passesOnPublicAddressesOnly(address: String, isPublic: Bool) {
    #expect((PublicAddress.checked(address) != nil) == isPublic)
  }
}
