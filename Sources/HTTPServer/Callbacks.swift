import CMicroHTTPD

// What libmicrohttpd calls, on its own threads: each finds its object and passes on. The server's core is the context
// of all of them, and a connection is kept alive by its connection context.

/// A connection was opened, or is about to be closed.
func connectionChanged(
  context: UnsafeMutableRawPointer?, handle: OpaquePointer?,
  connectionContext: UnsafeMutablePointer<
    UnsafeMutableRawPointer?
  >?, change: MHD_ConnectionNotificationCode
) {
  guard let context, let handle, let connectionContext else { return }
  let core = Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
  if change == .CONNECTION_NOTIFY_STARTED {
    let connection = Connection(core: core, handle: handle, socket: usher_mhd_connection_socket(handle))
    core.connections.insert(connection)
    connectionContext.pointee = Unmanaged.passRetained(connection).toOpaque()
  } else if let pointer = connectionContext.pointee {
    connectionContext.pointee = nil
    core.connections.remove(Unmanaged<Connection>.fromOpaque(pointer).takeRetainedValue())
  }
}

/// A request line came; what this gives is the request's context.
func targetArrived(
  context: UnsafeMutableRawPointer?, target: UnsafePointer<CChar>?, handle: OpaquePointer?
) -> UnsafeMutableRawPointer? {
  guard let target, let handle, let pointer = usher_mhd_connection_context(handle) else { return nil }
  Unmanaged<Connection>.fromOpaque(pointer)._withUnsafeGuaranteedRef { $0.begin(target: target) }
  return pointer
}

/// A step of a request (see `Connection.proceed`).
func requestProceeded(
  context: UnsafeMutableRawPointer?, handle: OpaquePointer?, url: UnsafePointer<CChar>?,
  method: UnsafePointer<CChar>?, version: UnsafePointer<CChar>?, upload: UnsafePointer<CChar>?,
  uploadCount: UnsafeMutablePointer<Int>?, requestContext: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
  guard let method, let version, let uploadCount, let pointer = requestContext?.pointee else { return .NO }
  return Unmanaged<Connection>.fromOpaque(pointer)._withUnsafeGuaranteedRef {
    $0.proceed(method: method, version: version, upload: upload, uploadCount: uploadCount)
  }
}

/// A request is over, whatever came of it.
func requestCompleted(
  context: UnsafeMutableRawPointer?, handle: OpaquePointer?,
  requestContext: UnsafeMutablePointer<
    UnsafeMutableRawPointer?
  >?, reason: MHD_RequestTerminationCode
) {
  guard let pointer = requestContext?.pointee else { return }
  requestContext?.pointee = nil
  Unmanaged<Connection>.fromOpaque(pointer)._withUnsafeGuaranteedRef { $0.end() }
}

/// A header of a request, for its connection.
func takeHeader(
  context: UnsafeMutableRawPointer?, kind: MHD_ValueKind, name: UnsafePointer<CChar>?, nameCount: Int,
  value: UnsafePointer<CChar>?, valueCount: Int
) -> MHD_Result {
  guard let context, let name else { return .YES }
  Unmanaged<Connection>.fromOpaque(context)._withUnsafeGuaranteedRef {
    $0.take(header: name, nameCount, value, valueCount)
  }
  return .YES
}

/// A header of a request, for the list of pairs that `context` points to.
func collectHeader(
  context: UnsafeMutableRawPointer?, kind: MHD_ValueKind, name: UnsafePointer<CChar>?, nameCount: Int,
  value: UnsafePointer<CChar>?, valueCount: Int
) -> MHD_Result {
  guard let context, let name else { return .YES }
  let value = UnsafeRawBufferPointer(start: value, count: value == nil ? 0 : valueCount)
  context.assumingMemoryBound(to: [(name: String, value: String)].self).pointee.append(
    (
      String(decoding: UnsafeRawBufferPointer(start: name, count: nameCount), as: UTF8.self),
      String(decoding: value, as: UTF8.self)
    ))
  return .YES
}
