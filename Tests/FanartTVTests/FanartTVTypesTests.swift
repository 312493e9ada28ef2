import MetadataModel
import Testing
import UsherKit
import UsherKitTesting

@testable import FanartTV

@Suite struct FanartTVTypesTests {
  private static func fetch(_ body: String) async throws -> MediaItem {
    let host = FakeHost(settings: ["apiKey": .string("k")], manifest: manifest)
    host.answer("https://webservice.fanart.tv/v3/movies/7", json: body)
    return try await FanartTVSource(host.context).fetch(ItemRequest(id: Service.id("fanarttv-movie-7")), host.context)
  }

  @Test func readsSizesAndNumbersOfNewerVersions() async throws {
    let item = try await Self.fetch(
      #"{"name":"Seven","tmdb_id":7,"image_count":1,"movieposter":[{"id":1,"url":"https://a.example.org/p.jpg","lang":"en","likes":3,"width":"1000","height":1426,"added":"x"}]}"#
    )
    #expect(item.externalIDs == ["tmdb": "7"])
    #expect(
      item.artwork == [
        Artwork(
          form: .coverPoster, url: "https://a.example.org/p.jpg", language: "en", width: 1000, height: 1426, score: 3)
      ])
  }

  @Test(arguments: [
    (#"[7,null,"x",{},{"url":5},{"url":"ftp://x/y"},{"url":""},GOOD]"#, 1), ("[GOOD,GOOD]", 1), ("{}", 0),
    ("null", 0), (#""none""#, 0), ("[]", 0), (#"[{"url":"https://a.example.org/q.jpg","lang":[],"likes":{}}]"#, 1),
  ])
  func losesOnlyTheBrokenPictures(list: String, count: Int) async throws {
    let good = #"{"url":"https://a.example.org/p.jpg","lang":"en","likes":"1"}"#
    let list = list.replacing("GOOD", with: good)
    let item = try await Self.fetch(#"{"name":"Seven","tmdb_id":"7","movieposter":\#(list),"moviebanner":[\#(good)]}"#)
    #expect(item.artwork.filter { $0.form == .coverPoster }.count == count)
    #expect(item.artwork.filter { $0.form == .banner }.count == 1)
  }

  @Test(arguments: ["-3", "many", "1e400", "99999999999999999999", ""])
  func takesNoScoreFromLikesThatAreNoCount(likes: String) async throws {
    let item = try await Self.fetch(
      #"{"name":"Seven","tmdb_id":"7","movieposter":[{"url":"https://a.example.org/p.jpg","likes":"\#(likes)","width":"\#(likes)"}]}"#
    )
    #expect(item.artwork.count == 1)
    #expect((item.artwork.first?.score ?? 0) == 0)
    #expect(item.artwork.first?.width == nil)
  }

  @Test(arguments: [
    (#"{"tmdb_id":"7"}"#, "name"), (#"{"name":"","tmdb_id":"7"}"#, "name"), (#"{"name":7,"tmdb_id":"7"}"#, "name"),
    (#"{"name":"Seven"}"#, "tmdb_id"), (#"{"Seven":{"tmdb_id":"7","movieposter":[]}}"#, "name"),
    ("[]", "document"), ("null", "document"), ("", "document"), ("<html>busy</html>", "document"),
  ])
  func refusesWhatIsNoRecordAndNamesTheMember(body: String, member: String) async throws {
    let error = await #expect(throws: PluginError.self) { try await Self.fetch(body) }
    #expect(error?.kind == .unavailable)
    #expect(error?.text.contains(member) == true, "\(error?.text ?? "")")
  }
}
