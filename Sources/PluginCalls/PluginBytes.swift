package import CUsher
import MetadataModel

extension usher_bytes {
  /// A copy; nil when it is no memory or has more than `maximum` bytes.
  func copied(maximum: Int = Call.maximumBytes) -> [UInt8]? {
    // A size beyond Int's range arrives as a negative number.
    guard size >= 0, size <= maximum else { return nil }
    guard size > 0 else { return [] }
    return data.map { Array(UnsafeBufferPointer(start: $0, count: size)) }
  }
}

extension [UInt8] {
  /// Lends the bytes to C while `body` runs.
  package func lent<Result>(_ body: (usher_bytes) -> Result) -> Result {
    withUnsafeBufferPointer { body(usher_bytes(data: $0.baseAddress, size: $0.count)) }
  }
}

/// A plugin's sentence: at most 500 characters, on one line; nil when there is none.
package func sentence(_ bytes: some Sequence<UInt8>) -> String? {
  let text = String(decoding: bytes.prefix(2000).map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }, as: UTF8.self)
  let words = text.split(separator: " ")
  return words.isEmpty ? nil : String(words.joined(separator: " ").prefix(500))
}

/// Where a plugin wants to be told the outcome of something it asked for.
struct Completion<Function>: @unchecked Sendable {
  // Sendable is right because usher.h lets the host call these functions, with their context, from every thread.
  let function: Function
  let context: UnsafeMutableRawPointer?
}

extension Completion<usher_reply> {
  func finish(_ result: Result<[UInt8], PluginError>) {
    switch result {
    case .success(let bytes): bytes.lent { function(context, USHER_OK, $0) }
    case .failure(let error): Array(error.text.utf8).lent { function(context, error.kind.status, $0) }
    }
  }
}

extension Completion<usher_http_reply> {
  func finish(_ result: Result<OutgoingResponse, PluginError>) {
    switch result {
    case .success(let response):
      Headers.write(response.headers).lent { headers in
        response.body.lent { function(context, USHER_OK, Int32(clamping: response.status), headers, $0) }
      }
    case .failure(let error):
      Array(error.text.utf8).lent { function(context, error.kind.status, 0, usher_bytes(data: nil, size: 0), $0) }
    }
  }
}
