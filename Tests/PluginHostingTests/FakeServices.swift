import MetadataModel
import PluginCalls
import PluginHosting
import PluginLoading
import Support

/// Services made of closures, and a cache in memory. A request without a canned answer is `.unavailable`.
final class FakeServices: HostServices {
  typealias Fetch = @Sendable (OutgoingRequest) async throws(PluginError) -> OutgoingResponse
  typealias Ask = @Sendable (String, [UInt8], Provider, CallInfo) async throws(PluginError) -> [UInt8]

  private let onFetch: Fetch
  private let onAsk: Ask
  private let seen = Lock<[OutgoingRequest]>([])
  private let kept = Lock<[[UInt8]: [UInt8]]>([:])

  init(
    fetch: @escaping Fetch = { request throws(PluginError) in
      throw PluginError(.unavailable, "no answer for \(request.url)")
    },
    ask: @escaping Ask = { operation, _, _, _ throws(PluginError) in
      throw PluginError(.unavailable, "no answer for \(operation)")
    }
  ) {
    onFetch = fetch
    onAsk = ask
  }

  /// Requests so far.
  var requests: [OutgoingRequest] { seen.withLock { $0 } }

  func fetch(_ request: OutgoingRequest) async throws(PluginError) -> OutgoingResponse {
    seen.withLock { $0.append(request) }
    return try await onFetch(request)
  }

  func cached(_ key: [UInt8], of plugin: String) -> [UInt8]? { kept.withLock { $0[key] } }

  func remember(_ value: [UInt8], for key: [UInt8], of plugin: String, seconds: Int64) -> Bool {
    kept.withLock { $0[key] = seconds == 0 ? nil : value }
    return true
  }

  func ask(
    _ operation: String, _ request: [UInt8], provider: Provider, call: CallInfo
  ) async throws(PluginError) -> [UInt8] {
    try await onAsk(operation, request, provider, call)
  }

  /// Waits until the Task is cancelled, as a service does that never answers.
  static let hang: Fetch = { _ throws(PluginError) in
    try? await Task.sleep(for: .seconds(60))
    throw PluginError(.cancelled, "given up")
  }

  /// Answers each request with a status and a body.
  static func answering(_ status: Int, _ body: String = "") -> Fetch {
    { _ throws(PluginError) in OutgoingResponse(status: status, headers: [("x-a", "b")], body: Array(body.utf8)) }
  }
}

/// A host with plugins in it, as tests want it.
struct TestHost {
  let host: PluginHost
  let log = RecordingLogSink()
  let services: FakeServices

  init(
    _ entries: [PluginEntry], services: FakeServices = FakeServices(), time: any TimeSource = SystemTime(),
    limits: HostingLimits = HostingLimits(), crashRecord: String? = nil
  ) async {
    self.services = services
    let host = PluginHost(services: services, log: log, time: time, limits: limits, crashRecord: crashRecord)
    self.host = host
    await blocking { host.load(entries) }
  }

  func status(_ id: String = "sample") -> PluginStatus? { host.statuses.first { $0.id == id } }
}

extension CallInfo {
  static func within(_ milliseconds: Int64 = 10_000, _ time: any TimeSource = SystemTime()) -> CallInfo {
    CallInfo(requestID: "r1", deadline: .after(milliseconds: milliseconds, time), urgency: .interactive)
  }
}

/// The error of a call that must fail.
func failure<Value>(_ work: () async throws(PluginError) -> Value) async -> PluginError? {
  do throws(PluginError) {
    _ = try await work()
    return nil
  } catch {
    return error
  }
}

/// Runs what blocks on a thread of its own, so that tests do not hold up each other.
func blocking<Value: Sendable, Failure: Error>(
  _ work: @escaping @Sendable () throws(Failure) -> Value
) async throws(Failure) -> Value {
  let result: Result<Value, Failure> = await withCheckedContinuation { continuation in
    let isStarted = Thread.start("blocking") {
      do throws(Failure) {
        continuation.resume(returning: .success(try work()))
      } catch {
        continuation.resume(returning: .failure(error))
      }
    }
    precondition(isStarted)
  }
  return try result.get()
}
