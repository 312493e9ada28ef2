import Foundation
import MetadataModel
import Testing
import UsherKit
import UsherKitTesting

@testable import Local

@Suite struct LocalLibraryTests {
  private typealias Files = TemporaryLibrary
  private static let id = "local-movie-imdb-tt99000001"
  private static func film(_ title: String) -> String { Files.movie(title, "<imdbid>tt99000001</imdbid>") }

  @Test func looksAgainAfterAMinute() async throws {
    let files = try Files(["a.nfo": Self.film("Before")])
    let source = try files.source()
    #expect(try await source.fetch(Self.id, files.host).title == "Before")
    try files.write("a.nfo", Self.film("Afterwards"))
    try files.write("b.nfo", Files.movie("New", "<imdbid>tt99000002</imdbid>"))
    files.host.advance(milliseconds: 59_999)
    #expect(try await source.fetch(Self.id, files.host).title == "Before")
    files.host.advance(milliseconds: 2)
    #expect(try await source.fetch(Self.id, files.host).title == "Afterwards")
    #expect(try await source.fetch("local-movie-imdb-tt99000002", files.host).title == "New")
    try files.remove("b.nfo")
    files.host.advance(milliseconds: 60_001)
    let error = await #expect(throws: PluginError.self) {
      try await source.fetch("local-movie-imdb-tt99000002", files.host)
    }
    #expect(error?.kind == .notFound)
  }

  @Test func saysATroubleOnlyOnce() async throws {
    let files = try Files(["a.nfo": "<movie>", "b.nfo": Files.episode(1, 1, "Lost")])
    let source = try files.source()
    for _ in 1...3 {
      _ = try await source.match(MatchRequest(kind: .movie), files.host)
      files.host.advance(milliseconds: 60_001)
    }
    #expect(files.lines.count == 2, "\(files.lines)")
  }

  @Test func keepsTheItemsOfAFolderThatIsGoneForAWhile() async throws {
    let files = try Files(["disk/a.nfo": Self.film("Kept")], folders: ["disk"])
    let source = try files.source()
    #expect(try await source.fetch(Self.id, files.host).title == "Kept")
    try FileManager.default.moveItem(atPath: files.path + "/disk", toPath: files.path + "/away")
    files.host.advance(milliseconds: 60_001)
    #expect(try await source.fetch(Self.id, files.host).title == "Kept")
    let error = await #expect(throws: PluginError.self) { try await source.fetch("local-movie-imdb-tt2", files.host) }
    #expect(error?.kind == .notFound)
  }

  @Test func neverCallsAnItemGoneWhileAFolderCannotBeRead() async throws {
    let files = try Files(["here/a.nfo": Self.film("Here")], folders: ["here", "missing"])
    let source = try files.source()
    #expect(try await source.fetch(Self.id, files.host).title == "Here")
    let error = await #expect(throws: PluginError.self) { try await source.fetch("local-movie-imdb-tt2", files.host) }
    #expect(error?.kind == .unavailable)
    #expect(error?.text.contains("missing") == true)
    #expect(try await source.match(MatchRequest(kind: .show), files.host) == [])
  }

  @Test func stopsWhenNobodyWaitsAndGoesOnNextTime() async throws {
    let files = try Files(["a.nfo": Self.film("Later")])
    let source = try files.source()
    let hurried = FakeHost()
    hurried.cancel()
    let error = await #expect(throws: PluginError.self) { try await source.fetch(Self.id, hurried) }
    #expect(error?.kind == .cancelled)
    #expect(try await source.fetch(Self.id, files.host).title == "Later")
  }
}
