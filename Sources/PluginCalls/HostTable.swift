package import CUsher
import Support

/// The host's functions as one plugin sees them. Never freed: a plugin's thread that stays behind must find it.
package struct HostTable: @unchecked Sendable {
  // Sendable is right because the table is written once, here, and its functions are made for every thread.
  package let pointer: UnsafePointer<usher_host>

  package init(_ side: HostSide) {
    let table = UnsafeMutablePointer<usher_host>.allocate(capacity: 1)
    table.initialize(to: Self.functions(reserved: Unmanaged.passRetained(side).toOpaque()))
    pointer = UnsafePointer(table)
  }

  static func side(_ host: UnsafePointer<usher_host>?) -> HostSide? {
    guard let reserved = host?.pointee.reserved else { return nil }
    return Unmanaged<HostSide>.fromOpaque(reserved).takeUnretainedValue()
  }

  private static func functions(reserved: UnsafeMutableRawPointer) -> usher_host {
    usher_host(
      struct_size: UInt32(MemoryLayout<usher_host>.size),
      abi_minor: UInt32(USHER_ABI_MINOR),
      reserved: reserved,
      reply: { call, bytes in CallRegistry.call(call)?.reply(bytes.copied()) },
      is_cancelled: { call in CallRegistry.call(call)?.isCancelled ?? true },
      remaining_ms: { call in CallRegistry.call(call)?.remainingMilliseconds ?? 0 },
      log: { host, call, level, text in HostTable.side(host)?.write(level, text, CallRegistry.call(call)) },
      http_send: { host, call, request, done, context in
        guard let done, let side = HostTable.side(host) else { return }
        side.send(CallRegistry.call(call), request, Completion(function: done, context: context))
      },
      http_wait: { host, call, request, done, context in
        guard let done, let side = HostTable.side(host) else { return }
        side.wait(CallRegistry.call(call), request, Completion(function: done, context: context))
      },
      cache_get: { host, key, done, context in
        guard let done, let side = HostTable.side(host) else { return }
        side.cached(key, Completion(function: done, context: context))
      },
      cache_put: { host, key, value, seconds in
        HostTable.side(host)?.remember(value, for: key, seconds: seconds) ?? USHER_BAD_REQUEST
      },
      config_get: { host, key, done, context in
        guard let done, let side = HostTable.side(host) else { return }
        side.setting(key.map { String(cString: $0) } ?? "", Completion(function: done, context: context))
      },
      now_ms: { host in HostTable.side(host)?.time.wallMilliseconds ?? SystemTime().wallMilliseconds },
      get_service: { host, id in
        guard let id, let side = HostTable.side(host) else { return nil }
        switch String(cString: id) {
        case USHER_LIBRARY: return side.isMediaServer ? UnsafeRawPointer(LibraryTable.pointer) : nil
        case USHER_COMMAND_OUTPUT: return side.hasCommands ? UnsafeRawPointer(CommandTables.output) : nil
        case USHER_USER_HOSTS: return side.mayReachUserHosts ? UnsafeRawPointer(CommandTables.userHosts) : nil
        case USHER_HTTP_STREAM: return UnsafeRawPointer(StreamTable.pointer)
        case USHER_DATA_DIRECTORY: return UnsafeRawPointer(CommandTables.dataDirectory)
        default: return nil
        }
      })
  }
}
