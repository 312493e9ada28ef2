import Foundation
import Glibc
import MetadataModel
import PluginHosting
import PluginLoading
import Support
import Testing

struct CrashRecordTests {
  /// A folder of the test's own, with a copy of the plugin in it.
  private func folder() async throws -> String {
    let library = try await blocking { () throws in try FacesPlugin.library() }
    let folder = BuiltPlugin.path("")
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    try FileManager.default.copyItem(atPath: library, toPath: folder + "/libFaces.so")
    return folder
  }

  private func load(_ folder: String) async -> TestHost {
    await TestHost([PluginEntry(id: "faces", library: folder + "/libFaces.so")], crashRecord: folder + "/crashed")
  }

  @Test(
    "A plugin that crashed the host is left out until its library changes", arguments: ["crash", "overflow"])
  func crash(_ title: String) async throws {
    let folder = try await folder()
    await #expect(processExitsWith: .signal(SIGSEGV)) {
      [folder = folder as String, title = title as String] in
      let host = PluginHost(
        services: FakeServices(), log: RecordingLogSink(), time: SystemTime(), crashRecord: folder + "/crashed")
      host.load([PluginEntry(id: "faces", library: folder + "/libFaces.so")])
      var request = MatchRequest(kind: .movie)
      request.title = title
      _ = try await host.source("faces")?.match(request, .within())
    }
    #expect(try String(contentsOfFile: folder + "/crashed", encoding: .utf8) == "faces\n")

    for _ in 0..<2 {
      let status = try #require(await load(folder).status("faces"))
      #expect(status.state == .failed)
      #expect(status.reason.contains("libFaces.so is left out because it crashed the host at 20"), "\(status.reason)")
      #expect(status.reason.contains("replace the library or delete \(folder)/crashed-plugins.json"))
    }

    // The same bytes, but another file.
    try FileManager.default.moveItem(atPath: folder + "/libFaces.so", toPath: folder + "/old.so")
    try FileManager.default.copyItem(atPath: folder + "/old.so", toPath: folder + "/libFaces.so")
    #expect(await load(folder).status("faces")?.state == .ready)
  }

  @Test func aLibraryReplacedSinceTheCrashIsLoaded() async throws {
    let folder = try await folder()
    try "faces\n".write(toFile: folder + "/crashed", atomically: true, encoding: .utf8)
    var times = [timespec(tv_sec: 1_000_000, tv_nsec: 0), timespec(tv_sec: 1_000_000, tv_nsec: 0)]
    utimensat(AT_FDCWD, folder + "/crashed", &times, 0)
    #expect(await load(folder).status("faces")?.state == .ready)
  }

  @Test(
    "Files that say nonsense leave every plugin in",
    arguments: ["", "\n\n", "nobody\n", String(repeating: "\u{0}", count: 5000)])
  func nonsense(_ text: String) async throws {
    let folder = try await folder()
    try text.write(toFile: folder + "/crashed", atomically: true, encoding: .utf8)
    try text.write(toFile: folder + "/crashed-plugins.json", atomically: true, encoding: .utf8)
    #expect(await load(folder).status("faces")?.state == .ready)
  }
}
