import Foundation
import TestSupport
import Testing

/// A media server that hangs up, as when somebody closes the window before the answer is there.
@Suite(.serialized) @OwnThread struct HangUpTests {
  @Test func whatNobodyElseWaitsForEndsSoonAfterTheClientHungUp() throws {
    let service = try LoopbackServer { _ in .hang(milliseconds: 120_000) }
    defer { service.stop() }
    let usher = try UsherProgram(configuration: Configurations.tvmaze(at: service.url))
    let running = try usher.serve()
    var client: LoopbackClient? = try running.client()
    try client?.sendRaw(Self.question)
    #expect(eventually { service.requests.count == 1 })
    let other = try running.client()
    client = nil
    // A service that hangs would end the request by itself only after ten seconds, as one that failed.
    #expect(
      eventually {
        let metrics = try? other.send("GET", "/metrics").text
        return metrics?.contains(#"route="matches",status="499"} 1"#) == true
      })
    // Had the fetch gone on, who asks the same would share it.
    client = try running.client()
    try client?.sendRaw(Self.question)
    #expect(eventually { service.requests.count == 2 })
    client = nil
    running.stop()
  }

  private static let question: [UInt8] = {
    let hints = #"{"type":2,"title":"A Show That Hangs","year":2001}"#
    let head = "POST /tv/library/metadata/matches HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    return Array((head + "Content-Length: \(hints.utf8.count)\r\n\r\n" + hints).utf8)
  }()

  /// Whether `condition` becomes true within five seconds.
  private func eventually(_ condition: () -> Bool) -> Bool {
    let end = Date() + 5
    while Date() < end {
      if condition() { return true }
      usleep(20_000)
    }
    return condition()
  }
}
