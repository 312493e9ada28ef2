import UsherKit

/// The services of usher.h that commands are written with, over a `FakeHost`.
struct CommandTables {
  private let output = UnsafeMutablePointer<usher_command_output>.allocate(capacity: 1)
  private let directory = UnsafeMutablePointer<usher_data_directory>.allocate(capacity: 1)
  private let userHosts = UnsafeMutablePointer<usher_user_hosts>.allocate(capacity: 1)

  init() {
    output.initialize(
      to: usher_command_output(
        struct_size: usher_command_output.size,
        emit: { call, event in
          guard let call = TableCall.of(call) else { return USHER_BAD_REQUEST }
          guard !call.isCancelled else { return USHER_CANCELLED }
          return call.emit(event.copy) ? USHER_OK : USHER_BAD_REQUEST
        }))
    directory.initialize(
      to: usher_data_directory(
        struct_size: usher_data_directory.size,
        path: { host, done, context in
          Self.finish(done, context) { try Array(TableHost.of(host)?.host.dataDirectory().utf8 ?? "".utf8) }
        }))
    userHosts.initialize(
      to: usher_user_hosts(
        struct_size: usher_user_hosts.size,
        allow: { host, _, url, done, context in
          let url = url.map { String(cString: $0) } ?? ""
          Self.finish(done, context) {
            try TableHost.of(host)?.host.allow(userHost: url)
            return Array(url.utf8)
          }
        }))
  }

  func deallocate() {
    output.deallocate()
    directory.deallocate()
    userHosts.deallocate()
  }

  func table(of id: String) -> UnsafeRawPointer? {
    switch id {
    case USHER_COMMAND_OUTPUT: UnsafeRawPointer(output)
    case USHER_DATA_DIRECTORY: UnsafeRawPointer(directory)
    case USHER_USER_HOSTS: UnsafeRawPointer(userHosts)
    default: nil
    }
  }

  private static func finish(
    _ done: usher_reply?, _ context: UnsafeMutableRawPointer?, _ work: () throws -> [UInt8]
  ) {
    do {
      usher_bytes.lend(try work()) { done?(context, USHER_OK, $0) }
    } catch {
      let error = PluginError(thrown: error)
      usher_bytes.lend(error.text) { done?(context, error.kind.status, $0) }
    }
  }
}
