import Foundation
import TestSupport
import Testing

/// Films that are found by the hash of their file, whatever it is called.
@Suite(.serialized) @OwnThread struct FileHashTests {
  /// The hash under which the service knows a film.
  private static let hash: UInt64 = 0x0123_4567_89ab_cdef
  private static let movie = "tpdb-movie-20000000-0000-4000-8000-000000000700"

  private let folder: URL
  private let stage: SourceStage

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("usher-media-\(UUID().uuidString)")
    let media = folder.appendingPathComponent("media")
    try FileManager.default.createDirectory(at: media, withIntermediateDirectories: true)
    let fake = FakeTPDB()
    stage = try SourceStage(
      "tpdb", settings: ["apiKey": FakeTPDB.key], adult: true, mediaFolders: [media.path], secrets: { [FakeTPDB.key] }
    ) { fake.reply(to: $0) }
  }

  /// 200 KiB of nothing, with the one word that makes up the hash: the size, plus the words of both ends.
  private func write(to name: String) throws {
    var bytes = Data(count: 200 << 10)
    withUnsafeBytes(of: (Self.hash &- UInt64(bytes.count)).littleEndian) { bytes.replaceSubrange(0..<8, with: $0) }
    try bytes.write(to: folder.appendingPathComponent(name))
  }

  private func match(_ file: String) throws -> (keys: [String], asksByHash: Bool) {
    let running = try stage.usher.serve()
    let found = try stage.plex(running, "/movie").match(["type": 1, "title": "Clip 0001", "filename": file])
    #expect(running.stop() == 0)
    let asksByHash = stage.server.requests.contains { $0.path == "/movies/hash/0123456789abcdef" }
    #expect(asksByHash == stage.server.requests.contains { $0.path.contains("hash") || $0.query.contains("hash") })
    #expect(!running.logText.contains(" error "), "\(running.logText)")
    return (found.compactMap { $0["ratingKey"] as? String }, asksByHash)
  }

  @Test(arguments: ["clips/clip 0001.mp4", "/clips/clip 0001.mp4"])
  func aFilmIsFoundByItsFileThoughTheNameSaysNothing(file: String) throws {
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("media/clips"), withIntermediateDirectories: true)
    try write(to: "media/clips/clip 0001.mp4")
    let found = try match(file)
    #expect(found.keys == [Self.movie])
    #expect(found.asksByHash)
  }

  @Test func theAnswerForTheHashIsRememberedWithTheMatch() throws {
    try write(to: "media/clip 0001.mp4")
    #expect(try match("clip 0001.mp4").keys == [Self.movie])
    stage.server.forgetRequests()
    let again = try match("clip 0001.mp4")
    #expect(again.keys == [Self.movie])
    #expect(stage.server.requests.isEmpty)
  }

  @Test(arguments: ["link.mp4", "up/secret.mp4", "../secret.mp4", "clips/../../secret.mp4", "nowhere.mp4"])
  func whatLiesElsewhereGivesNoHintAndNoError(file: String) throws {
    try write(to: "secret.mp4")
    let media = folder.appendingPathComponent("media")
    try FileManager.default.createSymbolicLink(
      at: media.appendingPathComponent("link.mp4"), withDestinationURL: folder.appendingPathComponent("secret.mp4"))
    try FileManager.default.createSymbolicLink(at: media.appendingPathComponent("up"), withDestinationURL: folder)
    let found = try match(file)
    #expect(found.keys == [])
    #expect(!found.asksByHash)
  }
}

/// The same, for files whose place on this machine `usher plex paths` knows.
@Suite(.serialized) @OwnThread struct MappedFileHashTests {
  private static let hash: UInt64 = 0x0123_4567_89ab_cdef
  private let folder: URL
  private let stage: SourceStage
  private let plex: FakePlexServer

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("usher-media-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("clips/one"), withIntermediateDirectories: true)
    for name in ["clips/one/clip 0001.mp4", "secret.mp4"] {
      var bytes = Data(count: 200 << 10)
      withUnsafeBytes(of: (Self.hash &- UInt64(bytes.count)).littleEndian) { bytes.replaceSubrange(0..<8, with: $0) }
      try bytes.write(to: folder.appendingPathComponent(name))
    }
    try FileManager.default.createSymbolicLink(
      at: folder.appendingPathComponent("clips/link.mp4"),
      withDestinationURL: folder.appendingPathComponent("secret.mp4"))
    let fake = FakeTPDB()
    stage = try SourceStage("tpdb", settings: ["apiKey": FakeTPDB.key], adult: true, secrets: { [FakeTPDB.key] }) {
      fake.reply(to: $0)
    }
    plex = try FakePlexServer()
    plex.addSection(.movie, "Clips", roots: ["/media/clips"])
    let connect = try stage.usher.run(["plex", "connect", "--url", plex.url, "--token", plex.ownerToken])
    #expect(connect.status == 0, "\(connect.errors)")
  }

  private func paths(_ words: String...) throws {
    let outcome = try stage.usher.run(["plex", "paths"] + words)
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  /// Whether the film was found by the hash of the file.
  private func isFound(_ running: RunningUsher, _ file: String, _ title: String = "Clip 0001") throws -> Bool {
    let found = try stage.plex(running, "/movie").match(["type": 1, "title": title, "filename": file])
    return found.compactMap { $0["ratingKey"] as? String } == ["tpdb-movie-20000000-0000-4000-8000-000000000700"]
  }

  @Test(arguments: [
    ("/media/clips", "one/clip 0001.mp4"), ("/media/clips", "/one/clip 0001.mp4"),
    ("/media/clips", "/media/clips/one/clip 0001.mp4"), ("D:\\Clips", "D:\\Clips\\one\\clip 0001.mp4"),
    ("\\\\nas\\clips", "\\\\NAS\\Clips\\one\\clip 0001.mp4"),
  ])
  func aFilmIsFoundByItsFileWhereTheServersFolderLiesHere(from: String, file: String) throws {
    defer { plex.stop() }
    try paths("add", from, folder.appendingPathComponent("clips").path)
    let running = try stage.usher.serve()
    #expect(try isFound(running, file))
    #expect(stage.server.requests.contains { $0.path == "/movies/hash/0123456789abcdef" })
    #expect(stage.server.requests.allSatisfy { !$0.target.contains(folder.lastPathComponent) })
    #expect(running.stop() == 0)
  }

  @Test func aRuleCountsFromTheMomentItIsMadeAndNothingOutsideItsFolderIsRead() throws {
    defer { plex.stop() }
    let running = try stage.usher.serve()
    #expect(try !isFound(running, "one/clip 0001.mp4"))
    try paths("add", "/media/clips", folder.appendingPathComponent("clips").path)
    #expect(try isFound(running, "one/clip 0001.mp4", "Clip 0002"))
    for file in ["../secret.mp4", "link.mp4", "/media/clips/../secret.mp4", folder.path + "/secret.mp4"] {
      #expect(try !isFound(running, file, "Clip 0003"), "\(file)")
    }
    try paths("remove", "/media/clips")
    #expect(try !isFound(running, "one/clip 0001.mp4", "Clip 0004"))
    #expect(running.stop() == 0)
  }
}
