import TestSupport
import Testing

/// Pictures from Fanart.tv, which knows works by the ids of other services alone.
@Suite(.serialized) @OwnThread struct FanartTVScanTests {
  private func stage() throws -> SourceStage {
    let fake = FakeFanartTV()
    let keys = ["apiKey": FakeFanartTV.projectKey, "clientKey": FakeFanartTV.personalKey]
    return try SourceStage("fanarttv", path: "/v3", settings: keys, secrets: { Array(keys.values) }) {
      fake.reply(to: $0)
    }
  }

  @Test func theFilmOfAnIDHasItsPicturesForOneCall() throws {
    let outcome = try stage().scanTwice("/movie") {
      try $0.scanMovie(title: "The Paper Harbor", year: nil, guid: "imdb://tt99000101")
    }
    #expect(outcome.calls.map(\.path) == ["GET /v3/movies/tt99000101"])
    #expect(outcome.scan.showGuid.hasSuffix("://movie/fanarttv-movie-tt99000101"))
    #expect(outcome.scan.show == ScriptedPlex.Scan.Item(title: "The Paper Harbor", pictures: 12))
  }

  @Test func theShowOfAnIDHasItsPicturesAndItsSeasonsForOneCall() throws {
    let outcome = try stage().scanTwice("/tv") {
      try $0.scanShow(title: "Harbor Lights", year: nil, seasons: [], guid: "tvdb://990082")
    }
    #expect(outcome.calls.map(\.path) == ["GET /v3/tv/990082"])
    #expect(outcome.scan.showGuid.hasSuffix("://show/fanarttv-show-990082"))
    #expect(outcome.scan.show == ScriptedPlex.Scan.Item(title: "Harbor Lights", pictures: 5, children: 3))
  }
}
