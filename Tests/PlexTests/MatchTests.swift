import MetadataModel
import TestSupport
import Testing
import UsherKit
import UsherKitTesting

@testable import PlexProvider

/// Checklist lines 25 to 46: which hints lead where.
@Suite struct MatchTests {
  @Test(arguments: ["", "{", "null", "[]", "\"text\"", "{\"type\":", "\u{1}"])
  func line25MalformedBodiesAre400(_ body: String) async throws {
    let reply = try await Desk.movies().match(body)
    #expect(reply.status == 400)
    #expect(PlexShape.problems(inError: reply.json) == [])
  }

  @Test(arguments: [
    Array(#"{"type":1,"title":"\ud800"}"#.utf8), Array(#"{"type":1,"title":""#.utf8) + [0xFF, 0x22, 0x7D],
  ])
  func line25TextThatIsNoUnicodeIsNoFault(_ body: [UInt8]) async throws {
    let desk = try Desk.movies()
    let response = try await desk.server.handle(
      ServerRequest(method: "POST", path: Desk.matchPath, body: body),
      LibraryContext(desk.library, host: FakeHost().context))
    #expect([200, 400].contains(response.status))
  }

  @Test(arguments: ["{}", #"{"title":"The Paper Lantern"}"#, #"{"type":null}"#, #"{"type":"film"}"#, #"{"type":{}}"#])
  func line26AMissingTypeIs400(_ body: String) async throws {
    #expect(try await Desk.movies().match(body).status == 400)
  }

  @Test(arguments: [0, -1, 2, 3, 4, 8, 18, 99, Int.max])
  func line26ATypeOfOtherProvidersIsAnEmpty200(_ type: Int) async throws {
    let desk = try Desk.movies()
    let reply = try await desk.match(#"{"type":\#(type),"title":"The Paper Lantern"}"#)
    #expect(reply.status == 200)
    #expect(PlexShape.problems(inEmptyContainer: reply.json, identifier: desk.identifier) == [])
    #expect(desk.library.questions.isEmpty)
  }

  @Test(arguments: ["1", "\"1\"", "true", "1.0"])
  func integersMayHaveOtherForms(_ type: String) async throws {
    let reply = try await Desk.movies().match(#"{"type":\#(type),"title":"Tin Moon","year":"2019","manual":"0"}"#)
    #expect(reply.titles == ["Tin Moon"])
  }

  @Test func line27UnknownMembersAreIgnored() async throws {
    let reply = try await Desk.movies().match(
      #"{"type":1,"title":"Tin Moon","hash":"ab12","duration":{"x":[1]},"year":[],"guid":7}"#)
    #expect(reply.titles == ["Tin Moon"])
  }

  @Test func line28NoMatchIsAnEmpty200() async throws {
    let desk = try Desk.movies()
    for manual in [0, 1] {
      let reply = try await desk.match(#"{"type":1,"title":"Nobody Made This","manual":\#(manual)}"#)
      #expect(reply.status == 200)
      #expect(PlexShape.problems(inEmptyContainer: reply.json, identifier: desk.identifier) == [])
      #expect(reply.freshFor == 30)
    }
  }

  @Test(arguments: [PluginError.Kind.notFound, .unsupported])
  func line28ASourcesNoIsAnEmpty200(_ kind: PluginError.Kind) async throws {
    for operation in ["match", "fetch"] {
      let desk = try Desk.movies()
      desk.fail(operation, with: kind)
      let reply = try await desk.match(#"{"type":1,"title":"Tin Moon"}"#)
      #expect(reply.status == 200)
      #expect(reply.items.isEmpty)
    }
  }

  @Test(arguments: ["match", "fetch", "children"])
  func anOutageIsNeverAnEmptyMatch(_ operation: String) async throws {
    let desk = try Desk.tv()
    desk.fail(operation, with: .unavailable)
    #expect(try await desk.match(#"{"type":2,"title":"Harbour Lights","includeChildren":1}"#).status == 503)
  }

  @Test func line29AutoMatchesGiveOneAtMost() async throws {
    let desk = try Desk.movies()
    let candidates = try Sample.films().map { Candidate(id: $0.id, title: $0.title, year: $0.year) }
    desk.library.answer("match") { (_: MatchRequest) in MatchReply(candidates: candidates) }
    let reply = try await desk.match(#"{"type":1,"title":"The Paper Lantern"}"#)
    #expect(reply.keys == ["lamp-movie-42"])
    #expect(reply.freshFor == 300)
  }

  @Test func line30ManualMatchesGiveAllBestFirst() async throws {
    let desk = try Desk.movies()
    let reply = try await desk.match(#"{"type":1,"title":"The Paper Lantern","manual":1}"#)
    #expect(reply.keys == ["lamp-movie-42", "lamp-movie-43"])
    #expect(desk.library.questions.map(\.operation) == ["match"])
  }

  @Test func manualMatchesEndAtTwenty() async throws {
    let desk = try Desk.movies()
    let candidates = try (0..<40).map { Candidate(id: try Sample.id(.movie, "\($0)"), title: "Lantern \($0)") }
    desk.library.answer("match") { (_: MatchRequest) in MatchReply(candidates: candidates) }
    let reply = try await desk.match(#"{"type":1,"title":"Lantern","manual":1}"#)
    #expect(reply.titles == (0..<20).map { "Lantern \($0)" })
    let scores = reply.items.compactMap { $0["score"]?.integer }
    #expect(scores.first == 100 && scores.last == 86 && scores == scores.sorted(by: >))
  }

  @Test(arguments: [
    #"{"type":2,"title":"Harbour Lights"}"#, #"{"type":2,"title":"Harbour Lights","manual":1}"#,
    #"{"type":3,"parentTitle":"Harbour Lights","index":1,"includeChildren":1}"#,
    #"{"type":3,"parentTitle":"Harbour Lights","index":1,"manual":1}"#,
    #"{"type":4,"grandparentTitle":"Harbour Lights","parentIndex":2,"index":30}"#,
  ])
  func line31And32ResultsHaveTheFormThatWasAskedFor(_ body: String) async throws {
    let desk = try Desk.tv()
    let reply = try await desk.match(body)
    #expect(reply.items.count == 1)
    #expect(PlexShape.problems(inContainer: reply.json, identifier: desk.identifier, isMatch: true) == [])
    let kinds = ["2": "show", "3": "season", "4": "episode"]
    #expect(reply.items.first?["type"]?.text == kinds[String(body.dropFirst(8).prefix(1))])
  }

  @Test func line32CandidatesOfAnotherKindAreLeftOut() async throws {
    let desk = try Desk.tv()
    let wrong = Candidate(id: try Sample.id(.movie, "42"), title: "Harbour Lights")
    desk.library.answer("match") { (_: MatchRequest) in MatchReply(candidates: [wrong]) }
    #expect(try await desk.match(#"{"type":2,"title":"Harbour Lights","manual":1}"#).items.isEmpty)
  }

  @Test(arguments: [("imdb://tt0000042", "lamp-movie-42"), ("tmdb://100044", "lamp-movie-44")])
  func line33ExternalGuidsPinAMovie(_ guid: String, _ key: String) async throws {
    let reply = try await Desk.movies().match(#"{"type":1,"title":"Something Else","year":1950,"guid":"\#(guid)"}"#)
    #expect(reply.keys == [key])
  }

  @Test func line33TVDBPinsAShow() async throws {
    let desk = try Desk.tv()
    #expect(try await desk.match(#"{"type":2,"title":"x","guid":"tvdb://900001"}"#).keys == ["lamp-show-7"])
    #expect(try desk.asked()?.externalIDs == ["tvdb": "900001"])
  }

  @Test(arguments: ["", "?lang=de", "?lang=en&x=1"])
  func line34And35TheOwnGuidLeadsBack(_ suffix: String) async throws {
    let desk = try Desk.tv()
    let guid = "tv.plex.agents.custom.usher.tv://show/lamp-show-7\(suffix)"
    #expect(try await desk.match(#"{"type":2,"title":"Renamed","guid":"\#(guid)"}"#).keys == ["lamp-show-7"])
    #expect(try desk.asked()?.id == (try Sample.id(.show, "7")))
  }

  @Test func line34ASeasonMayComeWithTheGuidOfItsShow() async throws {
    let desk = try Desk.tv()
    _ = try await desk.match(
      #"{"type":3,"parentTitle":"x","index":1,"guid":"tv.plex.agents.custom.usher.tv://show/lamp-show-7"}"#)
    #expect(try desk.asked()?.id == (try Sample.id(.show, "7")))
    #expect(try desk.asked()?.season == 1)
  }

  @Test(arguments: [
    "plex://movie/5d776825880197001ec90b2c", "plex://5d776825", "local://12", "none", "", "://", "imdb://",
    "tv.plex.agents.custom.other://movie/lamp-movie-42", "tv.plex.agents.custom.usher.movie://lamp-movie-42",
    "tv.plex.agents.custom.usher.movie://show/lamp-movie-42", "tv.plex.agents.custom.usher.movie://movie/../x",
    "tv.plex.agents.custom.usher.movie://movie/42",
  ])
  func guidsOfOthersAndGarbageAreIgnored(_ guid: String) async throws {
    let desk = try Desk.movies()
    let reply = try await desk.match(#"{"type":1,"title":"Tin Moon","guid":"\#(guid)"}"#)
    #expect(reply.keys == ["lamp-movie-44"])
    #expect(try desk.asked()?.id == nil && desk.asked()?.externalIDs == nil)
  }

  @Test func line36And37TitleAndYearAreGivenOnAsTheyAre() async throws {
    let desk = try Desk.movies()
    #expect(try await desk.match(#"{"type":1,"title":"The Paper Lantern","year":1987}"#).keys == ["lamp-movie-43"])
    _ = try await desk.match(#"{"type":1,"title":"The Paper Lantern (1987)"}"#)
    #expect(try desk.asked()?.title == "The Paper Lantern (1987)")
  }

  @Test(arguments: [(0, "Specials"), (1, "Season 1")])
  func line38SeasonsMatchByShowAndNumber(_ index: Int, _ title: String) async throws {
    let desk = try Desk.tv()
    #expect(try await desk.match(#"{"type":3,"parentTitle":"Harbour Lights","index":\#(index)}"#).titles == [title])
    #expect(try desk.asked()?.season == index)
  }

  @Test func line39AMatchedSeasonBringsAllItsEpisodes() async throws {
    let reply = try await Desk.tv().match(#"{"type":3,"parentTitle":"Harbour Lights","index":2,"includeChildren":1}"#)
    let children = try #require(reply.items.first?["Children"])
    #expect(children["size"]?.integer == 45)
    #expect(children["Metadata"]?.elements?.compactMap { $0["index"]?.integer } == Array(1...45))
    #expect(children["Metadata"]?[0]?["parentGuid"] == reply.items.first?["guid"])
  }

  @Test func line40AMatchedShowBringsItsSeasons() async throws {
    let reply = try await Desk.tv().match(#"{"type":2,"title":"Harbour Lights","includeChildren":"1"}"#)
    let children = reply.items.first?["Children"]?["Metadata"]?.elements
    #expect(children?.compactMap { $0["title"]?.text } == ["Specials", "Season 1", "Season 2"])
  }

  @Test func withoutIncludeChildrenThereAreNone() async throws {
    let reply = try await Desk.tv().match(#"{"type":2,"title":"Harbour Lights","includeChildren":0}"#)
    #expect(reply.items.first?["Children"] == nil)
    let movie = try await Desk.movies().match(#"{"type":1,"title":"Tin Moon","includeChildren":1}"#)
    #expect(movie.items.first?["Children"] == nil)
  }

  @Test func line41EpisodesMatchByNumbers() async throws {
    let desk = try Desk.tv()
    let body = #"{"type":4,"grandparentTitle":"Harbour Lights","parentIndex":0,"index":2,"title":"The Ferry"}"#
    #expect(try await desk.match(body).keys == ["lamp-episode-7-0-2"])
    #expect(try desk.asked()?.season == 0 && desk.asked()?.title == "The Ferry")
  }

  @Test func line42EpisodesMatchByDate() async throws {
    let desk = try Desk.tv()
    let body = #"{"type":4,"grandparentTitle":"Harbour Lights","date":"2021-01-03"}"#
    #expect(try await desk.match(body).keys == ["lamp-episode-7-1-2"])
    #expect(try desk.asked()?.episode == nil)
  }

  @Test(arguments: [
    #"{"type":4,"grandparentTitle":"Harbour Lights"}"#, #"{"type":4}"#, #"{"type":3}"#, #"{"type":2}"#,
    #"{"type":4,"grandparentTitle":"Harbour Lights","date":"soon"}"#, #"{"type":3,"parentTitle":"","index":1}"#,
    #"{"type":3,"parentTitle":"Harbour Lights","index":-4}"#,
  ])
  func line43ARequestThatNamesNothingIsAnEmpty200(_ body: String) async throws {
    let reply = try await Desk.tv().match(body)
    #expect(reply.status == 200)
    #expect(reply.items.isEmpty)
  }

  @Test func line44TheYearOfASeasonSaysNothingAboutTheShow() async throws {
    let desk = try Desk.tv()
    let season = #"{"type":3,"parentTitle":"Harbour Lights","index":2,"year":2022}"#
    #expect(try await desk.match(season).keys == ["lamp-season-7-2"])
    #expect(try desk.asked()?.year == nil)
    let episode = #"{"type":4,"grandparentTitle":"Harbour Lights","parentIndex":1,"index":1,"year":1950}"#
    #expect(try await desk.match(episode).items.count == 1)
    #expect(try desk.asked()?.year == nil)
  }

  @Test(arguments: [
    #"D:\\Filme\\Tin Moon (2019)\\a.mkv"#, "../../etc/passwd", "/Tin Moon (2019)/a.mkv", "映画/月 🌙.mkv", "   ",
  ])
  func line45TheFileNameIsAHintAndNothingElse(_ file: String) async throws {
    let desk = try Desk.movies()
    #expect(try await desk.match(#"{"type":1,"title":"Tin Moon","filename":"\#(file)"}"#).items.count == 1)
    #expect(
      try desk.asked()?.file == file.split(separator: #"\\"#, omittingEmptySubsequences: false).joined(separator: #"\"#)
    )
  }

  @Test(arguments: [
    (Sample.adultMovies, 1, 1), (Sample.adultMovies, 0, 0), (Sample.movies, 1, 0), (Sample.movies, 0, 0),
  ])
  func line46ExplicitItemsOnlyWhenAskedForAndAllowed(_ provider: Provider, _ asked: Int, _ count: Int) async throws {
    let desk = try Desk(provider, [Sample.adultMovie()])
    for manual in [0, 1] {
      let body = #"{"type":1,"title":"After Hours Lantern","includeAdult":\#(asked),"manual":\#(manual)}"#
      #expect(try await desk.match(body).items.count == count)
    }
    #expect(try await desk.match(#"{"type":1,"title":"After Hours Lantern"}"#).items.isEmpty)
  }

  @Test func line46AnItemThatTurnsOutExplicitIsHidden() async throws {
    let desk = try Desk(Sample.adultMovies, [Sample.adultMovie()])
    let plain = Candidate(id: try Sample.adultMovie().id, title: "After Hours Lantern")
    desk.library.answer("match") { (_: MatchRequest) in MatchReply(candidates: [plain]) }
    #expect(try await desk.match(#"{"type":1,"title":"After Hours Lantern"}"#).items.isEmpty)
  }
}
