package import CUsher
import MetadataModel
package import PluginCalls
package import PluginLoading
import Support

/// A plugin that has been opened, and its interfaces.
package final class OpenPlugin: @unchecked Sendable {
  // Sendable is right because all members are constant, the tables live as long as the instance, and usher.h makes
  // the functions reached through them callable from every thread.
  package let library: PluginLibrary
  package let side: HostSide
  package let host: HostTable
  private let instance: UnsafeMutableRawPointer?
  private let source: UnsafePointer<usher_metadata_source>?
  private let server: UnsafePointer<usher_media_server>?
  private let commands: UnsafePointer<usher_commands>?

  private init(
    _ library: PluginLibrary, _ side: HostSide, _ host: HostTable, _ instance: UnsafeMutableRawPointer?
  ) throws(LoadError) {
    self.library = library
    self.side = side
    self.host = host
    self.instance = instance
    source = try Self.table(USHER_METADATA_SOURCE, usher_metadata_source.self, library, instance)
    server = try Self.table(USHER_MEDIA_SERVER, usher_media_server.self, library, instance)
    commands = try Self.table(USHER_COMMANDS, usher_commands.self, library, instance)
    for interface in library.manifest.interfaces {
      // Interfaces that this host does not know must be there all the same.
      guard Self.interface(interface, library, instance) != nil else {
        throw .noInterface(library: library.path, interface: interface)
      }
    }
    for (operation, function) in [("match", source?.pointee.match), ("fetch", source?.pointee.fetch)]
    where source != nil && function == nil {
      throw .noOperation(library: library.path, interface: USHER_METADATA_SOURCE, operation: operation)
    }
    if let server, server.pointee.handle == nil {
      throw .noOperation(library: library.path, interface: USHER_MEDIA_SERVER, operation: "handle")
    }
    if let commands, commands.pointee.run == nil {
      throw .noOperation(library: library.path, interface: USHER_COMMANDS, operation: "run")
    }
  }

  /// Opens the plugin and asks for its interfaces, on a thread of its own: one that hangs costs that thread. Blocks.
  package static func open(
    _ library: PluginLibrary, _ side: HostSide, milliseconds: Int64
  ) throws(LoadError) -> OpenPlugin {
    let result = Lock<Result<OpenPlugin, LoadError>?>(nil)
    let isDone = Semaphore()
    let isStarted = Thread.start("open-\(library.id)", stackBytes: 2 << 20) {
      CrashRecord.guardingStack {
        let opened = openHere(library, side)
        result.withLock { $0 = opened }
        isDone.signal()
      }
    }
    guard isStarted else { throw .noThread(id: library.id) }
    guard isDone.wait(milliseconds: milliseconds), let opened = result.withLock({ $0 }) else {
      throw .openHangs(library: library.path, milliseconds: milliseconds)
    }
    return try opened.get()
  }

  private static func openHere(_ library: PluginLibrary, _ side: HostSide) -> Result<OpenPlugin, LoadError> {
    let host = HostTable(side)
    var instance: UnsafeMutableRawPointer?
    let why = UnsafeMutableBufferPointer<CChar>.allocate(capacity: 1024)
    defer { why.deallocate() }
    why.initialize(repeating: 0)
    let status = library.name.inside {
      library.table.pointee.open(library.table, host.pointer, &instance, why.baseAddress, why.count)
    }
    guard status == USHER_OK else {
      let bytes = why.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      let reason = sentence(bytes) ?? "it gave status \(status) and no reason"
      return .failure(
        .openFailed(library: library.path, kind: PluginError.Kind(status: status) ?? .fault, reason: reason))
    }
    do throws(LoadError) {
      return .success(try OpenPlugin(library, side, host, instance))
    } catch {
      library.name.inside { library.table.pointee.close(instance) }
      return .failure(error)
    }
  }

  /// Closes the plugin on a thread of its own. No call may be under way. False when it does not come back. Blocks.
  package func close(milliseconds: Int64) -> Bool {
    let isDone = Semaphore()
    let isStarted = Thread.start("close-\(library.id)", stackBytes: 2 << 20) {
      CrashRecord.guardingStack {
        self.library.name.inside { self.library.table.pointee.close(self.instance) }
        isDone.signal()
      }
    }
    return isStarted && isDone.wait(milliseconds: milliseconds)
  }

  package var isSource: Bool { source != nil }
  package var isServer: Bool { server != nil }

  /// The plugin's table for an interface id; nil when it has none.
  package func interface(_ id: String) -> UnsafeRawPointer? { Self.interface(id, library, instance) }

  /// True when the source offers the operation.
  package func offers(_ operation: SourceOperation) -> Bool { function(operation) != nil }

  /// Runs an operation of the source on this thread. Blocks.
  package func run(_ operation: SourceOperation, _ handle: OpaquePointer, _ request: [UInt8]) -> usher_status {
    guard let function = function(operation) else { return USHER_UNSUPPORTED }
    return request.lent { function(instance, handle, $0) }
  }

  /// Runs the front's `handle` on this thread. Blocks.
  package func handle(_ request: IncomingRequest, _ handle: OpaquePointer) -> usher_status {
    guard let server, let function = server.pointee.handle else { return USHER_UNSUPPORTED }
    return request.method.withCString { method in
      request.target.withCString { target in
        Headers.write(request.headers).lent { headers in
          request.body.lent { body in
            var incoming = usher_http_request(
              struct_size: UInt32(MemoryLayout<usher_http_request>.size), method: method, url: target,
              headers: headers, body: body, fresh_for_s: 0, timeout_ms: 0, keep_redirect: 0)
            return function(instance, handle, &incoming)
          }
        }
      }
    }
  }

  /// Runs a command on this thread. Blocks.
  package func runCommand(_ handle: OpaquePointer, _ request: [UInt8]) -> usher_status {
    guard let run = commands?.pointee.run else { return USHER_UNSUPPORTED }
    return request.lent { run(instance, handle, $0) }
  }

  private func function(_ operation: SourceOperation) -> usher_operation? {
    switch operation {
    case .match: source?.pointee.match
    case .fetch: source?.pointee.fetch
    case .children: source?.pointee.children
    case .images: source?.pointee.images
    }
  }

  private static func interface(
    _ id: String, _ library: PluginLibrary, _ instance: UnsafeMutableRawPointer?
  ) -> UnsafeRawPointer? {
    library.name.inside { library.table.pointee.get_interface(instance, id) }
  }

  /// The table of an interface that the manifest promises; nil when it promises it not.
  private static func table<Table>(
    _ id: String, _ type: Table.Type, _ library: PluginLibrary, _ instance: UnsafeMutableRawPointer?
  ) throws(LoadError) -> UnsafePointer<Table>? {
    guard library.manifest.interfaces.contains(id) else { return nil }
    guard let table = interface(id, library, instance) else {
      throw .noInterface(library: library.path, interface: id)
    }
    let size = table.load(as: UInt32.self)
    guard Int(size) >= MemoryLayout<Table>.size else {
      throw .interfaceTooSmall(
        library: library.path, interface: id, found: size, wanted: MemoryLayout<Table>.size)
    }
    return table.assumingMemoryBound(to: Table.self)
  }
}

/// What a source can be asked.
package enum SourceOperation: String, Sendable, CaseIterable {
  case match, fetch, children, images
}
