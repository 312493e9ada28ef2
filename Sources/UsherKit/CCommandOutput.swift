import CUsher

/// The host's `command-output/1`, for one run of a command.
final class CCommandOutput: CommandOutputInterface, @unchecked Sendable {
  // Sendable is right because the function may be used from every thread, and `call` is touched only under its lock,
  // which also keeps the call from ending meanwhile.
  private let emitEvent: @convention(c) (OpaquePointer?, usher_bytes) -> usher_status
  private let call: Guarded<OpaquePointer?>

  /// Throws `.unsupported` when the host has no such service.
  init(_ host: UnsafePointer<usher_host>, call: OpaquePointer) throws {
    guard let emit = host.service(USHER_COMMAND_OUTPUT, usher_command_output.self)?.function(\.emit) else {
      throw PluginError(.unsupported, "this host does not offer \(USHER_COMMAND_OUTPUT)")
    }
    emitEvent = emit
    // Safe: the pointer is kept in one place, under the lock.
    nonisolated(unsafe) let held: OpaquePointer? = call
    self.call = Guarded(held)
  }

  /// The host judges the event: one that is none makes the run a fault, a cancelled run has no listener.
  func emit(_ event: [UInt8]) {
    call.withLock { call in
      if let call { _ = usher_bytes.lend(event) { emitEvent(call, $0) } }
    }
  }

  /// What is said from now on is dropped.
  func end() { call.withLock { $0 = nil } }
}
