import MetadataModel
import TestSupport
import Testing
import UsherKit
import UsherKitTesting

@testable import Plex
@testable import PlexProvider

/// The plugin as the host loads it: through the C tables.
@Suite struct PlexPluginTests {
  @Test func theManifestSaysWhatTheHostMustKnow() throws {
    let opened = try TableHost(FakeHost(manifest: manifest)).open(Plex.usherPlugin(0))
    defer { opened.close() }
    let manifest = try opened.manifest()
    #expect(manifest.id == "plex")
    #expect(manifest.interfaces == ["media-server/1", "commands/1"])
    #expect(manifest.settings.map(\.name) == ["language", "country", "allowPrivateImages", "plexTV"])
    let headers = ["X-Plex-Language", "X-Plex-Country", "X-Plex-Container-Start", "X-Plex-Container-Size"]
    #expect(manifest.cacheKeyHeaders == headers)
  }

  @Test func aRequestGoesThroughTheTables() async throws {
    let library = FakeLibrary(provider: Sample.tv, items: try Sample.series())
    let opened = try TableHost(FakeHost(manifest: manifest), library: library).open(Plex.usherPlugin(0))
    defer { opened.close() }
    let outcome = try await opened.handle(
      "/library/metadata/lamp%2Dseason-7-2/children?X-Plex-Container-Start=43&X-Plex-Language=de%2DDE")
    #expect(outcome.status == USHER_OK)
    let response = try #require(outcome.responses.first)
    #expect(response.status == 200)
    let items = try JSONValue(response.body)["MediaContainer"]?["Metadata"]?.elements
    #expect(items?.map { $0["title"]?.text } == ["Watch 44", "Watch 45"])
  }
}
