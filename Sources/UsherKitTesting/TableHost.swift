public import UsherKit

/// A `usher_host` table in C over a `FakeHost`: drives the tables of a plugin, in Swift or C, as the real host does.
public final class TableHost: @unchecked Sendable {
  // Sendable is right because the tables are written in `init` and only read from then on.
  public let host: FakeHost
  public let library: FakeLibrary?
  /// What a plugin is given; good as long as this value lives.
  public let table: UnsafePointer<usher_host>
  private let libraryTable: UnsafePointer<usher_library>
  private let commandTables = CommandTables()

  /// With a `library` the host offers `library/1`.
  public init(_ host: FakeHost = FakeHost(), library: FakeLibrary? = nil) {
    self.host = host
    self.library = library
    let libraryTable = UnsafeMutablePointer<usher_library>.allocate(capacity: 1)
    libraryTable.initialize(to: LibraryFunctions.table)
    self.libraryTable = UnsafePointer(libraryTable)
    let table = UnsafeMutablePointer<usher_host>.allocate(capacity: 1)
    table.initialize(to: HostFunctions.table)
    self.table = UnsafePointer(table)
    table.pointee.reserved = Unmanaged.passUnretained(self).toOpaque()
  }

  deinit {
    table.deallocate()
    libraryTable.deallocate()
    commandTables.deallocate()
  }

  /// Opens a plugin. Throws its status and what it wrote into `why`, a buffer of `whySize` bytes.
  public func open(_ plugin: UnsafePointer<usher_plugin>?, whySize: Int = 512) throws -> OpenedPlugin {
    guard let plugin else { throw PluginError(.unsupported, "the entry function gave no table") }
    guard let open = plugin.function(\.open) else { throw PluginError(.fault, "the plugin has no open()") }
    var instance: UnsafeMutableRawPointer?
    var why = [CChar](repeating: 0, count: whySize + 1)
    let status = open(plugin, table, &instance, &why, whySize)
    guard status == USHER_OK else {
      let text = why.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw PluginError(status: status, text: String(decoding: text, as: UTF8.self))
    }
    return OpenedPlugin(plugin, instance: instance, host: self)
  }

  /// The value behind a table that was made here.
  static func of(_ table: UnsafePointer<usher_host>?) -> TableHost? {
    table?.pointee.reserved.map { Unmanaged<TableHost>.fromOpaque($0).takeUnretainedValue() }
  }

  fileprivate func service(_ id: String) -> UnsafeRawPointer? {
    id == USHER_LIBRARY && library != nil ? UnsafeRawPointer(libraryTable) : commandTables.table(of: id)
  }
}

/// The functions of `usher_host`; each finds its `TableHost` through `reserved`, its call through the call pointer.
enum HostFunctions {
  static var table: usher_host {
    usher_host(
      struct_size: usher_host.size, abi_minor: UInt32(USHER_ABI_MINOR), reserved: nil,
      reply: { call, reply in TableCall.of(call)?.reply(reply.copy) },
      is_cancelled: { TableCall.of($0)?.isCancelled ?? true },
      remaining_ms: { call in
        guard let call = TableCall.of(call) else { return 0 }
        return call.isCancelled ? 0 : call.host.remainingMilliseconds
      },
      log: { host, _, level, text in
        TableHost.of(host)?.host.log(PluginLogLevel(rawValue: level) ?? .error, text.text)
      },
      http_send: { _, call, request, done, context in
        guard let call = TableCall.of(call), let request, let done else { return }
        call.send(HTTPRequest(request), done, context)
      },
      http_wait: { _, call, request, done, context in
        guard let call = TableCall.of(call), let request, let done else { return }
        call.sendAndWait(HTTPRequest(request), done, context)
      },
      cache_get: { host, key, done, context in
        HostFunctions.finish(TableHost.of(host)?.host.cached(key.text), "nothing is kept for this key", done, context)
      },
      cache_put: { host, key, value, seconds in
        TableHost.of(host)?.host.remember(value.copy, for: key.text, seconds: Int(seconds))
        return USHER_OK
      },
      config_get: { host, key, done, context in
        let name = key.map { String(cString: $0) } ?? ""
        HostFunctions.finish(
          TableHost.of(host)?.host.setting(name), "the setting '\(name)' has no value", done, context)
      },
      now_ms: { TableHost.of($0)?.host.nowMilliseconds ?? 0 },
      get_service: { host, id in
        guard let id else { return nil }
        return TableHost.of(host)?.service(String(cString: id))
      })
  }

  static func finish(
    _ value: [UInt8]?, _ missing: String, _ done: usher_reply?, _ context: UnsafeMutableRawPointer?
  ) {
    if let value {
      usher_bytes.lend(value) { done?(context, USHER_OK, $0) }
    } else {
      usher_bytes.lend(missing) { done?(context, USHER_NOT_FOUND, $0) }
    }
  }
}

private enum LibraryFunctions {
  static var table: usher_library {
    usher_library(
      struct_size: usher_library.size,
      ask: { host, call, operation, request, done, context in
        guard let library = TableHost.of(host)?.library, let call = TableCall.of(call), let operation else { return }
        let (name, question) = (String(cString: operation), request.copy)
        call.wait(done, context) { try await library.ask(name, question) }
      },
      respond: { call, code, headers, body in
        TableCall.of(call)?.respond(status: code, headers: headers.copy, body: body.copy)
      },
      provider: { host, call, done, context in
        guard let library = TableHost.of(host)?.library, let call = TableCall.of(call) else { return }
        call.wait(done, context) { try JSONCoding.encode(library.provider) }
      })
  }
}

extension HTTPRequest {
  /// A copy of what a plugin lends.
  fileprivate init(_ request: UnsafePointer<usher_http_request>) {
    let request = request.pointee
    self.init(
      method: request.method.map { String(cString: $0) } ?? "", url: request.url.map { String(cString: $0) } ?? "",
      headers: Dictionary(HeaderLines.parse(request.headers.copy), uniquingKeysWith: { first, _ in first }),
      body: request.body.copy, freshFor: Int(request.fresh_for_s),
      timeout: Int(request.timeout_ms / 1000), followsRedirects: request.keep_redirect == 0)
  }
}
