import Fetching
import Limits
import Support
import TestSupport
import Transport

/// Does not wait: moves the clock instead, and keeps for how long.
final class RecordingSleeper: Sleeper {
  private let time: ManualTime
  private let kept = Lock<[Int64]>([])

  init(_ time: ManualTime) { self.time = time }

  var milliseconds: [Int64] { kept.withLock { $0 } }

  func sleep(milliseconds: Int64) async throws {
    try Task.checkCancellation()
    kept.withLock { $0.append(milliseconds) }
    time.advance(milliseconds: milliseconds)
  }
}

/// A fetcher with a clock that stands still. Backoff takes as long as it may, or what `jitter` makes of that.
struct FetchRig {
  let time: ManualTime
  let sleeper: RecordingSleeper
  let store: MemoryByteStore
  let metrics = Metrics()
  let log = RecordingLogSink()
  let fetcher: Fetcher

  init(
    client: any HTTPClient = CurlClient(), store: MemoryByteStore = MemoryByteStore(), time: ManualTime = ManualTime(),
    jitter: @escaping @Sendable (Int64) -> Int64 = { $0 }
  ) {
    self.time = time
    sleeper = RecordingSleeper(time)
    self.store = store
    fetcher = Fetcher(
      client: client, store: store, time: time, metrics: metrics, log: log, userAgent: "usher/test", sleeper: sleeper,
      jitter: jitter)
  }

  /// Lets the source "demo" fetch from `server` over plain http.
  func allow(
    _ server: LoopbackServer, perSecond: Double = 100, burst: Int = 100, concurrent: Int = 32,
    silenceMilliseconds: Int64 = 30_000, timeoutMilliseconds: Int64 = 30_000, responseLimit: Int = 1 << 20
  ) {
    let host = "127.0.0.1:\(server.port)"
    let policy = FetchPolicy(
      allowedHosts: [host], plainHTTPHosts: [host], perSecond: perSecond, burst: burst, concurrent: concurrent,
      silenceMilliseconds: silenceMilliseconds, timeoutMilliseconds: timeoutMilliseconds, responseLimit: responseLimit)
    fetcher.setPolicy(policy, for: "demo")
  }

  func request(
    _ url: String, method: String = "GET", headers: [(name: String, value: String)] = [], body: [UInt8] = [],
    freshFor: Int64 = 0, within milliseconds: Int64 = 30_000
  ) -> FetchRequest {
    FetchRequest(
      source: "demo", method: method, url: url, headers: headers, body: body, freshForSeconds: freshFor,
      deadline: .after(milliseconds: milliseconds, time), requestID: "r1")
  }

  func fetch(
    _ url: String, method: String = "GET", headers: [(name: String, value: String)] = [], body: [UInt8] = [],
    freshFor: Int64 = 0, within milliseconds: Int64 = 30_000
  ) async throws(FetchError) -> FetchResponse {
    let request = request(
      url, method: method, headers: headers, body: body, freshFor: freshFor, within: milliseconds)
    return try await fetcher.fetch(request)
  }

  /// The error of a fetch; nil when it went well.
  func failure(
    _ url: String, method: String = "GET", headers: [(name: String, value: String)] = [], body: [UInt8] = [],
    freshFor: Int64 = 0, within milliseconds: Int64 = 30_000
  ) async -> FetchError? {
    await failure(
      request(url, method: method, headers: headers, body: body, freshFor: freshFor, within: milliseconds))
  }

  func failure(_ request: FetchRequest) async -> FetchError? {
    do throws(FetchError) {
      _ = try await fetcher.fetch(request)
      return nil
    } catch {
      return error
    }
  }

  func upstreamCount(_ outcome: String) -> Int {
    metrics.counter("usher_upstream_requests_total", help: "", labels: ["source": "demo", "outcome": outcome]).value
  }

  func lookups(_ tier: String, _ outcome: String) -> Int {
    metrics.counter("usher_cache_lookups_total", help: "", labels: ["tier": tier, "outcome": outcome]).value
  }
}

/// Waits for something that other tasks are about to make true; false after ten seconds.
func eventually(_ isTrue: () -> Bool) async -> Bool {
  for _ in 0..<5000 {
    if isTrue() { return true }
    try? await Task.sleep(for: .milliseconds(2))
  }
  return isTrue()
}

/// Holds everyone back until opened.
final class Gate: Sendable {
  private let state = Lock<(isOpen: Bool, held: [CheckedContinuation<Void, Never>])>((false, []))

  /// How many are held back.
  var held: Int { state.withLock { $0.held.count } }

  func wait() async {
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        if !state.isOpen { state.held.append(continuation) }
        return state.isOpen
      }
      if isOpen { continuation.resume() }
    }
  }

  func open() {
    let held = state.withLock { state in
      defer { state = (true, []) }
      return state.held
    }
    for continuation in held { continuation.resume() }
  }
}

func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
