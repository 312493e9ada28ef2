import CUsher
import MetadataModel

/// The service `http-stream/1` of usher.h.
enum StreamTable {
  // Safe without isolation because it is written once, here, and never freed; its function is made for every thread.
  nonisolated(unsafe) static let pointer: UnsafePointer<usher_http_stream> = {
    let table = UnsafeMutablePointer<usher_http_stream>.allocate(capacity: 1)
    table.initialize(
      to: usher_http_stream(
        struct_size: UInt32(MemoryLayout<usher_http_stream>.size),
        open: { host, call, request, part, done, context in
          guard let part, let done, let side = HostTable.side(host) else { return }
          side.stream(
            CallRegistry.call(call), request, Completion(function: part, context: context),
            Completion(function: done, context: context))
        }))
    return UnsafePointer(table)
  }()
}

extension HostSide {
  /// `part` runs on the network's thread; `done` later on another one, or at once on this one when the request cannot be
  /// made.
  func stream(
    _ call: Call?, _ request: UnsafePointer<usher_http_request>?, _ part: Completion<usher_http_part>,
    _ done: Completion<usher_http_reply>
  ) {
    do throws(PluginError) {
      let call = try current(call)
      let request = try outgoing(request, call)
      guard request.method == "GET", request.body.isEmpty else {
        throw PluginError(.badRequest, "a stream is opened with GET and no body")
      }
      let isStarted = call.start { [services, name] in
        let result = await Self.streamed(request, services) { bytes in name.inside { part.hand(bytes) } }
        name.inside { done.finish(result) }
      }
      if !isStarted { throw Self.cancelled }
    } catch {
      done.finish(.failure(error))
    }
  }

  private static func streamed(
    _ request: OutgoingRequest, _ services: any HostServices,
    _ part: @escaping @Sendable (UnsafeRawBufferPointer) -> Bool
  ) async -> Result<OutgoingResponse, PluginError> {
    do throws(PluginError) {
      return .success(try await services.stream(request, part: part))
    } catch {
      return .failure(error)
    }
  }
}

extension Completion<usher_http_part> {
  /// What the plugin says to a piece.
  func hand(_ bytes: UnsafeRawBufferPointer) -> Bool {
    function(context, usher_bytes(data: bytes.assumingMemoryBound(to: UInt8.self).baseAddress, size: bytes.count))
  }
}
