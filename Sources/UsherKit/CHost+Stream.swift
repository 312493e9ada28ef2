import CUsher
import MetadataModel

extension CHost {
  func stream(
    _ request: HTTPRequest, _ part: @escaping @Sendable ([UInt8]) -> Bool
  ) async throws -> HTTPResponse {
    guard !isOpening else { throw PluginError(.unsupported, "no network while opening") }
    guard let open = table.service(USHER_HTTP_STREAM, usher_http_stream.self)?.function(\.open) else {
      throw PluginError(.unsupported, "this host does not offer \(USHER_HTTP_STREAM)")
    }
    guard !isCancelled, !Task.isCancelled else { throw Self.cancelled }
    return try await withCheckedThrowingContinuation { continuation in
      withRequest(request) { request in
        let isSent = call.withLock { call in
          guard let call else { return false }
          let pending = Unmanaged.passRetained(PendingResponse(continuation, part: part)).toOpaque()
          open(table, call, &request, PendingResponse.piece, PendingResponse.done, pending)
          return true
        }
        if !isSent { continuation.resume(throwing: Self.cancelled) }
      }
    }
  }
}

/// A request under way: waits for the host's `done`, which comes exactly once, on any thread.
final class PendingResponse: Sendable {
  private let continuation: CheckedContinuation<HTTPResponse, any Error>
  /// Takes the pieces of a stream.
  private let part: (@Sendable ([UInt8]) -> Bool)?

  init(
    _ continuation: CheckedContinuation<HTTPResponse, any Error>, part: (@Sendable ([UInt8]) -> Bool)? = nil
  ) {
    self.continuation = continuation
    self.part = part
  }

  static let piece: usher_http_part = { context, bytes in
    guard let context else { return false }
    return Unmanaged<PendingResponse>.fromOpaque(context).takeUnretainedValue().part?(bytes.copy) ?? false
  }

  static let done: usher_http_reply = { context, status, code, headers, body in
    guard let context else { return }
    let pending = Unmanaged<PendingResponse>.fromOpaque(context).takeRetainedValue()
    guard status == USHER_OK else {
      return pending.continuation.resume(throwing: PluginError(status: status, text: body.text))
    }
    pending.continuation.resume(
      returning: HTTPResponse(status: Int(code), headers: HeaderLines.dictionary(headers.copy), body: body.copy))
  }
}
