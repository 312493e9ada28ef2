import Testing
import UsherKit
import UsherKitTesting

@Suite struct FakeHostTests {
  @Test func aRequestWithoutACannedAnswerFailsAndIsKept() async throws {
    let host = FakeHost()
    host.answer("http://service.test/a", json: "{}")
    #expect(try await host.context.get("http://service.test/a").status == 200)
    await #expect(throws: PluginError(.fault, "the test has no answer for GET http://service.test/b")) {
      try await host.context.get("http://service.test/b")
    }
    await #expect(throws: PluginError.self) {
      try await host.context.send(HTTPRequest(method: "POST", url: "http://service.test/a"))
    }
    #expect(host.unexpectedRequests.map(\.url) == ["http://service.test/b", "http://service.test/a"])
    #expect(host.requests.count == 3)
  }

  @Test func theCacheForgetsWithTheClock() {
    let host = FakeHost()
    host.context.remember([1], for: "a", seconds: 2)
    host.advance(milliseconds: 1999)
    #expect(host.context.cached("a") == [1])
    host.advance(milliseconds: 1)
    #expect(host.context.cached("a") == nil)
    host.context.remember([1], for: "b", seconds: 2)
    host.context.remember([], for: "b", seconds: 0)
    #expect(host.context.cached("b") == nil)
  }

  @Test func settingsHaveTheManifestsDefaults() throws {
    let manifest = PluginManifest(
      id: "x", version: "1", title: "X",
      settings: [
        PluginSetting("a", .integer, standard: .integer(1), meaning: ""), PluginSetting("b", .string, meaning: ""),
        PluginSetting("c", .boolean, standard: .boolean(false), meaning: ""),
      ])
    let host = FakeHost(settings: ["c": .boolean(true)], manifest: manifest).context
    #expect(try host.setting("a", as: Int.self) == 1)
    #expect(try host.setting("b", as: String.self) == nil)
    #expect(try host.setting("c", as: Bool.self) == true)
  }

  @Test func aCancelledHostAnswersNothing() async {
    let host = FakeHost()
    host.answer("http://service.test/a", json: "{}")
    host.cancel()
    #expect(host.context.isCancelled)
    await #expect(throws: PluginError(.cancelled, "cancelled by the test")) {
      try await host.context.get("http://service.test/a")
    }
  }

  @Test(arguments: [
    (404, PluginError.Kind.notFound), (410, .notFound), (401, .unauthorized), (403, .unauthorized), (400, .fault),
    (422, .fault), (500, .unavailable), (302, .unavailable), (429, .unavailable),
  ])
  func aStatusThatIsNoSuccessIsThrown(_ status: Int, _ kind: PluginError.Kind) async {
    let host = FakeHost()
    host.answer("http://service.test/a?key=secret", json: "{}", status: status)
    let error = await #expect(throws: PluginError.self) {
      try await host.context.get("http://service.test/a?key=secret")
    }
    #expect(error?.kind == kind)
    #expect(error?.text.contains("secret") == false)
  }
}

@Suite struct FakeLibraryTests {
  private let provider = Provider(
    name: "movie", path: "/movie", kind: .movie, title: "", identifier: "", adult: false, version: "")

  @Test func itemsInMemoryAnswerEveryQuestion() async throws {
    var film = MediaItem(id: probeID("1"), title: "Film")
    film.artwork = [Artwork(form: .coverPoster, url: "http://service.test/p.jpg")]
    film.externalIDs = ["imdb": "tt1"]
    let fake = FakeLibrary(provider: provider, items: [film])
    let library = LibraryContext(fake, host: FakeHost().context)
    var request = MatchRequest(kind: .movie)
    request.title = "FILM"
    #expect(try await library.match(request).map(\.id) == [film.id])
    request.kind = .show
    #expect(try await library.match(request).isEmpty)
    #expect(try await library.fetch(ItemRequest(id: film.id)) == film)
    #expect(try await library.images(ItemRequest(id: film.id)) == film.artwork)
    #expect(try await library.children(ItemRequest(id: film.id)).isEmpty)
    await #expect(throws: PluginError(.notFound, "there is no probe-movie-9")) {
      try await library.fetch(ItemRequest(id: probeID("9")))
    }
    #expect(fake.questions.map(\.operation) == ["match", "match", "fetch", "images", "children", "fetch"])
  }

  @Test func aTestMayAnswerAnOperationItself() async throws {
    let fake = FakeLibrary(provider: provider)
    fake.answer("fetch") { (request: ItemRequest) -> MediaItem in
      throw PluginError(.unavailable, "no answer for \(request.id)")
    }
    await #expect(throws: PluginError(.unavailable, "no answer for probe-movie-1")) {
      try await LibraryContext(fake, host: FakeHost().context).fetch(ItemRequest(id: probeID("1")))
    }
  }
}
