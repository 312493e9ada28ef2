import MetadataModel
import Testing
import UsherKit
import UsherKitTesting

@testable import OMDb

@Suite struct OMDbTypesTests {
  private static func source(_ bodies: [String: String]) throws -> (OMDbSource, FakeHost) {
    let host = FakeHost(settings: ["apiKey": .string("k")], manifest: manifest)
    for (question, body) in bodies {
      host.answer("https://www.omdbapi.com/?apikey=k&" + question, json: body)
    }
    return (try OMDbSource(host.context), host)
  }

  private static func fetch(_ body: String) async throws -> MediaItem {
    let (source, host) = try source(["i=tt0000007&plot=full": body])
    return try await source.fetch(ItemRequest(id: Service.id("omdb-movie-tt0000007")), host.context)
  }

  private static let bare = #""Title":"Bare","Type":"movie","imdbID":"tt0000007","Response":"True""#

  @Test(arguments: [
    #""Runtime":60"#, #""Genre":["Drama"]"#, #""Ratings":{}"#, #""Ratings":[7,null,{},{"Source":1,"Value":"x"}]"#,
    #""imdbRating":"high""#, #""imdbRating":1e9"#, #""imdbVotes":[]"#, #""Poster":5"#, #""Released":"soon""#,
    #""Metascore":"-4""#, #""Rated":null"#, #""Actors":{}"#, #""Year":"in 1999""#,
  ])
  func passesOverMembersOfAnotherShape(member: String) async throws {
    let movie = try await Self.fetch("{\(member),\(Self.bare)}")
    var expected = MediaItem(id: movie.id, title: "Bare")
    expected.language = "en"
    expected.externalIDs = ["imdb": "tt0000007"]
    #expect(movie == expected)
  }

  @Test func losesOnlyTheBrokenRating() async throws {
    let movie = try await Self.fetch(
      #"{"Ratings":[7,{"Source":"Internet Movie Database","Value":"7/10"}],"Metascore":55,\#(Self.bare)}"#)
    #expect(
      movie.ratings == [
        Rating(origin: "imdb", value: 7), Rating(origin: "metacritic", isCritic: true, value: 5.5),
      ])
  }

  @Test(arguments: [
    (#"{"Response":"True"}"#, "Type"), (#"{"Response":"True","Title":"X","Type":"movie"}"#, "imdbID"),
    (#"{"Response":"True","imdbID":"7","Title":"X","Type":"movie"}"#, "imdbID"),
    (#"{"Response":"True","imdbID":"tt0000007","Title":"N/A","Type":"movie"}"#, "Title"),
    (#"{"Response":"True","imdbID":"tt0000007","Title":"X"}"#, "Type"),
    (#"{"imdbID":"tt0000007","Title":"X","Type":"movie"}"#, "Response"), (#"{"Response":"Maybe"}"#, "Response"),
    ("<html>busy</html>", "document"), ("", "document"), ("[]", "document"), ("null", "document"),
  ])
  func refusesARecordWithoutItsSkeletonAndNamesTheMember(body: String, member: String) async throws {
    let error = await #expect(throws: PluginError.self) { try await Self.fetch(body) }
    #expect(error?.kind == .unavailable)
    #expect(error?.text.contains(member) == true, "\(error?.text ?? "")")
  }

  @Test func losesOnlyTheBrokenHitsOfASearch() async throws {
    let (source, host) = try Self.source([
      "s=Bare&type=movie": #"""
      {"Search":[7,null,{},{"Title":"No Id","Type":"movie"},{"Title":"Game","Type":"game","imdbID":"tt0000008"},
       {"Title":"Bare","Type":"movie","imdbID":"tt0000007","Year":"N/A"},
       {"Title":"Bare","Type":"movie","imdbID":"tt0000007"}],"totalResults":"many","Response":"True"}
      """#
    ])
    var request = MatchRequest(kind: .movie)
    request.title = "Bare"
    #expect(try await source.match(request, host.context).map(\.id.description) == ["omdb-movie-tt0000007"])
  }

  @Test(arguments: [("N/A", 0), ("2", 2), ("-1", 0), ("0", 0), ("many", 0), ("999999999", 0)])
  func believesOnlyANumberOfSeasonsThatCanBe(total: String, count: Int) async throws {
    let (source, host) = try Self.source([
      "i=tt0000007&plot=full":
        #"{"Title":"X","Type":"series","imdbID":"tt0000007","totalSeasons":"\#(total)","Response":"True"}"#
    ])
    let request = ItemRequest(id: try Service.id("omdb-show-tt0000007"))
    #expect(try await source.children(request, host.context).count == count)
  }

  @Test func losesOnlyTheBrokenEpisodesOfASeasonButNotTheList() async throws {
    let show = #"{"Title":"X","Type":"series","imdbID":"tt0000007","totalSeasons":"2","Response":"True"}"#
    let (source, host) = try Self.source([
      "i=tt0000007&plot=full": show,
      "i=tt0000007&Season=1": #"""
      {"Episodes":[null,5,{"Title":"No Number","imdbID":"tt0000010"},{"Episode":"N/A"},{"Episode":"1.5"},
       {"Episode":2,"Title":"N/A","imdbID":"x/y"},{"Episode":"1","Title":"One","imdbID":"tt0000011"},
       {"Episode":"3","Title":"Again","imdbID":"tt0000011"}],"Response":"True"}
      """#,
      "i=tt0000007&Season=2": #"{"Episodes":"none","Response":"True"}"#,
    ])
    let episodes = try await source.children(ItemRequest(id: Service.id("omdb-season-tt0000007-1")), host.context)
    #expect(episodes.map(\.title) == ["One", "Episode 2"])
    #expect(episodes.map(\.id.description) == ["omdb-episode-tt0000007-tt0000011", "omdb-episode-tt0000007-s1e2"])
    let error = await #expect(throws: PluginError.self) {
      try await source.children(ItemRequest(id: Service.id("omdb-season-tt0000007-2")), host.context)
    }
    #expect(error?.kind == .unavailable)
    #expect(error?.text.contains("Episodes") == true)
  }
}
