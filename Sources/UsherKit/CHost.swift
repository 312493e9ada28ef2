import CUsher
import MetadataModel

/// The host's C table, as `HostInterface` shows it to a plugin: for `open`, or for one call.
final class CHost: HostInterface, @unchecked Sendable {
  // Sendable is right because the table and its functions marked [any] may be used from every thread between open and
  // close, and `call` is touched only under its lock, which also keeps the call from ending meanwhile.
  let table: UnsafePointer<usher_host>
  let call: Guarded<OpaquePointer?>
  let isOpening: Bool

  /// For `open`: no call, so no network, no deadline, never cancelled.
  init(opening table: UnsafePointer<usher_host>) {
    self.table = table
    call = Guarded(nil)
    isOpening = true
  }

  /// For one call; `end` must follow before the call returns.
  init(_ table: UnsafePointer<usher_host>, call: OpaquePointer) {
    self.table = table
    // Safe: the pointer is kept in one place, under the lock.
    nonisolated(unsafe) let held: OpaquePointer? = call
    self.call = Guarded(held)
    isOpening = false
  }

  /// From now on every use is answered as cancelled: a context that was kept too long does no harm.
  func end() { call.withLock { $0 = nil } }

  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    guard !isOpening else { throw PluginError(.unsupported, "no network while opening") }
    guard let sendRequest = table.function(\.http_send) else {
      throw PluginError(.unsupported, "this host offers no network")
    }
    guard !isCancelled, !Task.isCancelled else { throw Self.cancelled }
    return try await withCheckedThrowingContinuation { continuation in
      withRequest(request) { request in
        let isSent = call.withLock { call in
          guard let call else { return false }
          let pending = Unmanaged.passRetained(PendingResponse(continuation)).toOpaque()
          sendRequest(table, call, &request, PendingResponse.done, pending)
          return true
        }
        if !isSent { continuation.resume(throwing: Self.cancelled) }
      }
    }
  }

  func setting(_ name: String) -> [UInt8]? {
    guard let read = table.function(\.config_get) else { return nil }
    return try? Answer.of { done, context in read(table, name, done, context) }
  }

  func cached(_ key: String) -> [UInt8]? {
    guard let read = table.function(\.cache_get) else { return nil }
    return try? Answer.of { done, context in usher_bytes.lend(key) { read(table, $0, done, context) } }
  }

  func remember(_ value: [UInt8], for key: String, seconds: Int) {
    guard let keep = table.function(\.cache_put) else { return }
    usher_bytes.lend(key) { key in
      // What cannot be kept is asked for again: the host has logged why.
      usher_bytes.lend(value) { value in _ = keep(table, key, value, Int64(max(0, seconds))) }
    }
  }

  func log(_ level: PluginLogLevel, _ text: String) {
    guard let log = table.function(\.log) else { return }
    usher_bytes.lend(text) { text in call.withLock { log(table, $0, level.rawValue, text) } }
  }

  var nowMilliseconds: Int64 { table.function(\.now_ms)?(table) ?? 0 }

  var remainingMilliseconds: Int64 {
    guard !isOpening, let remaining = table.function(\.remaining_ms) else { return .max }
    return call.withLock { call in call.map { remaining($0) } ?? 0 }
  }

  var isCancelled: Bool {
    guard !isOpening, let isCancelled = table.function(\.is_cancelled) else { return false }
    return call.withLock { call in call.map { isCancelled($0) } ?? true }
  }

  func dataDirectory() throws -> String {
    guard let path = table.service(USHER_DATA_DIRECTORY, usher_data_directory.self)?.function(\.path) else {
      throw PluginError(.unsupported, "this host does not offer \(USHER_DATA_DIRECTORY)")
    }
    return String(decoding: try Answer.of { done, context in path(table, done, context) }, as: UTF8.self)
  }

  func allow(userHost url: String) throws {
    guard let allow = table.service(USHER_USER_HOSTS, usher_user_hosts.self)?.function(\.allow) else {
      throw PluginError(.unsupported, "this host does not offer \(USHER_USER_HOSTS); the manifest must say userHosts")
    }
    _ = try Answer.of { done, context in call.withLock { allow(table, $0, url, done, context) } }
  }

  static let cancelled = PluginError(.cancelled, "cancelled: nobody waits for the answer")

  func withRequest(_ request: HTTPRequest, _ body: (inout usher_http_request) -> Void) {
    let headers = HeaderLines.text(request.headers.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) })
    request.method.withCString { method in
      request.url.withCString { url in
        usher_bytes.lend(headers) { headers in
          usher_bytes.lend(request.body) { bytes in
            var table = usher_http_request(
              struct_size: UInt32(MemoryLayout<usher_http_request>.size), method: method, url: url, headers: headers,
              body: bytes, fresh_for_s: Int64(max(0, request.freshFor)),
              timeout_ms: Int64(max(0, min(request.timeout, 86_400))) * 1000,
              keep_redirect: request.followsRedirects ? 0 : 1)
            body(&table)
          }
        }
      }
    }
  }
}
