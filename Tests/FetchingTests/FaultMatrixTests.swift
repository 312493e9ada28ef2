import Fetching
import Foundation
import Limits
import Storage
import Support
import TestSupport
import Testing
import Transport

/// Every fault of a service, with nothing kept, with a fresh and with an old response: over HTTP, with libcurl and
/// SQLite. What the asker gets, when, and what is kept afterwards.
@Suite struct FaultMatrixTests {
  enum Kept: CaseIterable { case nothing, fresh, old }

  private static let good = #"{"id":1,"name":"Harbor Lights"}"#
  private static let limit: Duration = .seconds(6)

  @Test(arguments: ServiceFault.allCases, Kept.allCases)
  func theAnswerItsTimeAndWhatIsKept(fault: ServiceFault, kept: Kept) async throws {
    let rig = try FaultRig(good: Self.good)
    defer { rig.close() }
    if kept != .nothing {
      _ = try await rig.fetch()
      rig.server.forgetRequests()
    }
    if kept == .old { rig.time.shift.withLock { $0 = 30 * 86_400_000 } }
    rig.fault.withLock { $0 = fault }

    let started = ContinuousClock.now
    let outcome = await rig.outcome()
    let duration = ContinuousClock.now - started
    #expect(duration < Self.limit, "\(duration)")

    switch kept {
    case .nothing:
      #expect(Self.isExpected(outcome, fault), "\(outcome)")
      #expect(try rig.keptBodies() == (fault == .wrongTypes ? [text(Self.body(of: fault))] : []))
    case .fresh:
      #expect(try outcome.get().origin == .cache)
      #expect(rig.server.requests.isEmpty && duration < .seconds(1))
      #expect(try rig.keptBodies() == [Self.good])
    case .old where fault == .wrongTypes || fault == .expiredToken:
      // Answers, as far as one can see without knowing the service.
      #expect(Self.isExpected(outcome, fault), "\(outcome)")
      #expect(try rig.keptBodies() == [fault == .wrongTypes ? text(Self.body(of: fault)) : Self.good])
    case .old:
      let response = try outcome.get()
      #expect(response.origin == .stale && response.status == 200 && text(response.body) == Self.good)
      #expect(try rig.keptBodies() == [Self.good])
    }
    // libcurl asks once more by itself when a connection from before turns out to be dead.
    let most = fault == .redirectLoop ? 6 : fault == .reset && kept == .old ? 4 : 3
    #expect(rig.server.requests.count <= most)

    // Nothing of it stays: once the service is well, a new process gets its answer.
    rig.fault.withLock { $0 = nil }
    guard fault != .wrongTypes else { return }
    let after = rig.makeFetcher()
    let response = try await after.fetch(rig.request())
    #expect(response.status == 200 && text(response.body) == Self.good)
  }

  private static func body(of fault: ServiceFault) -> [UInt8] {
    guard case .response(_, _, let body) = fault.reply else { return [] }
    return body
  }

  /// Without anything kept.
  private static func isExpected(_ outcome: Result<FetchResponse, FetchError>, _ fault: ServiceFault) -> Bool {
    switch (fault, outcome) {
    case (.tooManyWithRetryAfter, .success(let response)), (.tooManyWithoutRetryAfter, .success(let response)):
      response.status == 429
    case (.status500, .success(let response)): response.status == 500
    case (.status503, .success(let response)): response.status == 503
    case (.expiredToken, .success(let response)): response.status == 401
    case (.wrongTypes, .success(let response)): response.status == 200
    case (.hang, .failure(.timedOut)), (.trickle, .failure(.timedOut)): true
    case (.reset, .failure(.connection)), (.truncated, .failure(.connection)): true
    case (.truncatedChunks, .failure(.connection)), (.garbage, .failure(.connection)): true
    case (.halfJSON, .failure(.unusable)), (.htmlWith200, .failure(.unusable)): true
    case (.htmlWith403, .failure(.unusable)), (.htmlWith404, .failure(.unusable)): true
    case (.htmlWith410, .failure(.unusable)): true
    case (.image, .failure(.unusable)), (.emptyJSON, .failure(.unusable)): true
    case (.huge, .failure(.tooLarge)), (.hugeSaid, .failure(.tooLarge)), (.gzipBomb, .failure(.tooLarge)): true
    case (.redirectLoop, .failure(.tooManyRedirects)): true
    case (.foreignRedirect, .failure(.misdirected)), (.fileRedirect, .failure(.misdirected)): true
    default: false
    }
  }
}

/// The machine's clock, with a time of day that can be moved ahead.
private final class ShiftedTime: TimeSource {
  let shift = Lock<Int64>(0)
  private let real = SystemTime()

  var wallMilliseconds: Int64 { real.wallMilliseconds + shift.withLock { $0 } }
  var monotonicNanoseconds: Int64 { real.monotonicNanoseconds }
}

/// A service, and a fetcher with real clock, libcurl and SQLite; limits are short.
private struct FaultRig {
  let time = ShiftedTime()
  let fault = Lock<ServiceFault?>(nil)
  let server: LoopbackServer
  private let folder: URL
  private let database: Database
  private let store: KeyValueStore
  private let fetcher: Lock<Fetcher?> = Lock(nil)

  init(good: String) throws {
    let fault = fault
    server = try LoopbackServer { _ in fault.withLock { $0 }?.reply ?? .json(good) }
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("usher-faults-\(UUID().uuidString)")
    let log = Log(RecordingLogSink(), subject: "store")
    database = try Database(
      path: folder.appendingPathComponent("usher.sqlite").path, migrations: KeyValueStore.migrations, log: log)
    store = KeyValueStore(database: database, time: time, log: log)
    let first = makeFetcher()
    fetcher.withLock { $0 = first }
  }

  func makeFetcher() -> Fetcher {
    var limits = CurlLimits()
    limits.trickleSeconds = 1
    let fetcher = Fetcher(
      client: CurlClient(limits: limits), store: store, time: time, metrics: Metrics(), log: RecordingLogSink(),
      userAgent: "usher/test", jitter: { _ in 0 })
    let host = "127.0.0.1:\(server.port)"
    let policy = FetchPolicy(
      allowedHosts: [host], plainHTTPHosts: [host], perSecond: 100, burst: 100, silenceMilliseconds: 1000)
    fetcher.setPolicy(policy, for: "demo")
    return fetcher
  }

  func request() -> FetchRequest {
    FetchRequest(
      source: "demo", url: server.url + "/shows/1", freshForSeconds: 86_400,
      deadline: .after(milliseconds: 5_000, time))
  }

  func fetch() async throws(FetchError) -> FetchResponse {
    guard let fetcher = fetcher.withLock({ $0 }) else { throw .unknownSource("demo") }
    return try await fetcher.fetch(request())
  }

  func outcome() async -> Result<FetchResponse, FetchError> {
    do throws(FetchError) { return .success(try await fetch()) } catch { return .failure(error) }
  }

  /// The bodies in the database; each follows an empty line.
  func keptBodies() throws -> [String] {
    try database.readNow { connection in
      try connection.rows("SELECT value FROM entries WHERE space = 'response/demo'") { row in
        text(row.bytes(0)).components(separatedBy: "\n\n").last ?? ""
      }
    }
  }

  func close() {
    server.stop()
    database.close()
    try? FileManager.default.removeItem(at: folder)
  }
}
