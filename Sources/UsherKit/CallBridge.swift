import CUsher
import MetadataModel

/// One call of the host, from its bytes to a Swift function and back. Runs on the lent thread and blocks it until the
/// function has ended.
enum CallBridge {
  /// An operation of `metadata-source/1`: decodes the request, asks `body`, hands over its reply as JSON.
  static func answer<Request: Decodable & Sendable, Reply: Encodable & Sendable>(
    _ instance: UnsafeMutableRawPointer?, _ call: OpaquePointer?, _ request: usher_bytes,
    _ body: @escaping @Sendable (any MetadataSource, Request, HostContext) async throws -> Reply
  ) -> usher_status {
    perform(instance, call) { plugin, call, host, executor in
      guard let source = plugin.faces.source else {
        throw PluginError(.unsupported, "this plugin is no source of metadata")
      }
      let question = try decode(Request.self, request)
      let context = HostContext(host)
      let reply = try executor.run(isCancelled: { host.isCancelled }) {
        try await body(source, question, context)
      }.get()
      try hand(encode(reply), to: call, plugin.host)
    }
  }

  /// `handle` of `media-server/1`: the answer goes through `respond` of the host's library.
  static func handle(
    _ instance: UnsafeMutableRawPointer?, _ call: OpaquePointer?, _ request: UnsafePointer<usher_http_request>?
  ) -> usher_status {
    perform(instance, call) { plugin, call, host, executor in
      guard let server = plugin.faces.server, let request else {
        throw PluginError(.unsupported, "this plugin is no media server")
      }
      let library = try CLibrary(plugin.host, call: call, executor: executor)
      let question = ServerRequest(request)
      let context = LibraryContext(library, host: HostContext(host))
      let response = try executor.run(isCancelled: { host.isCancelled }) {
        try await server.handle(question, context)
      }.get()
      try library.respond(response)
    }
  }

  /// `run` of `commands/1`: what the command says goes to the host's `command-output/1`.
  static func run(
    _ instance: UnsafeMutableRawPointer?, _ call: OpaquePointer?, _ request: usher_bytes
  ) -> usher_status {
    perform(instance, call) { plugin, call, host, executor in
      guard let commands = plugin.faces.commands else {
        throw PluginError(.unsupported, "this plugin has no commands")
      }
      let question = try decode(CommandRequest.self, request)
      guard type(of: commands).commands.contains(where: { $0.name == question.name }) else {
        throw PluginError(.badRequest, "there is no command '\(question.name)'")
      }
      let sink = try CCommandOutput(plugin.host, call: call)
      defer { sink.end() }
      let output = CommandOutput(sink, isJSON: question.isJSON, progressEvery: 50)
      let context = HostContext(host)
      try executor.run(isCancelled: { host.isCancelled }) {
        try await commands.run(question, output, context)
      }.get()
    }
  }

  /// What every call has in common: the way in, the end of the call, and errors as status and sentence.
  private static func perform(
    _ instance: UnsafeMutableRawPointer?, _ call: OpaquePointer?,
    _ body: (PluginInstance, OpaquePointer, CHost, CallExecutor) throws -> Void
  ) -> usher_status {
    guard let instance, let call else { return USHER_BAD_REQUEST }
    let plugin = PluginInstance.from(instance)
    let host = CHost(plugin.host, call: call)
    defer { host.end() }
    do {
      guard !host.isCancelled else { throw CancellationError() }
      try body(plugin, call, host, CallExecutor())
      return USHER_OK
    } catch {
      let error = PluginError(thrown: error)
      try? hand([UInt8](error.text.utf8), to: call, plugin.host)
      return error.kind.status
    }
  }

  private static func decode<Request: Decodable>(_ type: Request.Type, _ bytes: usher_bytes) throws -> Request {
    do {
      return try JSONCoding.decode(type, from: bytes.copy)
    } catch {
      throw PluginError(.badRequest, "the request does not fit: \(JSONCoding.path(of: error))")
    }
  }

  private static func encode(_ reply: some Encodable) throws -> [UInt8] {
    do {
      return try JSONCoding.encode(reply)
    } catch {
      throw PluginError(.fault, "the reply cannot be written as JSON: \(error)")
    }
  }

  private static func hand(_ reply: [UInt8], to call: OpaquePointer, _ host: UnsafePointer<usher_host>) throws {
    guard let function = host.function(\.reply) else {
      throw PluginError(.unsupported, "this host takes no replies")
    }
    usher_bytes.lend(reply) { function(call, $0) }
  }
}
