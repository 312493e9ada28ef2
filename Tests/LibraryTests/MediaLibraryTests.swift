import MetadataModel
import PluginCalls
import Support
import Testing

@testable import Library

@Suite struct MediaLibraryTests {
  /// Seasons and episodes in no order at all.
  private func show() throws -> FakeSource {
    let id = try item("alpha-show-1")
    let seasons = try ([("b", 10), ("a", 2), ("c", 0), ("e", nil), ("d", 2)] as [(String, Int?)]).map { value, index in
      try mediaItem("alpha-season-\(value)", "Season", index: index)
    }
    var children = [id: seasons]
    for season in seasons {
      children[season.id] = try ([3, 1, 2] as [Int]).map { number in
        try mediaItem("alpha-episode-\(season.id.value)\(number)", "Episode", index: number)
      }
    }
    let all = children
    return FakeSource { $0.children = all }
  }

  @Test("seasons come by number, then id; what has no number comes last")
  func seasons() async throws {
    let items = try await Stage([show()], kind: .show).children("alpha-show-1")
    #expect(items.map(\.id.value) == ["c", "a", "d", "b", "e"])
  }

  @Test("episodes come by number, those of a show by season first")
  func episodes() async throws {
    let source = try show()
    let stage = Stage([source], kind: .show)
    #expect(try await stage.children("alpha-season-a").map(\.id.value) == ["a1", "a2", "a3"])
    let all = try await stage.grandchildren("alpha-show-1").map(\.id.value)
    // Two seasons of the same number are interleaved by episode number.
    #expect(
      all == [
        "c1", "c2", "c3", "a1", "d1", "a2", "d2", "a3", "d3", "b1", "b2", "b3", "e1", "e2", "e3",
      ])
    let calls = source.calls.count
    #expect(try await stage.grandchildren("alpha-show-1").count == 15)
    #expect(try await stage.children("alpha-season-b").count == 3)
    #expect(source.calls.count == calls)
    #expect(calls == 6)
  }

  @Test("an older name of a show has the show's seasons and episodes")
  func olderName() async throws {
    let source = try show()
    let older = try item("alpha-series-one")
    let seasons = try await Stage([source], kind: .show).children("alpha-show-1")
    let present = try mediaItem("alpha-show-1", "Harbour Lights")
    source.change { $0.items = [older: present, present.id: present] }
    let stage = Stage([source], kind: .show)
    #expect(try await stage.children("alpha-series-one") == seasons)
    #expect(try await stage.grandchildren("alpha-series-one").count == 15)
  }

  @Test("episodes of a show are not half a list: a season that fails is an outage")
  func halfList() async throws {
    let source = try show()
    let stage = Stage([source], kind: .show)
    _ = try await stage.children("alpha-show-1")
    source.change { $0.failure = PluginError(.unavailable, "down") }
    #expect(await stage.failure { _ = try await stage.grandchildren("alpha-show-1") }?.kind == .unavailable)
  }

  @Test("movies and episodes have nothing below them, only shows have grandchildren")
  func leaves() async throws {
    let source = FakeSource()
    let stage = Stage([source])
    #expect(try await stage.children("alpha-movie-1").isEmpty)
    #expect(try await stage.children("alpha-episode-1").isEmpty)
    #expect(try await stage.grandchildren("alpha-season-1").isEmpty)
    #expect(try await stage.grandchildren("alpha-movie-1").isEmpty)
    #expect(source.calls.isEmpty)
  }

  @Test("a source without lists has empty ones")
  func unsupportedLists() async throws {
    let stage = Stage([FakeSource { $0.failure = PluginError(.unsupported, "no lists") }], kind: .show)
    #expect(try await stage.children("alpha-show-1").isEmpty)
  }

  @Test("pictures are the source's own, or come with the item")
  func images() async throws {
    let own = Artwork(form: .background, url: "https://img.example.org/own.jpg")
    let brought = Artwork(form: .coverPoster, url: "https://img.example.org/brought.jpg")
    let lantern = try mediaItem("alpha-movie-1", "The Paper Lantern") { $0.artwork = [brought] }
    let source = FakeSource { $0.items[lantern.id] = lantern }
    #expect(try await Stage([source]).images("alpha-movie-1") == [brought])
    source.change { $0.images = [own] }
    #expect(try await Stage([source]).images("alpha-movie-1") == [own])
    let empty = Stage([FakeSource()])
    #expect(await empty.failure { _ = try await empty.images("alpha-movie-9") }?.kind == .notFound)
  }

  @Test("an id of a source outside the chain is not found, and says so")
  func unknownSource() async throws {
    let stage = Stage([FakeSource("beta")])
    let expected = PluginError(.notFound, "alpha-movie-1: the provider 'main' has no source 'alpha'")
    #expect(await stage.failure { _ = try await stage.fetch("alpha-movie-1") } == expected)
    #expect(await stage.failure { _ = try await stage.children("alpha-movie-1") } == expected)
    #expect(await stage.failure { _ = try await stage.images("alpha-movie-1") } == expected)
  }

  @Test("speaks JSON, the same bytes each time")
  func ask() async throws {
    let lantern = try mediaItem("alpha-movie-1", "The Paper Lantern")
    let known = try candidate("alpha-movie-1", "The Paper Lantern", 2019)
    let stage = Stage([
      FakeSource {
        $0.items[lantern.id] = lantern
        $0.candidates = [known]
      }
    ])
    func ask(_ operation: String, _ json: String) async throws -> String {
      let bytes = try await stage.library.ask(operation, Array(json.utf8), provider: "main", call: stage.call())
      return String(decoding: bytes, as: UTF8.self)
    }
    let item =
      "{\"id\":\"alpha-movie-1\",\"provenance\":{\"title\":[{\"source\":\"alpha\"}]},\"title\":\"The Paper Lantern\"}"
    #expect(try await ask("fetch", "{\"id\":\"alpha-movie-1\",\"unknown\":1}") == item)
    #expect(try await ask("fetch", "{\"id\":\"alpha-movie-1\"}") == item)
    #expect(try await ask("children", "{\"id\":\"alpha-movie-1\"}") == "{\"items\":[]}")
    #expect(try await ask("grandchildren", "{\"id\":\"alpha-movie-1\"}") == "{\"items\":[]}")
    #expect(try await ask("images", "{\"id\":\"alpha-movie-1\"}") == "{\"artwork\":[]}")
    let reply = try await ask("match", "{\"kind\":\"movie\",\"title\":\"Paper Lantern\",\"year\":2019}")
    #expect(reply.contains("\"reason\":\"title and year\""))
    #expect(try await ask("match", "{\"kind\":\"movie\",\"title\":\"Other\"}") == "{\"candidates\":[]}")
  }

  @Test(
    "says what is wrong with a question",
    arguments: [
      ("play", "{}", PluginError.Kind.unsupported, "play"),
      ("", "", .unsupported, "match, fetch"),
      ("fetch", "", .badRequest, "fetch"),
      ("fetch", "{}", .badRequest, "'id'"),
      ("fetch", "{\"id\":\"x\"}", .badRequest, "id: 'x' is not an item id"),
      ("match", "{\"kind\":\"movie\",\"year\":\"soon\"}", .badRequest, "year"),
      ("match", "[]", .badRequest, "match"),
      ("children", "\u{0}", .badRequest, "children"),
    ])
  func badQuestions(operation: String, json: String, kind: PluginError.Kind, text: String) async throws {
    let stage = Stage([FakeSource()])
    let failure = await stage.failure {
      _ = try await stage.library.ask(operation, Array(json.utf8), provider: "main", call: stage.call())
    }
    #expect(failure?.kind == kind)
    #expect(failure?.text.contains(text) == true, "\(failure?.text ?? "")")
  }

  @Test("a provider that is not configured is named")
  func unknownProvider() async throws {
    let stage = Stage([FakeSource()])
    let failure = await stage.failure {
      _ = try await stage.library.match(movie("A"), provider: "other", call: stage.call())
    }
    #expect(failure?.kind == .badRequest)
    #expect(failure?.text.contains("'other'") == true)
  }
}
