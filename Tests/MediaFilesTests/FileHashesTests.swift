import Foundation
import Support
import Testing

@testable import MediaFiles

@Suite struct FileHashesTests {
  private let folder: URL
  private let media: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("media-\(UUID().uuidString)")
    media = folder.appendingPathComponent("media")
    try FileManager.default.createDirectory(
      at: media.appendingPathComponent("Site"), withIntermediateDirectories: true)
  }

  private func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: folder.appendingPathComponent(name))
  }

  private func hashes() -> FileHashes { FileHashes(store: MemoryByteStore(), time: ManualTime()) }

  /// Size plus the words of both blocks, worked out by hand: 256 KiB of ones are 2 × 8192 words of 0x0101…01.
  @Test func theHashIsSizePlusFirstAndLastBlock() async throws {
    try write([UInt8](repeating: 1, count: 262_144), to: "media/Site/a.mp4")
    let words = UInt64(0x0101_0101_0101_0101).multipliedReportingOverflow(by: 16_384).partialValue
    let expected = String(words &+ 262_144, radix: 16)
    let hash = await hashes().hash(of: "Site/a.mp4", in: MediaFolders([media.path]))
    #expect(hash == String(repeating: "0", count: 16 - expected.count) + expected)
  }

  @Test(arguments: [
    "Site/a.mp4", "/Site/a.mp4", "Site\\a.mp4", "Site/./a.mp4", "Site/../Site/a.mp4",
  ])
  func everyWayToWriteThePathFindsTheFile(name: String) async throws {
    try write([UInt8](repeating: 7, count: 200_000), to: "media/Site/a.mp4")
    #expect(await hashes().hash(of: name, in: MediaFolders([media.path])) != nil)
  }

  @Test func anAbsolutePathInsideAFolderIsFound() async throws {
    try write([UInt8](repeating: 7, count: 200_000), to: "media/a.mp4")
    let name = media.appendingPathComponent("a.mp4").path
    #expect(await hashes().hash(of: name, in: MediaFolders([media.path])) != nil)
  }

  @Test func nothingOutsideTheFoldersIsEverRead() async throws {
    try write([UInt8](repeating: 7, count: 200_000), to: "secret.mp4")
    let link = media.appendingPathComponent("link.mp4")
    try FileManager.default.createSymbolicLink(
      at: link, withDestinationURL: folder.appendingPathComponent("secret.mp4"))
    try FileManager.default.createSymbolicLink(
      at: media.appendingPathComponent("up"), withDestinationURL: folder)
    let outside = folder.appendingPathComponent("secret.mp4").path
    for name in ["../secret.mp4", "link.mp4", "up/secret.mp4", outside, "Site/../../secret.mp4"] {
      #expect(await hashes().hash(of: name, in: MediaFolders([media.path])) == nil, "\(name)")
    }
  }

  @Test func whatIsNoFileOrTooSmallGivesNoHint() async throws {
    try write([1, 2, 3], to: "media/small.mp4")
    mkfifo(media.appendingPathComponent("pipe.mp4").path, 0o600)
    let long = String(repeating: "x", count: 5000)
    for name in ["small.mp4", "pipe.mp4", "Site", "missing.mp4", "", "a\u{0}b", long] {
      #expect(await hashes().hash(of: name, in: MediaFolders([media.path])) == nil, "\(name.prefix(20))")
    }
    #expect(await hashes().hash(of: "small.mp4", in: MediaFolders(["/nowhere/at/all"])) == nil)
  }

  @Test func aFileThatChangedIsHashedAnew() async throws {
    let hashes = hashes()
    let folders = MediaFolders([media.path])
    try write([UInt8](repeating: 1, count: 200_000), to: "media/a.mp4")
    let first = await hashes.hash(of: "a.mp4", in: folders)
    #expect(await hashes.hash(of: "a.mp4", in: folders) == first)
    try write([UInt8](repeating: 2, count: 200_001), to: "media/a.mp4")
    #expect(await hashes.hash(of: "a.mp4", in: folders) != first)
  }

  @Test func aKnownFileIsNotReadAgain() async throws {
    let store = MemoryByteStore()
    let time = ManualTime()
    let folders = MediaFolders([media.path])
    try write([UInt8](repeating: 1, count: 200_000), to: "media/a.mp4")
    _ = await FileHashes(store: store, time: time).hash(of: "a.mp4", in: folders)
    // The remembered value, not the content, is what a second program gives.
    var status = stat()
    stat(media.appendingPathComponent("a.mp4").path, &status)
    let key = "\(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec) \(media.path)/a.mp4"
    let marked = StoredValue(bytes: Array("marked".utf8), storedAt: 0, freshUntil: .max)
    await store.store(marked, for: key, in: "oshash")
    #expect(await FileHashes(store: store, time: time).hash(of: "a.mp4", in: folders) == "marked")
  }

  @Test func aDiskThatHangsGivesNoHintInTime() async {
    let disk = DiskThread(maximumWaiting: 1)
    let gate = Semaphore()
    let value = await disk.run(milliseconds: 20) { () -> Int? in
      gate.wait()
      return 1
    }
    #expect(value == nil)
    gate.signal()
    #expect(await disk.run(milliseconds: 5000) { 2 } == 2)
  }
}
