import CUsher
import MetadataModel
package import PluginLoading
package import Support

/// What stands behind one plugin's host table: the host's services, and the rules that go with them. From every thread.
package final class HostSide: Sendable {
  let id: String
  let name: PluginName
  let isMediaServer: Bool
  let hasCommands: Bool
  let mayReachUserHosts: Bool
  let settings: PluginSettings
  let services: any HostServices
  let time: any TimeSource
  let log: Log
  /// Requests that the plugin made on behalf of no call, as from `open`; they are refused.
  package let strayRequests = Counter()

  package init(
    _ library: PluginLibrary, settings: PluginSettings, services: any HostServices, time: any TimeSource, log: Log
  ) {
    id = library.id
    name = library.name
    isMediaServer = library.manifest.interfaces.contains(USHER_MEDIA_SERVER)
    hasCommands = library.manifest.interfaces.contains(USHER_COMMANDS)
    mayReachUserHosts = library.manifest.userHosts
    self.settings = settings
    self.services = services
    self.time = time
    self.log = log
  }

  /// `done` runs later on another thread, or at once on this one when the request cannot be made.
  func send(_ call: Call?, _ request: UnsafePointer<usher_http_request>?, _ done: Completion<usher_http_reply>) {
    do throws(PluginError) {
      let call = try current(call)
      let request = try outgoing(request, call)
      let isStarted = call.start { [services, name] in
        let result = await Self.fetch(request, services)
        name.inside { done.finish(result) }
      }
      if !isStarted { throw Self.cancelled }
    } catch {
      done.finish(.failure(error))
    }
  }

  /// `done` has run on this thread when it returns. Blocks.
  func wait(_ call: Call?, _ request: UnsafePointer<usher_http_request>?, _ done: Completion<usher_http_reply>) {
    do throws(PluginError) {
      let call = try current(call)
      let request = try outgoing(request, call)
      done.finish(call.wait { [services] in await Self.fetch(request, services) } ?? .failure(Self.cancelled))
    } catch {
      done.finish(.failure(error))
    }
  }

  func cached(_ key: usher_bytes, _ done: Completion<usher_reply>) {
    guard let key = key.copied(maximum: Self.maximumKeyBytes), !key.isEmpty else {
      return done.finish(.failure(Self.badKey))
    }
    let value = services.cached(key, of: id)
    done.finish(value.map { .success($0) } ?? .failure(PluginError(.notFound, "nothing is kept under this key")))
  }

  func remember(_ value: usher_bytes, for key: usher_bytes, seconds: Int64) -> usher_status {
    guard let key = key.copied(maximum: Self.maximumKeyBytes), !key.isEmpty, let value = value.copied(), seconds >= 0
    else { return USHER_BAD_REQUEST }
    return services.remember(value, for: key, of: id, seconds: seconds) ? USHER_OK : USHER_UNAVAILABLE
  }

  func setting(_ name: String, _ done: Completion<usher_reply>) {
    do throws(PluginError) {
      done.finish(.success(try settings.value(name)))
    } catch {
      done.finish(.failure(error))
    }
  }

  func write(_ level: usher_level, _ text: usher_bytes, _ call: Call?) {
    // A longer text is cut; a size that cannot be is dropped.
    guard text.size > 0, let start = text.data else { return }
    let bytes = UnsafeBufferPointer(start: start, count: min(text.size, 4096))
    let message = String(decoding: bytes, as: UTF8.self)
    let level = LogLevel(rawValue: Int(level)) ?? .info
    guard level >= log.sink.threshold else { return }
    let details = call.map { [(name: "request", value: $0.info.requestID)] } ?? []
    log.sink.write(LogLine(level, log.subject, message, details))
  }

  func current(_ call: Call?) throws(PluginError) -> Call {
    if let call { return call }
    strayRequests.add()
    throw PluginError(.badRequest, "a request needs the call it is made for, and that call must not have ended")
  }

  static let cancelled = PluginError(.cancelled, "nobody waits for this call any more")
  private static let maximumKeyBytes = 4096
  private static let badKey = PluginError(.badRequest, "a key has 1 to \(maximumKeyBytes) bytes")

  private static func fetch(
    _ request: OutgoingRequest, _ services: any HostServices
  ) async -> Result<OutgoingResponse, PluginError> {
    do throws(PluginError) {
      return .success(try await services.fetch(request))
    } catch {
      return .failure(error)
    }
  }

  func outgoing(
    _ pointer: UnsafePointer<usher_http_request>?, _ call: Call
  ) throws(PluginError) -> OutgoingRequest {
    guard let request = PluginRequest(pointer) else {
      throw PluginError(.badRequest, "the request is NULL, or its struct_size is not that of usher_http_request")
    }
    guard let url = request.url, (1...16_384).contains(url.utf8.count), url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
    else { throw PluginError(.badRequest, "the URL is missing, or longer than 16 KiB, or has spaces in it") }
    guard (1...16).contains(request.method.utf8.count), request.method.utf8.allSatisfy({ (0x41...0x5A).contains($0) })
    else { throw PluginError(.badRequest, "the method must be one like \"GET\"") }
    guard let headers = request.headers, let body = request.body, request.freshForSeconds >= 0,
      request.timeoutMilliseconds >= 0
    else {
      let path = Substring(url.unicodeScalars.prefix { $0 != "?" })
      throw PluginError(.badRequest, "headers, body, fresh_for_s or timeout_ms of the request to \(path) is wrong")
    }
    return OutgoingRequest(
      plugin: id, method: request.method, url: url, headers: try Headers.read(headers), body: body,
      freshForSeconds: request.freshForSeconds, timeoutMilliseconds: request.timeoutMilliseconds,
      userOrigins: call.userOrigins, keepsRedirect: request.keepsRedirect, call: call.info)
  }
}

/// The parts of a `usher_http_request`, copied; nil where one is no memory.
struct PluginRequest {
  var method: String
  var url: String?
  var headers: [UInt8]?
  var body: [UInt8]?
  var freshForSeconds: Int64
  /// 0 when it is too small to have one.
  var timeoutMilliseconds: Int64
  /// False when it is too small to say so.
  var keepsRedirect: Bool

  private static let firstSize = MemoryLayout<usher_http_request>.offset(of: \.timeout_ms) ?? 64

  /// Nil when there is no request, or it is smaller than its first version.
  init?(_ pointer: UnsafePointer<usher_http_request>?) {
    // Only the size may be read before it is known that the rest is there.
    guard let pointer else { return nil }
    let bytes = UnsafeRawPointer(pointer)
    let size = Int(bytes.load(as: UInt32.self))
    guard size >= Self.firstSize else { return nil }
    var request = usher_http_request()
    withUnsafeMutableBytes(of: &request) { $0.copyMemory(from: .init(start: bytes, count: min(size, $0.count))) }
    method = request.method.map { String(cString: $0) } ?? ""
    url = request.url.map { String(cString: $0) }
    headers = request.headers.copied()
    body = request.body.copied()
    freshForSeconds = request.fresh_for_s
    timeoutMilliseconds = request.timeout_ms
    keepsRedirect = request.keep_redirect != 0
  }
}

extension Call {
  /// Does `work` in a Task that ends with this call, and blocks the thread until then; nil when the call is over.
  func wait<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) -> Value? {
    let value = Lock<Value?>(nil)
    let isDone = Semaphore()
    let isStarted = start {
      let result = await work()
      value.withLock { $0 = result }
      isDone.signal()
    }
    guard isStarted else { return nil }
    isDone.wait()
    return value.withLock { $0 }
  }
}
