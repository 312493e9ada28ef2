import MetadataModel
import TestSupport
import Testing

@testable import PlexProvider

/// Checklist lines 1 to 15.
@Suite struct RootTests {
  private static let providers = [Sample.tv, Sample.movies, Sample.adultMovies]

  @Test(arguments: providers)
  func line01TheRootIsAMediaProviderAlone(_ provider: Provider) async throws {
    let reply = try await Desk(provider, []).get("")
    #expect(reply.status == 200)
    #expect(reply.json.members?.keys.sorted() == ["MediaProvider"])
    #expect(PlexShape.problems(inRoot: reply.json, rootPath: provider.path) == [])
  }

  @Test func line02SlashAndQueryGiveTheSameDocument() async throws {
    let desk = try Desk.tv()
    let plain = try await desk.get("").json
    #expect(try await desk.get("/").json == plain)
    #expect(try await desk.get("", query: ["includePreferences": "1"]).json == plain)
  }

  @Test func line03And04IdentifierAndTitleAreTheProviders() async throws {
    let root = try await Desk.tv().get("").json["MediaProvider"]
    #expect(root?["identifier"]?.text == "tv.plex.agents.custom.usher.tv")
    #expect(root?["title"]?.text == "Usher tv")
    #expect(root?["version"]?.text == "1.2.3")
  }

  @Test(arguments: [(Sample.tv, [2, 3, 4]), (Sample.movies, [1])])
  func line05To09TypesFollowTheKind(_ provider: Provider, _ numbers: [Int]) async throws {
    let types = try await Desk(provider, []).get("").json["MediaProvider"]?["Types"]?.elements ?? []
    #expect(types.map { $0["type"]?.integer } == numbers)
    #expect(types.allSatisfy { $0["Scheme"]?[0]?["scheme"]?.text == provider.identifier })
  }

  @Test func line10And13OnlyMetadataAndMatchAreOffered() async throws {
    let features = try await Desk.tv().get("").json["MediaProvider"]?["Feature"]?.elements ?? []
    #expect(features.map { $0["type"]?.text } == ["metadata", "match"])
  }

  @Test func line11And12EveryKeyLeadsToALivePath() async throws {
    let desk = try Desk.tv()
    let features = try await desk.get("").json["MediaProvider"]?["Feature"]?.elements ?? []
    for feature in features {
      let key = try #require(feature["key"]?.text)
      #expect(key.hasPrefix("/library/"))
      let isMatch = feature["type"]?.text == "match"
      #expect(try await desk.send(isMatch ? "POST" : "GET", key, body: #"{"type":2}"#).status == 200)
    }
  }

  @Test func line14TwoProvidersKeepTheirIdentifiers() async throws {
    let identifiers = try await [Desk.tv(), Desk.movies()].asyncMap {
      try await $0.get("").json["MediaProvider"]?["identifier"]?.text
    }
    #expect(identifiers == [Sample.tv.identifier, Sample.movies.identifier])
  }

  @Test func line15TheRootAsksNobody() async throws {
    let desk = try Desk.tv()
    desk.fail("match", "fetch", "children", with: .unavailable)
    let reply = try await desk.get("")
    #expect(reply.status == 200)
    #expect(desk.library.questions.isEmpty)
    #expect(reply.freshFor == 3600)
  }
}

extension Array {
  /// One after the other.
  func asyncMap<Result>(_ transform: (Element) async throws -> Result) async throws -> [Result] {
    var results: [Result] = []
    for element in self { results.append(try await transform(element)) }
    return results
  }
}
