import Foundation
import Support
import TestSupport
import Testing

/// The built program listening to a media server.
@Suite(.serialized) @OwnThread struct PlexWatchTests {
  private let plex: FakePlexServer
  private let usher: UsherProgram

  init() throws {
    usher = try UsherProgram(configuration: Configurations.demo)
    plex = try FakePlexServer()
    plex.addMovies(3)
    let connect = try usher.run(["plex", "connect", "--url", plex.url, "--token", plex.ownerToken])
    #expect(connect.status == 0, "\(connect.errors)")
  }

  /// The program, running.
  private final class Watch: Sendable {
    private let text = Lock("")
    private let isOver = Semaphore()
    private let process: Lock<Process>

    init(_ usher: UsherProgram, _ arguments: [String]) throws {
      let process = usher.process(["plex", "watch"] + arguments)
      let output = Pipe()
      process.standardOutput = output
      process.standardError = output
      try process.run()
      self.process = Lock(process)
      Thread.start("watch") { [text, isOver] in
        while case let chunk = output.nextData(), !chunk.isEmpty {
          text.withLock { $0 += String(decoding: chunk, as: UTF8.self) }
        }
        isOver.signal()
      }
    }

    var said: String { text.withLock { $0 } }

    func waits(for isTrue: (String) -> Bool) -> Bool {
      for _ in 0..<3000 {
        if isTrue(said) { return true }
        usleep(10_000)
      }
      return false
    }

    /// After a signal, or when it ends by itself.
    func end(_ signal: Int32? = nil) -> Int32 {
      let process = process.withLock { $0 }
      if let signal { kill(process.processIdentifier, signal) }
      isOver.wait()
      process.waitUntilExit()
      return process.terminationStatus
    }
  }

  @Test func newItemsAreSyncedWhenTheServerTellsOfThem() throws {
    defer { plex.stop() }
    let watch = try Watch(usher, ["--settle", "0", "--times", "2"])
    #expect(watch.waits { $0.contains("Movies: 3 added") })
    plex.change([2]) { $0.updatedAt = 1_700_900_000 }
    plex.announce([2])
    #expect(watch.end() == 0)
    #expect(watch.said.contains("Movies: 0 added, 1 updated") && !watch.said.contains(plex.ownerToken), "\(watch.said)")
  }

  @Test func aSignalEndsTheWatchThoughTheStreamGoesOn() throws {
    defer { plex.stop() }
    let watch = try Watch(usher, [])
    #expect(watch.waits { $0.contains("Movies: 3 added") })
    let start = ContinuousClock.now
    #expect(watch.end(SIGINT) == 130)
    #expect(ContinuousClock.now - start < .seconds(30))
  }
}
