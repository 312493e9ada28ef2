import MetadataModel
import TestSupport
import Testing

@testable import PlexProvider

/// Checklist lines 51 to 71.
@Suite struct MetadataTests {
  private static let keys = ["lamp-show-7", "lamp-season-7-0", "lamp-season-7-2", "lamp-episode-7-1-2"]

  @Test(arguments: [
    #"{"type":2,"title":"Harbour Lights"}"#, #"{"type":3,"parentTitle":"Harbour Lights","index":0}"#,
    #"{"type":4,"grandparentTitle":"Harbour Lights","parentIndex":2,"index":7}"#,
  ])
  func line51AMatchedGuidCanBeFetched(_ body: String) async throws {
    let desk = try Desk.tv()
    let guid = try #require(try await desk.match(body).items.first?["guid"]?.text)
    let key = try #require(guid.split(separator: "/").last)
    let reply = try await desk.item(String(key))
    #expect(reply.status == 200)
    #expect(reply.items.first?["guid"]?.text == guid)
  }

  @Test(arguments: keys)
  func line52To55And58To67ItemsHaveTheRightShape(_ key: String) async throws {
    let desk = try Desk.tv()
    for children in ["0", "1"] {
      let reply = try await desk.item(key, query: ["includeChildren": children])
      #expect(reply.items.count == 1)
      #expect(PlexShape.problems(inContainer: reply.json, identifier: desk.identifier) == [])
      #expect(reply.freshFor == 300)
    }
  }

  @Test func line52To65MoviesHaveTheRightShape() async throws {
    let desk = try Desk.movies()
    let reply = try await desk.item("lamp-movie-42")
    #expect(PlexShape.problems(inContainer: reply.json, identifier: desk.identifier) == [])
    #expect(reply.items.first?["key"]?.text == "/library/metadata/lamp-movie-42")
    #expect(reply.items.first?["originalTitle"]?.text == "Papirlykten")
  }

  @Test(arguments: [
    "12345", "lamp-show-9", "lamp-movie-42", "lamp-artist-1", "lamp_show_7", "..", "%00", "lamp-show-7 ", "lamp-show-é",
    "lamp-show-", "matches-x-1", "lamp-show-7?x", String(repeating: "a", count: 4000),
  ])
  func line56And84UnknownKeysAre404Everywhere(_ key: String) async throws {
    let desk = try Desk.tv()
    for list in ["", "/children", "/grandchildren", "/images", "/extras"] {
      let reply = try await desk.item(key, list)
      #expect(reply.status == 404)
      #expect(PlexShape.problems(inError: reply.json) == [])
    }
  }

  @Test func anOlderNameLeadsToTheItemAndItsLists() async throws {
    let desk = try Desk.tv()
    let show = try #require(try Sample.series().first { $0.id.description == "lamp-show-7" })
    desk.library.answer("fetch") { (request: ItemRequest) in
      guard request.id.description == "lamp-site-lights" else { throw PluginError(.notFound, "no \(request.id)") }
      return show
    }
    #expect(try await desk.item("lamp-site-lights").keys == ["lamp-show-7"])
    let seasons = try await desk.item("lamp-site-lights", "/children")
    #expect(seasons.status == 200 && !seasons.items.isEmpty)
    #expect(try await desk.item("lamp-site-lights", "/images").images.isEmpty == false)
  }

  @Test func anOlderNameOfWhatTheProviderHasNotIsNoKey() async throws {
    let desk = try Desk.movies()
    let show = try #require(try Sample.series().first)
    desk.library.answer("fetch") { (_: ItemRequest) in show }
    #expect(try await desk.item("lamp-site-lights").status == 404)
  }

  @Test(arguments: [("show/lamp-site-lights", "lamp-site-lights"), ("movie/lamp-site-lights", nil)])
  func anOlderNameInAGuidReachesTheLibrary(_ guid: String, _ id: String?) async throws {
    let desk = try Desk.tv()
    _ = try await desk.match(#"{"type":2,"title":"Any","guid":"\#(desk.identifier)://\#(guid)"}"#)
    #expect(try desk.asked()?.id?.description == id)
  }

  @Test func line56TheWordMatchesIsNoKey() async throws {
    #expect(try await Desk.tv().item("matches", "/children").status == 404)
  }

  @Test(arguments: ["", "/children", "/grandchildren", "/images", "/extras"])
  func line57AnOutageIsNeitherA404NorEmpty(_ list: String) async throws {
    let desk = try Desk.tv()
    desk.fail("fetch", with: .unavailable)
    #expect(try await desk.item("lamp-show-7", list).status == 503)
  }

  @Test(arguments: [
    ("", "children"), ("/children", "children"), ("/grandchildren", "grandchildren"), ("/images", "images"),
  ])
  func line57AnOutageBelowTheItemIsNotEmptyEither(_ list: String, _ operation: String) async throws {
    let desk = try Desk.tv()
    desk.fail(operation, with: .unavailable)
    #expect(try await desk.item("lamp-show-7", list, query: ["includeChildren": "1"]).status == 503)
  }

  @Test func line58And63ValuesArriveUnchanged() async throws {
    let show = try #require(try await Desk.tv().item("lamp-show-7").items.first)
    #expect(show["duration"]?.integer == 2_700_000)
    #expect(show["year"]?.integer == 2021)
    #expect(show["studio"]?.text == "Quayside Pictures")
    #expect(show["Studio"]?.elements?.count == 2)
    #expect(show["Network"]?[0]?["tag"]?.text == "Channel North")
    #expect(show["Genre"]?[0]?["tag"]?.text == "Drama")
    #expect(show["Role"]?[0]?["role"]?.text == "Captain Berg")
    #expect(show["Role"]?[0]?["order"]?.integer == 0)
    #expect(show["Director"]?[0]?["role"]?.text == "Director")
    #expect(show["Producer"]?[0]?["role"]?.text == "Executive Producer")
    #expect(show["Writer"]?[0]?["tag"]?.text == "Tor Dahl")
    #expect(show["theme"]?.text == "https://img.example.org/s/7.mp3")
    #expect(
      show["Similar"]?.elements?.map { $0["guid"]?.text } == ["tv.plex.agents.custom.usher.tv://show/lamp-show-8"])
    #expect(show["SeasonType"]?[0]?["id"]?.text == "lampDvd")
    #expect(show["isAdult"] == nil)
  }

  @Test func line59AnUnknownDateIsAnEmptyTextInFullMetadataOnly() async throws {
    let desk = try Desk.movies()
    #expect(try await desk.item("lamp-movie-42").items.first?["originallyAvailableAt"]?.text == "")
    let match = try await desk.match(#"{"type":1,"title":"Tin Moon"}"#)
    #expect(match.items.first?.members?["originallyAvailableAt"] == nil)
  }

  @Test func line60OnlyBuiltInBadgesRemain() async throws {
    let show = try await Desk.tv().item("lamp-show-7").items.first
    #expect(show?["Rating"]?.elements?.map { $0["image"]?.text } == ["themoviedb://image.rating"])
    #expect(show?["Rating"]?[0]?["value"]?.number == 7.9)
  }

  @Test func line61And62ThumbAndArtAreAmongTheImages() async throws {
    let show = try #require(try await Desk.tv().item("lamp-show-7").items.first)
    #expect(show["thumb"]?.text == "https://img.example.org/s/7/poster.jpg")
    #expect(show["art"]?.text == "https://img.example.org/s/7/wide.jpg")
    #expect(show["Image"]?.elements?.map { $0["type"]?.text } == ["coverPoster", "background"])
    let episode = try await Desk.tv().item("lamp-episode-7-1-2").items.first
    #expect(episode?["thumb"]?.text == "https://img.example.org/e/7-1-2.jpg")
  }

  @Test func line66ParentsCanBeFetched() async throws {
    let desk = try Desk.tv()
    let episode = try #require(try await desk.item("lamp-episode-7-2-3").items.first)
    for (prefix, type) in [("parent", "season"), ("grandparent", "show")] {
      let key = try #require(episode["\(prefix)RatingKey"]?.text)
      let above = try await desk.item(key).items.first
      #expect(above?["type"]?.text == type)
      #expect(above?["guid"] == episode["\(prefix)Guid"])
    }
    #expect(episode["grandparentThumb"]?.text == "https://img.example.org/s/7/poster.jpg")
    #expect(episode["parentIndex"]?.integer == 2)
  }

  @Test func line67ChildrenOnlyWhenAskedFor() async throws {
    let desk = try Desk.tv()
    #expect(try await desk.item("lamp-show-7").items.first?["Children"] == nil)
    let asked = try await desk.item("lamp-show-7", query: ["includeChildren": "1"]).items.first
    #expect(asked?["Children"]?["size"]?.integer == 3)
    let episode = try await desk.item("lamp-episode-7-1-1", query: ["includeChildren": "1"]).items.first
    #expect(episode?["Children"] == nil)
  }

  @Test(arguments: ["lamp-show-7", "lamp-season-7-2"])
  func line68ChildrenAreTheUnionOfAllPages(_ key: String) async throws {
    let desk = try Desk.tv()
    let whole = try await desk.item(key, query: ["includeChildren": "1"]).items.first?["Children"]?["Metadata"]
    var pages: [JSONValue] = []
    for start in stride(from: 0, to: 60, by: 20) {
      pages += try await desk.item(key, "/children", query: ["X-Plex-Container-Start": "\(start)"]).items
    }
    #expect(whole?.elements == pages)
  }

  @Test func line69PlainTextStaysAsItIs() async throws {
    let episode = try await Desk.tv().item("lamp-episode-7-1-2").items.first
    #expect(episode?["summary"]?.text == "The last crossing is late & loud.")
  }

  @Test func line70TheLanguageReachesTheLibraryFromHeaderOrQuery() async throws {
    let desk = try Desk.tv()
    let path = "/library/metadata/lamp-show-7"
    _ = try await desk.get(path, headers: ["x-plex-language": "de-DE", "X-Plex-Country": "de"])
    _ = try await desk.get(path, query: ["X-Plex-Language": "de-DE", "X-Plex-Country": "DE"])
    let asked = try desk.library.questions.map { try JSONCoding.decode(ItemRequest.self, from: $0.request) }
    #expect(asked.count == 2)
    #expect(asked.allSatisfy { $0.language == "de-DE" && $0.country == "DE" })
  }

  @Test(arguments: [("DE", "de/12"), ("US", "TV-PG"), ("FR", "TV-PG")])
  func line71AgeRatingsFollowTheCountry(_ country: String, _ rating: String) async throws {
    let reply = try await Desk.tv().item("lamp-show-7", query: ["X-Plex-Country": country])
    #expect(reply.items.first?["contentRating"]?.text == rating)
  }

  @Test(arguments: [(Sample.adultMovies, 200), (Sample.movies, 404)])
  func explicitItemsAnswerByKeyInAdultProvidersOnly(_ provider: Provider, _ status: Int) async throws {
    let desk = try Desk(provider, [Sample.adultMovie()])
    let reply = try await desk.item("lamp-movie-90")
    #expect(reply.status == status)
    if status == 200 { #expect(reply.items.first?["isAdult"]?.bool == true) }
  }

  @Test func theQueryMayTrim() async throws {
    let desk = try Desk.tv()
    let less = try await desk.item(
      "lamp-show-7", query: ["excludeFields": "summary,guid", "excludeElements": "Image,Role"])
    let names = less.items.first?.members
    #expect(names?["summary"] == nil && names?["Image"] == nil && names?["Role"] == nil)
    #expect(names?["guid"] != nil && names?["Genre"] != nil)
  }
}
