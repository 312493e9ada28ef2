import MetadataModel
import PluginCalls
import Testing

@testable import Library

/// Matches where the file's name helps, and where it must not.
@Suite struct NameHintMatchTests {
  /// Answers a title with the candidates of that title, and ids with those that have them.
  private func source(_ candidates: [Candidate], namespaces: [String] = ["imdb", "tvdb"]) -> FakeSource {
    FakeSource("alpha", namespaces: namespaces) {
      $0.onMatch = { request in
        if let ids = request.externalIDs {
          return candidates.filter { ($0.externalIDs ?? [:]).shares(anyWith: ids) }
        }
        return candidates.filter { $0.title.lowercased() == request.title?.lowercased() }
      }
    }
  }

  private func films() throws -> FakeSource {
    try source([
      candidate("alpha-movie-1", "Glass River", 2010) { $0.externalIDs = ["imdb": "tt0000001"] },
      candidate("alpha-movie-2", "Glasfluss", 2010),
      candidate("alpha-movie-3", "Paper Lantern", 1999) { $0.externalIDs = ["imdb": "tt0000003"] },
    ])
  }

  private func request(_ title: String?, _ file: String?) -> MatchRequest {
    var request = MatchRequest(kind: .movie)
    request.title = title
    request.file = file
    return request
  }

  @Test(
    "the name pins, helps out, or does nothing",
    arguments: [
      // An id in the name wins over every title.
      ("Paper Lantern", "Glass River (2010) {imdb-tt0000001}.mkv", "1"),
      ("Nothing At All", "Glass River {imdb-tt0000003}/x.mkv", "3"),
      // An id that nobody knows does no harm, but keeps out a film that has another.
      ("Glasfluss", "x {imdb-tt7777777}.mkv", "2"), ("Paper Lantern", "x {imdb-tt7777777}.mkv", nil),
      // Without a title the name has one; with an unknown one it helps out.
      (nil, "Glass.River.2010.1080p.BluRay.x264-GRP.mkv", "1"),
      ("gr-1080p", "Glass River (2010)/gr-1080p.mkv", "1"),
      // The server's own title comes first, unless the name's year speaks against it.
      ("Paper Lantern", "Glass.River.mkv", "3"), ("Paper Lantern", "Glass.River.2010.mkv", "1"),
      ("Glasfluss", "Glass River AKA Glasfluss (2010).mkv", "2"),
      // A wrong name makes no wrong match.
      (nil, "Glass.Rivers.2010.mkv", nil), (nil, "Glass.River.1971.mkv", nil), (nil, "qwertz.mkv", nil),
      ("Nothing At All", "Unheard Of (2011).mkv", nil), (nil, "1080p.mkv", nil),
    ] as [(String?, String, String?)])
  func films(title: String?, file: String, expected: String?) async throws {
    let found = try await Stage([films()]).match(request(title, file))
    #expect(found.map(\.id.value) == (expected.map { [$0] } ?? []))
  }

  @Test func titlesAreAskedForInOrderOfConfidence() async throws {
    let source = FakeSource("alpha")
    let stage = Stage([source])
    _ = try await stage.match(request("Old Name", "Glass River AKA Glasfluss (2010).mkv"))
    #expect(source.matchRequests.map(\.title) == ["Old Name", "Glass River", "Glasfluss"])
    #expect(source.matchRequests.allSatisfy { $0.year == 2010 })
  }

  /// Shows that differ by their year, with two seasons of two episodes each.
  private func shows() throws -> FakeSource {
    let shows = try [
      candidate("alpha-show-1", "Harbour Lights", 2014) { $0.externalIDs = ["tvdb": "77"] },
      candidate("alpha-show-2", "Skerry", 2018) { $0.externalIDs = ["tvdb": "88"] },
    ]
    var children: [ItemID: [MediaItem]] = [:]
    var items: [ItemID: MediaItem] = [:]
    for show in shows {
      let value = show.id.value
      children[show.id] = try (1...2).map { (season: Int) in
        try mediaItem("alpha-season-\(value)\(season)", "Season", index: season)
      }
      for season in 1...2 {
        let episodes = try (1...2).map { (number: Int) in
          try mediaItem(
            "alpha-episode-\(value)\(season)\(number)", "Part", index: number,
            released: "202\(season)-03-0\(number)", season: season)
        }
        children[try item("alpha-season-\(value)\(season)")] = episodes
        for episode in episodes { items[episode.id] = episode }
      }
    }
    let (allChildren, allItems) = (children, items)
    return FakeSource("alpha", kinds: [.show, .season, .episode], namespaces: ["tvdb"]) {
      $0.children = allChildren
      $0.items = allItems
      $0.onMatch = { request in
        if let ids = request.externalIDs { return shows.filter { ($0.externalIDs ?? [:]).shares(anyWith: ids) } }
        return shows.filter { $0.title.lowercased() == request.title?.lowercased() }
      }
    }
  }

  private func episode(
    _ title: String?, _ file: String, _ change: (inout MatchRequest) -> Void = { _ in }
  ) async throws -> String? {
    var request = MatchRequest(kind: .episode)
    request.showTitle = title
    request.file = file
    change(&request)
    let found = try await Stage([shows()], kind: .show).match(request)
    #expect(found.count <= 1)
    return found.first?.id.value
  }

  @Test(
    "an episode is found by its file's name alone",
    arguments: [
      ("Harbour.Lights.S02E01.1080p.WEB.h264-GRP.mkv", "121"), ("Harbour Lights/Season 1/02 - Storm.mkv", "112"),
      ("Harbour Lights - 2022-03-02 - Guest.mkv", "122"), ("[Group] Harbour Lights - 03 [1080p].mkv", "121"),
      ("Skerry (2018)/Season 02/Skerry 2x02.mkv", "222"), ("Anything {tvdb-88}/Season 1/01.mkv", "211"),
      ("Harbour Light S02E01.mkv", nil), ("Harbour Lights.mkv", nil), ("Harbour Lights S07E01.mkv", nil),
    ] as [(String, String?)])
  func nameAlone(file: String, expected: String?) async throws {
    #expect(try await episode(nil, file) == expected)
  }

  @Test func whatTheServerSaysOfTheEpisodeStands() async throws {
    let file = "Harbour Lights/Season 2/Harbour Lights S02E02.mkv"
    let numbers = try await episode("Harbour Lights", file) {
      $0.season = 1
      $0.episode = 1
    }
    #expect(numbers == "111")
    let day = try await episode("Harbour Lights", file) { $0.date = CalendarDate("2021-03-02") }
    #expect(day == "112")
    #expect(try await episode("Harbour Lights", file) == "122")
  }

  @Test func anIDOnTheFolderWinsOverAWrongShowTitle() async throws {
    #expect(try await episode("Skerry", "Harbour Lights {tvdb-77}/Season 1/01.mkv") == "111")
    #expect(try await episode("Nobody Knows", "Some Folder {tvdb-88}/Season 1/01.mkv") == "211")
  }

  @Test func aNameOfAnotherShowIsTriedOnlyWhenTheServersLeadsNowhere() async throws {
    #expect(try await episode("Harbour Lights", "Skerry/Season 1/Skerry S01E02.mkv") == "112")
    #expect(try await episode("Nobody Knows", "Skerry/Season 1/Skerry S01E02.mkv") == "212")
  }

  @Test func hintsKeepTheirOrder() {
    var request = MatchRequest(kind: .episode)
    request.alternativeTitles = ["Harbour Lights", "Harbour"]
    request.parsedName = ParsedName()
    request.parsedName?.year = 2014
    request.parsedName?.ids = ["tvdb": "77"]
    #expect(
      ShowHint.all(from: request) == [
        ShowHint(title: "Harbour Lights", year: 2014, externalIDs: ["tvdb": "77"]),
        ShowHint(title: "Harbour", year: 2014),
      ])
    request.showTitle = "Lights"
    #expect(ShowHint.all(from: request).map(\.title) == ["Lights", "Harbour Lights", "Harbour"])
    #expect(ShowHint.all(from: request).map(\.year) == [nil, 2014, 2014])
  }
}
