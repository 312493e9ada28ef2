import CUsher
import MetadataModel

/// The services of usher.h that commands are written with: `command-output/1`, `data-directory/1`, `user-hosts/1`.
enum CommandTables {
  // Safe without isolation because each is written once, here, and never freed; the functions are made for every thread.

  nonisolated(unsafe) static let output: UnsafePointer<usher_command_output> = kept(
    usher_command_output(
      struct_size: UInt32(MemoryLayout<usher_command_output>.size),
      emit: { call, event in CallRegistry.call(call)?.emit(event) ?? USHER_BAD_REQUEST }))

  nonisolated(unsafe) static let dataDirectory: UnsafePointer<usher_data_directory> = kept(
    usher_data_directory(
      struct_size: UInt32(MemoryLayout<usher_data_directory>.size),
      path: { host, done, context in
        guard let done, let side = HostTable.side(host) else { return }
        side.dataDirectory(Completion(function: done, context: context))
      }))

  nonisolated(unsafe) static let userHosts: UnsafePointer<usher_user_hosts> = kept(
    usher_user_hosts(
      struct_size: UInt32(MemoryLayout<usher_user_hosts>.size),
      allow: { host, call, url, done, context in
        guard let done, let side = HostTable.side(host) else { return }
        let url = url.map { String(cString: $0) } ?? ""
        side.allow(CallRegistry.call(call), url, Completion(function: done, context: context))
      }))

  private static func kept<Table>(_ functions: Table) -> UnsafePointer<Table> {
    let table = UnsafeMutablePointer<Table>.allocate(capacity: 1)
    table.initialize(to: functions)
    return UnsafePointer(table)
  }
}

extension Call {
  /// Hands an event to who listens, on this thread.
  func emit(_ event: usher_bytes) -> usher_status {
    guard let listener else { return USHER_BAD_REQUEST }
    guard !isCancelled else { return USHER_CANCELLED }
    do {
      guard let bytes = event.copied() else { throw PluginError(.badRequest, "it is no memory or too large") }
      listener(try JSONCoding.decode(CommandEvent.self, from: bytes))
      return USHER_OK
    } catch {
      breach("emitted an event that cannot be understood: \(JSONCoding.path(of: error))")
      return USHER_BAD_REQUEST
    }
  }
}

extension HostSide {
  /// More servers than anybody has; a plugin that needs more has lost its way.
  private static let mostUserHosts = 256

  func dataDirectory(_ done: Completion<usher_reply>) {
    do throws(PluginError) {
      done.finish(.success(Array(try services.dataDirectory(of: id).utf8)))
    } catch {
      done.finish(.failure(error))
    }
  }

  /// Lets the call ask the server at `url`. Only a run of a command may: a user started it and named the server.
  func allow(_ call: Call?, _ url: String, _ done: Completion<usher_reply>) {
    do throws(PluginError) {
      let call = try current(call)
      guard call.listener != nil else {
        throw PluginError(.unsupported, "servers that a user names are asked by commands alone")
      }
      let origin = try services.origin(of: url)
      guard call.userOrigins.count < Self.mostUserHosts else {
        throw PluginError(.badRequest, "a command may ask \(Self.mostUserHosts) servers at most")
      }
      if call.allow(origin) { log.info("asks a server that the user named", ("origin", origin)) }
      done.finish(.success(Array(origin.utf8)))
    } catch {
      done.finish(.failure(error))
    }
  }
}
