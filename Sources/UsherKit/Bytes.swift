package import CUsher

extension usher_bytes {
  /// A copy: what the other side lends ends with the function it was given to.
  package var copy: [UInt8] { [UInt8](UnsafeBufferPointer(start: data, count: data == nil ? 0 : size)) }

  /// A copy as text; bytes that are no UTF-8 become U+FFFD.
  package var text: String {
    String(decoding: UnsafeBufferPointer(start: data, count: data == nil ? 0 : size), as: UTF8.self)
  }

  /// Lends `bytes` to `body` for as long as it runs.
  package static func lend<Result>(_ bytes: [UInt8], _ body: (usher_bytes) throws -> Result) rethrows -> Result {
    try bytes.withUnsafeBufferPointer { try body(usher_bytes(data: $0.baseAddress, size: $0.count)) }
  }

  /// Lends the UTF-8 of `text`.
  package static func lend<Result>(_ text: String, _ body: (usher_bytes) throws -> Result) rethrows -> Result {
    try lend([UInt8](text.utf8), body)
  }
}

/// The outcome of something that the host answers before it returns: `collect` is handed over as `done`.
package struct Answer {
  private(set) var status: Int32?
  private(set) var value: [UInt8] = []

  /// Runs `ask` with a `done` and its context, and gives what `done` received. An `ask` that never called it counts as
  /// a fault of the host.
  package static func of(_ ask: (usher_reply, UnsafeMutableRawPointer) -> Void) throws(PluginError) -> [UInt8] {
    var answer = Answer()
    withUnsafeMutablePointer(to: &answer) { ask(collect, UnsafeMutableRawPointer($0)) }
    guard let status = answer.status else { throw PluginError(.fault, "the host returned without an answer") }
    guard status == USHER_OK else {
      throw PluginError(status: status, text: String(decoding: answer.value, as: UTF8.self))
    }
    return answer.value
  }

  private static let collect: usher_reply = { context, status, value in
    guard let answer = context?.assumingMemoryBound(to: Answer.self) else { return }
    answer.pointee.status = status
    answer.pointee.value = value.copy
  }
}
