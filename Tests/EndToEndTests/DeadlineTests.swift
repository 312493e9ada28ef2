import Foundation
import TestSupport
import Testing

/// What happens when a service does not answer. Slow by nature, so few.
@Suite(.serialized) @OwnThread struct DeadlineTests {
  @Test func line23AServiceThatHangsEndsInAnErrorLongBeforePlexHangsUp() throws {
    let server = try LoopbackServer { _ in .hang(milliseconds: 120_000) }
    defer { server.stop() }
    let usher = try UsherProgram(configuration: Configurations.tvmaze(at: server.url))
    let running = try usher.serve()
    let started = Date()
    let hints = #"{"type":2,"title":"A Show That Hangs","year":2001}"#
    let answer = try LoopbackClient(port: running.port, seconds: 90).send(
      "POST", "/tv/library/metadata/matches", body: Array(hints.utf8))
    #expect((500...599).contains(answer.status), "\(answer.text)")
    #expect(Date().timeIntervalSince(started) < 85)
    #expect(try running.client().send("GET", "/tv").status == 200)
    running.stop()
  }
}
