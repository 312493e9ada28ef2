import Answers
import MetadataModel
import PluginCalls
import Support
import Testing

@testable import Library

@Suite struct MatchingTests {
  @Test("an own id is fetched and certain")
  func ownID() async throws {
    let known = try mediaItem("alpha-movie-7", "Glass River", released: "2010-05-01")
    let source = FakeSource { $0.items = [known.id: known] }
    var request = movie("Something else", 1950)
    request.id = known.id
    let found = try await Stage([source]).match(request)
    #expect(found.map(\.id) == [known.id])
    #expect(found.first?.reason == "own id")
    #expect(found.first?.year == 2010)
    #expect(source.calls == ["fetch alpha-movie-7"])
  }

  @Test("an older name of an item is an own id as well, if the item is of the kind that is looked for")
  func olderName() async throws {
    let older = try item("alpha-film-7")
    let known = try mediaItem("alpha-movie-7", "Glass River", released: "2010-05-01")
    let source = FakeSource { $0.items = [older: known, known.id: known] }
    var request = movie("Something else", 1950)
    request.id = older
    #expect(try await Stage([source]).match(request).map(\.id) == [known.id])
    let show = try mediaItem("alpha-show-7", "Glass River")
    source.change { $0.items = [older: show, show.id: show] }
    #expect(try await Stage([source]).match(request) == [])
  }

  @Test("an own id that is gone gives way to the title")
  func goneOwnID() async throws {
    let right = try candidate("alpha-movie-1", "Glass River", 2010)
    let source = FakeSource { $0.candidates = [right] }
    var request = movie("Glass River", 2010)
    request.id = try item("alpha-movie-7")
    #expect(try await Stage([source]).match(request).map(\.id) == [right.id])
  }

  @Test("an own id whose source is down is an outage, not another match")
  func ownIDOutage() async throws {
    let other = try candidate("beta-movie-1", "Glass River", 2010)
    let stage = Stage([
      FakeSource("alpha") { $0.failure = PluginError(.unavailable, "down") },
      FakeSource("beta") { $0.candidates = [other] },
    ])
    var request = movie("Glass River", 2010)
    request.id = try item("alpha-movie-7")
    #expect(await stage.failure { _ = try await stage.match(request) }?.kind == .unavailable)
  }

  @Test("an external id wins over title and year, at the first source that can look it up")
  func externalID() async throws {
    let right = try candidate("beta-movie-9", "Another Name", 1971) { $0.externalIDs = ["imdb": "tt0000001"] }
    let alpha = try candidate("alpha-movie-1", "Glass River", 2010)
    let first = FakeSource("alpha") { $0.candidates = [alpha] }
    let second = FakeSource("beta", namespaces: ["imdb"]) { $0.candidates = [right] }
    var request = movie("Glass River", 2010)
    request.externalIDs = ["imdb": "tt0000001"]
    let found = try await Stage([first, second]).match(request)
    #expect(found.map(\.id) == [right.id])
    #expect(found.first?.reason == "external id imdb")
    #expect(first.calls.isEmpty)
    #expect(second.matchRequests.first?.title == nil)
  }

  @Test("an id in a source's own namespace is the value of its item ids")
  func ownNamespace() async throws {
    let right = try candidate("alpha-movie-42", "Another Name", 1971)
    let source = FakeSource { $0.candidates = [right] }
    var request = movie("Glass River", 2010)
    request.externalIDs = ["alpha": "42"]
    #expect(try await Stage([source]).match(request).first?.reason == "external id alpha")
  }

  @Test("an id that no source knows gives way to the title, but never to a work with another id there")
  func unknownExternalID() async throws {
    let wrong = try candidate("alpha-movie-1", "Glass River", 2010) { $0.externalIDs = ["imdb": "tt0000002"] }
    let right = try candidate("alpha-movie-2", "Glass River", 2011)
    let source = FakeSource(namespaces: ["imdb"]) {
      $0.onMatch = { request in request.title == nil ? [] : [wrong, right] }
    }
    var request = movie("Glass River", 2010)
    request.externalIDs = ["imdb": "tt0000001"]
    #expect(try await Stage([source]).match(request).map(\.id) == [right.id])
  }

  @Test("the next source is asked when the first has nothing good, and no later one")
  func order() async throws {
    let wrong = try candidate("alpha-movie-1", "Wooden Bridge", 2010)
    let right = try candidate("beta-movie-1", "Glass River", 2010)
    let other = try candidate("gamma-movie-1", "Glass River", 2010)
    let sources = [
      FakeSource("alpha") { $0.candidates = [wrong] }, FakeSource("beta") { $0.candidates = [right] },
      FakeSource("gamma") { $0.candidates = [other] },
    ]
    #expect(try await Stage(sources).match(movie("Glass River", 2010)).map(\.id) == [right.id])
    #expect(sources.map(\.calls.count) == [1, 1, 0])
  }

  @Test("a title that is ambiguous at one source is not decided by the ignorance of the next")
  func ambiguous() async throws {
    let twins = [
      try candidate("alpha-movie-1", "Glass River", 1990), try candidate("alpha-movie-2", "Glass River", 2010),
    ]
    let one = try candidate("beta-movie-1", "Glass River", 1990)
    let stage = Stage([FakeSource("alpha") { $0.candidates = twins }, FakeSource("beta") { $0.candidates = [one] }])
    #expect(try await stage.match(movie("Glass River")).isEmpty)
  }

  @Test("a choice that is not certain needs the word of all other sources, and the surer one wins")
  func uncertain() async throws {
    let near = try candidate("alpha-movie-1", "Glass River", 2011)
    let right = try candidate("gamma-movie-1", "Glass River", 2010)
    let sources = [
      FakeSource("alpha") { $0.candidates = [near] }, FakeSource("beta"),
      FakeSource("gamma") { $0.candidates = [right] },
    ]
    #expect(try await Stage(sources).match(movie("Glass River", 2010)).map(\.id) == [right.id])
    #expect(sources.map(\.calls.count) == [1, 1, 1])
    let alone = Stage([sources[0], FakeSource("beta") { $0.failure = PluginError(.unavailable, "down") }])
    #expect(try await alone.match(movie("Glass River", 2010)).map(\.id) == [near.id])
  }

  @Test("of two ids that contradict each other the one decides that the title speaks for, or none")
  func contradictingIDs() async throws {
    let works = try [
      candidate("alpha-movie-1", "Glass River", 2010) { $0.externalIDs = ["imdb": "tt1", "tvdb": "1"] },
      candidate("alpha-movie-2", "Iron Tide", 1990) { $0.externalIDs = ["imdb": "tt2", "tvdb": "2"] },
    ]
    let source = FakeSource(namespaces: ["imdb", "tvdb"]) {
      $0.onMatch = { request in request.title == nil ? works : [] }
    }
    for (title, expected) in [("Iron Tide", ["2"]), ("Glass River", ["1"]), ("Wooden Bridge", [])] {
      var request = movie(title)
      request.externalIDs = ["imdb": "tt1", "tvdb": "2"]
      #expect(try await Stage([source]).match(request).map(\.id.value) == expected)
    }
  }

  @Test("a person sees candidates of one title and year once, unless their ids contradict")
  func manualAgreement() async throws {
    let first = try candidate("alpha-movie-1", "Glass River", 2010) { $0.externalIDs = ["imdb": "tt1"] }
    let same = try candidate("beta-movie-1", "glass river", 2010)
    let other = try candidate("gamma-movie-1", "Glass River", 2010) { $0.externalIDs = ["imdb": "tt2"] }
    let sources = [first, same, other].map { known in FakeSource(known.id.source) { $0.candidates = [known] } }
    let found = try await Stage(sources).match(movie("Glass River", 2010, manual: true))
    #expect(found.map(\.id) == [first.id, other.id])
  }

  @Test("sources are asked for the title without its year, and only about kinds they know")
  func question() async throws {
    let shows = FakeSource("alpha", kinds: [.show])
    let movies = FakeSource("beta", kinds: [.movie])
    let stage = Stage([shows, movies])
    #expect(try await stage.match(movie("Glass River (2010)")).isEmpty)
    #expect(shows.calls.isEmpty)
    #expect(movies.matchRequests.first?.title == "Glass River")
    #expect(movies.matchRequests.first?.year == 2010)
    #expect(try await stage.match(MatchRequest(kind: .show)).isEmpty)
    #expect(try await stage.match(MatchRequest(kind: MediaKind(rawValue: "opera"))).isEmpty)
  }

  @Test("a person gets all candidates of all sources, best first, each work once")
  func manual() async throws {
    let shared = try candidate("alpha-movie-1", "Glass River", 2010) { $0.externalIDs = ["imdb": "tt0000001"] }
    let weak = try candidate("alpha-movie-2", "Glass Mountain", 1950)
    let twin = try candidate("beta-movie-1", "Glass River", 2010) { $0.externalIDs = ["imdb": "tt0000001"] }
    let off = try candidate("beta-movie-2", "Glass River", 2014)
    let cross = try candidate("beta-movie-3", "Glass Mountains", 1950) { $0.externalIDs = ["alpha": "2"] }
    let stage = Stage([
      FakeSource("alpha") { $0.candidates = [weak, shared] },
      FakeSource("beta") { $0.candidates = [cross, off, twin] },
    ])
    let found = try await stage.match(movie("Glass River", 2010, manual: true))
    #expect(found.map(\.id.description) == ["alpha-movie-1", "beta-movie-2", "alpha-movie-2"])
    let scores = found.compactMap(\.score)
    #expect(scores == scores.sorted(by: >))
    #expect(scores.count == 3)
    #expect(try await stage.match(movie("Glass River", 2010)).map(\.id) == [shared.id])
  }

  @Test("a person gets twenty candidates at most, the item at hand and the one with the id in front")
  func manualFirst() async throws {
    let many = try (0..<150).map { try candidate("alpha-movie-\($0)", "Glass River \($0)", 2010) }
    let byID = try candidate("alpha-movie-500", "Other", 1990) { $0.externalIDs = ["imdb": "tt0000001"] }
    let own = try mediaItem("alpha-movie-600", "Own")
    let source = FakeSource(namespaces: ["imdb"]) {
      $0.onMatch = { $0.title == nil ? [byID] : many }
      $0.items = [own.id: own]
    }
    var request = movie("Glass River", 2010, manual: true)
    request.id = own.id
    request.externalIDs = ["imdb": "tt0000001"]
    let found = try await Stage([source]).match(request)
    #expect(found.count == 20)
    #expect(found.prefix(2).map(\.id) == [own.id, byID.id])
  }

  @Test("candidates of another kind, another source or twice the same are left out")
  func foreign() async throws {
    let right = try candidate("alpha-movie-1", "Glass River", 2010)
    let others = [
      try candidate("alpha-show-1", "Glass River", 2010), try candidate("beta-movie-1", "Glass River", 2010), right,
      right,
    ]
    let stage = Stage([FakeSource { $0.candidates = others }])
    #expect(try await stage.match(movie("Glass River", 2010)).map(\.id) == [right.id])
    #expect(try await stage.match(movie("Glass River", 2010, manual: true)).map(\.id) == [right.id])
  }

  @Test("a trace shows who was asked, the scores and the rule")
  func trace() async throws {
    let wrong = try candidate("alpha-movie-1", "Wooden Bridge", 1990)
    let right = try candidate("beta-movie-1", "Glass River", 2010)
    let stage = Stage([
      FakeSource("alpha") { $0.candidates = [wrong] }, FakeSource("beta") { $0.candidates = [right] },
      FakeSource("gamma"),
    ])
    _ = try await stage.match(movie("Glass River", 2010))
    let trace = Trace()
    _ = try await stage.match(movie("Glass River", 2010), trace: trace)
    let seen = trace.snapshot
    #expect(seen.steps.map(\.source) == ["alpha", "beta"])
    #expect(seen.steps.allSatisfy { $0.origin == "source" && $0.outcome == "answered" })
    #expect(seen.candidates.map(\.rule) == ["other title, 20 years off", "accepted: title and year"])
    #expect(seen.candidates.last?.score == 0.95)
    let json = String(decoding: try JSONCoding.encode(seen), as: UTF8.self)
    #expect(json.contains("\"titleScore\":1"))
  }
}
