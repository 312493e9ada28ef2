import Foundation
import Testing
import UsherKit

@testable import Local

@Suite struct NFOFolderTests {
  private typealias Files = TemporaryLibrary

  private static func names(_ path: String) throws -> [String] {
    try NFOFolder(path: path).list { false }.files.map { $0.components.joined(separator: "/") }
  }

  @Test func findsFilesDownToTheSixthLevel() throws {
    let files = try Files(["1/2/3/4/5/6/in.nfo": "x", "1/2/3/4/5/6/7/out.nfo": "x", "A.NFO": "x", "b.mkv": "x"])
    #expect(try Self.names(files.path) == ["1/2/3/4/5/6/in.nfo", "A.NFO"])
  }

  @Test func followsNoLinkOutOfTheFolder() throws {
    let files = try Files(["library/in.nfo": "x", "secret/out.nfo": "x", "library-other/out.nfo": "x"])
    let library = files.path + "/library"
    for (name, target) in [
      ("file.nfo", "../secret/out.nfo"), ("absolute.nfo", files.path + "/secret/out.nfo"),
      ("sibling.nfo", "../library-other/out.nfo"),
      ("folder", "../secret"), ("loop", "."), ("inside.nfo", "in.nfo"), ("nowhere.nfo", "none"),
    ] {
      try FileManager.default.createSymbolicLink(atPath: library + "/" + name, withDestinationPath: target)
    }
    #expect(try Self.names(library) == ["in.nfo", "inside.nfo"])
  }

  @Test func takesAConfiguredFolderThatIsALinkItself() throws {
    let files = try Files(["real/in.nfo": "x"])
    try FileManager.default.createSymbolicLink(atPath: files.path + "/link", withDestinationPath: "real")
    try FileManager.default.createSymbolicLink(atPath: files.path + "/real/also.nfo", withDestinationPath: "in.nfo")
    #expect(try Self.names(files.path + "/link") == ["also.nfo", "in.nfo"])
  }

  @Test func saysThatAFolderIsMissing() {
    let error = #expect(throws: PluginError.self) { try NFOFolder(path: "/nonexistent/usher").list { false } }
    #expect(error?.kind == .unavailable)
    #expect(error?.text.contains("/nonexistent/usher") == true)
  }

  @Test func stopsWhenNobodyWaits() throws {
    let files = try Files(["in.nfo": "x"])
    let error = #expect(throws: PluginError.self) { try NFOFolder(path: files.path).list { true } }
    #expect(error?.kind == .cancelled)
  }
}
