import Glibc
public import UsherKit

/// What a call brought.
public struct CallOutcome: Sendable {
  /// A `usher_status`.
  public var status: Int32 = USHER_FAULT
  /// What the plugin handed to `reply`: one at most, or it breaks the contract.
  public var replies: [[UInt8]] = []
  /// What a media server handed to `respond`.
  public var responses: [ServerResponse] = []
  /// What a command said.
  public var events: [CommandEvent] = []

  /// The reply as text: JSON, or the sentence of a failure.
  public var text: String { String(decoding: replies.first ?? [], as: UTF8.self) }
}

/// A plugin opened by a `TableHost`. Every call gets a thread of its own, as the host lends them.
public final class OpenedPlugin: @unchecked Sendable {
  // Sendable is right because the tables are constant, and the contract allows several calls at once.
  public let plugin: UnsafePointer<usher_plugin>
  private let instance: UnsafeMutableRawPointer?
  private let host: TableHost

  init(_ plugin: UnsafePointer<usher_plugin>, instance: UnsafeMutableRawPointer?, host: TableHost) {
    self.plugin = plugin
    self.instance = instance
    self.host = host
  }

  /// The manifest inside the plugin.
  public func manifest() throws -> PluginManifest {
    let text = plugin.pointee.manifest.map { String(cString: $0) } ?? ""
    return try JSONCoding.decode(PluginManifest.self, from: text.utf8)
  }

  /// Ends the plugin. No call may be under way, and none may follow.
  public func close() { plugin.function(\.close)?(instance) }

  /// The table of an interface, nil when the plugin has none of that id.
  public func interface(_ id: String) -> UnsafeRawPointer? { plugin.function(\.get_interface)?(instance, id) }

  /// Calls an operation of `metadata-source/1` ("match", "fetch", "children", "images") with the bytes of a request.
  /// A cancelled call is so from the start; `cancelAfter` cancels it so many milliseconds after its start.
  public func call(
    _ operation: String, _ request: [UInt8], cancelled: Bool = false, cancelAfter: Int? = nil
  ) async throws -> CallOutcome {
    guard let table = interface(USHER_METADATA_SOURCE)?.assumingMemoryBound(to: usher_metadata_source.self),
      let function = Self.function(operation, of: table)
    else { throw PluginError(.unsupported, "the plugin has no operation '\(operation)'") }
    return await perform(cancelled: cancelled, cancelAfter: cancelAfter) { instance, call in
      usher_bytes.lend(request) { function(instance, call, $0) }
    }
  }

  /// The same with values: throws the plugin's `PluginError`.
  public func ask<Reply: Decodable>(
    _ operation: String, _ request: some Encodable, _ type: Reply.Type = Reply.self
  ) async throws -> Reply {
    let outcome = try await call(operation, try JSONCoding.encode(request))
    guard outcome.status == USHER_OK else { throw PluginError(status: outcome.status, text: outcome.text) }
    guard outcome.replies.count == 1, let reply = outcome.replies.first else {
      throw PluginError(.fault, "'\(operation)' replied \(outcome.replies.count) times")
    }
    return try JSONCoding.decode(type, from: reply)
  }

  /// Runs a command.
  public func run(
    _ request: CommandRequest, cancelled: Bool = false, cancelAfter: Int? = nil
  ) async throws -> CallOutcome {
    guard let table = interface(USHER_COMMANDS)?.assumingMemoryBound(to: usher_commands.self),
      let run = table.function(\.run)
    else { throw PluginError(.unsupported, "the plugin has no commands") }
    let bytes = try JSONCoding.encode(request)
    return await perform(cancelled: cancelled, cancelAfter: cancelAfter) { instance, call in
      usher_bytes.lend(bytes) { run(instance, call, $0) }
    }
  }

  /// Sends a request to a media server. `url` is what follows the provider's path.
  public func handle(
    _ url: String, method: String = "GET", headers: [(name: String, value: String)] = [], body: [UInt8] = [],
    cancelled: Bool = false
  ) async throws -> CallOutcome {
    guard let table = interface(USHER_MEDIA_SERVER)?.assumingMemoryBound(to: usher_media_server.self),
      let handle = table.function(\.handle)
    else { throw PluginError(.unsupported, "the plugin is no media server") }
    let lines = HeaderLines.text(headers)
    return await perform(cancelled: cancelled, cancelAfter: nil) { instance, call in
      method.withCString { method in
        url.withCString { url in
          usher_bytes.lend(lines) { lines in
            usher_bytes.lend(body) { body in
              var request = usher_http_request(
                struct_size: UInt32(MemoryLayout<usher_http_request>.size), method: method, url: url, headers: lines,
                body: body, fresh_for_s: 0, timeout_ms: 0, keep_redirect: 0)
              return handle(instance, call, &request)
            }
          }
        }
      }
    }
  }

  private static func function(
    _ operation: String, of table: UnsafePointer<usher_metadata_source>
  ) -> usher_operation? {
    switch operation {
    case "match": table.function(\.match)
    case "fetch": table.function(\.fetch)
    case "children": table.function(\.children)
    case "images": table.function(\.images)
    default: nil
    }
  }

  private func perform(
    cancelled: Bool, cancelAfter: Int?,
    _ body: @escaping @Sendable (UnsafeMutableRawPointer?, OpaquePointer?) -> Int32
  ) async -> CallOutcome {
    let call = TableCall(host.host, isCancelled: cancelled)
    if let cancelAfter {
      Task.detached {
        try? await Task.sleep(for: .milliseconds(cancelAfter))
        call.cancel()
      }
    }
    return await withCheckedContinuation { continuation in
      LentThread.start { [self] in
        let pointer = OpaquePointer(Unmanaged.passUnretained(call).toOpaque())
        let status = body(instance, pointer)
        continuation.resume(returning: call.outcome(status: status))
      }
    }
  }
}

/// A thread for one call.
private final class LentThread: Sendable {
  private let body: @Sendable () -> Void

  private init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  /// Runs `body` on a new thread.
  static func start(_ body: @escaping @Sendable () -> Void) {
    let start = Unmanaged.passRetained(LentThread(body))
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<LentThread>.fromOpaque(context).takeRetainedValue().body() }
        return nil
      }, start.toOpaque())
    precondition(status == 0, "the system has no thread left")
    pthread_detach(thread)
  }
}
