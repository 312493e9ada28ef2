import CUsher
import MetadataModel

/// The host's `library/1`, for one request of a media server.
final class CLibrary: LibraryInterface, @unchecked Sendable {
  // Sendable is right because the members are constant, and the call they belong to is used only on the lent thread,
  // which `ask` checks.
  let provider: Provider
  private let table: UnsafePointer<usher_library>
  private let host: UnsafePointer<usher_host>
  private let call: OpaquePointer
  private let executor: CallExecutor

  /// Asks the host for the service and the provider. Throws `.unsupported` when it has no such service.
  init(_ host: UnsafePointer<usher_host>, call: OpaquePointer, executor: CallExecutor) throws {
    guard let table = host.service(USHER_LIBRARY, usher_library.self) else {
      throw PluginError(.unsupported, "this host does not offer \(USHER_LIBRARY)")
    }
    guard let provider = table.function(\.provider) else {
      throw PluginError(.unsupported, "\(USHER_LIBRARY) of this host has no provider()")
    }
    let reply = try Answer.of { done, context in provider(host, call, done, context) }
    do {
      self.provider = try JSONCoding.decode(Provider.self, from: reply)
    } catch {
      throw PluginError(.fault, "the host's description of the provider: \(JSONCoding.path(of: error))")
    }
    self.table = table
    self.host = host
    self.call = call
    self.executor = executor
  }

  /// Blocks the lent thread until the sources have answered, as `library/1` demands.
  func ask(_ operation: String, _ request: [UInt8]) async throws -> [UInt8] {
    guard executor.isCurrentThread else {
      throw PluginError(.fault, "the library was asked outside the call it belongs to: no Task { } around it")
    }
    guard let ask = table.function(\.ask) else {
      throw PluginError(.unsupported, "\(USHER_LIBRARY) of this host has no ask()")
    }
    return try Answer.of { done, context in
      usher_bytes.lend(request) { ask(host, call, operation, $0, done, context) }
    }
  }

  /// Hands over the answer; once for each request. Only on the lent thread.
  func respond(_ response: ServerResponse) throws {
    guard let respond = table.function(\.respond) else {
      throw PluginError(.unsupported, "\(USHER_LIBRARY) of this host has no respond()")
    }
    var headers = response.headers
    if response.freshFor > 0 { headers.append((name: "Usher-Fresh-For", value: String(response.freshFor))) }
    usher_bytes.lend(HeaderLines.text(headers)) { headers in
      usher_bytes.lend(response.body) { body in
        respond(call, Int32(clamping: response.status), headers, body)
      }
    }
  }
}
