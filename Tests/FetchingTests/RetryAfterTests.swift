import Fetching
import Limits
import Support
import TestSupport
import Testing
import Transport

/// A pause that a service asks for, with everybody waiting: real clock, real HTTP.
@Suite struct RetryAfterTests {
  @Test func everyoneWaitsAndNobodyBursts() async throws {
    let time = SystemTime()
    let arrivals = Lock<[Int64]>([])
    let server = try LoopbackServer { _ in
      let number = arrivals.withLock { arrivals in
        arrivals.append(time.monotonicNanoseconds)
        return arrivals.count
      }
      return number <= 2 ? .json("{}", status: 429, headers: [("Retry-After", "1")]) : .json("{}")
    }
    defer { server.stop() }
    let fetcher = Fetcher(
      client: CurlClient(), store: MemoryByteStore(), time: time, metrics: Metrics(), log: RecordingLogSink(),
      userAgent: "usher/test")
    let host = "127.0.0.1:\(server.port)"
    fetcher.setPolicy(
      FetchPolicy(allowedHosts: [host], plainHTTPHosts: [host], perSecond: 20, burst: 10, concurrent: 2), for: "demo")
    let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<20 {
        let request = FetchRequest(
          source: "demo", url: server.url + "/\(number)", deadline: .after(milliseconds: 20_000, time))
        group.addTask { try await fetcher.fetch(request).status }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(statuses.allSatisfy { $0 == 200 })
    let times = arrivals.withLock { $0 }
    #expect(times.count == 22)
    guard times.count == 22 else { return }
    // Two places, so at most two were under way; the third waits out the pause.
    #expect(times[2] - times[1] >= 900_000_000, "\(times[2] - times[1])")
    // Then one at once and the rest at 20 a second: 50 ms apart, in any window.
    for index in 3..<22 {
      let since = Double(times[index] - times[2]) / 1e9
      #expect(Double(index - 2) <= 1.5 + since * 20, "\(index): \(since)")
    }
  }
}
