import MetadataModel
import Testing
import UsherKit
import UsherKitTesting

@testable import TVmaze

@Suite struct TVmazeTypesTests {
  private static let url =
    "https://api.tvmaze.com/shows/7?embed%5B%5D=episodes&embed%5B%5D=seasons&embed%5B%5D=cast&embed%5B%5D=crew"
    + "&embed%5B%5D=akas&embed%5B%5D=images"

  private static func fetch(_ show: String) async throws -> MediaItem {
    let host = FakeHost()
    host.answer(url, json: show)
    host.answer("https://api.tvmaze.com/shows/7/alternatelists", json: "[]")
    return try await TVmazeSource(host.context).fetch(ItemRequest(id: Service.id("tvmaze-show-7")), host.context)
  }

  @Test func needsNothingButIdNameAndTheSkeleton() async throws {
    let show = try await Self.fetch(#"{"id":7,"name":"Bare","_embedded":{"episodes":[],"seasons":[]}}"#)
    #expect(show.title == "Bare")
    #expect(show.externalIDs == ["tvmaze": "7"])
  }

  @Test(arguments: [
    #""runtime":"60""#, #""genres":"Drama""#, #""rating":5"#, #""network":{"id":1}"#, #""image":[]"#, #""summary":{}"#,
    #""externals":[]"#, #""premiered":"soon""#, #""premiered":20140105"#, #""rating":{"average":"high"}"#,
    #""rating":{"average":1e9}"#, #""runtime":9223372036854775807"#, #""runtime":-5"#, #""language":1"#,
  ])
  func passesOverMembersOfAnotherShape(member: String) async throws {
    let text = #"{"id":7,"name":"Odd","# + member + #","_embedded":{"episodes":[],"seasons":[]}}"#
    let show = try await Self.fetch(text)
    #expect(show.title == "Odd")
    #expect(show.duration == nil)
    #expect(show.ratings == [])
  }

  @Test(arguments: ["cast", "crew", "akas", "images"])
  func losesOnlyTheBrokenEntryOfAList(name: String) async throws {
    let good = [
      "cast": #"{"person":{"id":1,"name":"Ada"},"character":{"name":"Nora"}}"#,
      "crew": #"{"type":"Creator","person":{"name":"Ada"}}"#, "akas": #"{"name":"Ada","country":null}"#,
      "images": #"{"type":"poster","main":true,"resolutions":{"original":{"url":"https://p.example.org/a.jpg"}}}"#,
    ]
    let entry = try #require(good[name])
    let list = #"[7,null,"x",{},{"person":{}},\#(entry)]"#
    for (value, count) in [(list, 1), ("{}", 0), ("null", 0), (#""none""#, 0)] {
      let show = try await Self.fetch(
        #"{"id":7,"name":"Odd","_embedded":{"episodes":[],"seasons":[],"\#(name)":\#(value)}}"#)
      #expect(show.credits.count + show.alternativeTitles.count + show.artwork.count == count)
    }
  }

  @Test(arguments: [
    (#"{"name":"X","_embedded":{"episodes":[],"seasons":[]}}"#, "'id'"),
    (#"{"id":"7","name":"X"}"#, "id"), (#"{"id":7,"name":null}"#, "name"), (#"{"id":7,"name":"X"}"#, "_embedded"),
    (#"{"id":7,"name":"X","_embedded":{"episodes":[]}}"#, "_embedded"),
    (#"{"id":7,"name":"X","_embedded":{"episodes":{},"seasons":[]}}"#, "_embedded.episodes"),
    (
      #"{"id":7,"name":"X","_embedded":{"episodes":[{"id":1,"season":"1"}],"seasons":[]}}"#,
      "_embedded.episodes[0].season"
    ),
    (#"{"id":7,"name":"X","_embedded":{"episodes":[],"seasons":[{"number":null}]}}"#, "_embedded.seasons[0].number"),
    ("<html>busy</html>", "document"), ("", "document"), ("[]", "document"), ("null", "document"),
  ])
  func refusesAShowWithoutItsSkeletonAndNamesTheMember(body: String, member: String) async throws {
    let error = await #expect(throws: PluginError.self) { try await Self.fetch(body) }
    #expect(error?.kind == .unavailable)
    #expect(error?.text.contains(member) == true, "\(error?.text ?? "")")
  }
}
