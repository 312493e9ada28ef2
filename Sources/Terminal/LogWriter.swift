import FoundationEssentials
import Glibc
public import Support

/// Writes log lines to standard error from a thread of its own, so that a slow terminal or disk stops nobody.
///
/// Up to `limit` bytes wait; lines beyond that are dropped and counted, and the count is told when there is room again.
public final class LogWriter: LogSink {
  public enum Form: Sendable { case text, json }

  private struct State {
    var waiting: [UInt8] = []
    var dropped = 0
    var isClosed = false
    var isWriting = false
  }

  public let threshold: LogLevel
  private let form: Form
  private let descriptor = STDERR_FILENO
  private let time: any TimeSource
  private let limit = 1 << 20
  private let state = Lock(State())
  private let work = Semaphore()
  private let ended = Semaphore()

  public init(threshold: LogLevel, form: Form, time: any TimeSource = SystemTime()) {
    self.threshold = threshold
    self.form = form
    self.time = time
    Thread.start("log") { self.writeAll() }
  }

  public func write(_ line: LogLine) {
    guard line.level >= threshold else { return }
    let bytes = render(line)
    let isFirst = state.withLock { state in
      guard state.waiting.count + bytes.count <= limit else {
        state.dropped += 1
        return false
      }
      let isFirst = state.waiting.isEmpty
      state.waiting += bytes
      return isFirst
    }
    if isFirst { work.signal() }
  }

  /// Writes what waits and ends the thread.
  public func close() {
    state.withLock { $0.isClosed = true }
    work.signal()
    _ = ended.wait(milliseconds: 2000)
  }

  private func writeAll() {
    while true {
      work.wait()
      let (bytes, dropped, isClosed) = state.withLock { state in
        defer {
          state.waiting = []
          state.dropped = 0
        }
        return (state.waiting, state.dropped, state.isClosed)
      }
      Output.write(bytes, to: descriptor)
      if dropped > 0 {
        let line = LogLine(.warning, "log", "\(dropped) lines were dropped: the output is too slow", [])
        Output.write(render(line), to: descriptor)
      }
      if isClosed { break }
    }
    ended.signal()
  }

  private func render(_ line: LogLine) -> [UInt8] {
    let moment = Date(timeIntervalSince1970: Double(time.wallMilliseconds) / 1000)
      .formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true))
    switch form {
    case .text:
      var text = "\(moment)Z \(line.level.name) \(line.subject): \(Self.oneLine(line.message))"
      for (name, value) in line.details { text += " \(name)=\(Self.quoted(value))" }
      return Array((text + "\n").utf8)
    case .json:
      let members =
        [("time", moment + "Z"), ("level", line.level.name), ("subject", line.subject)]
        + [("message", line.message)] + line.details.map { ($0.name, $0.value) }
      let body = members.map { "\(Self.jsonText($0.0)):\(Self.jsonText($0.1))" }.joined(separator: ",")
      return Array("{\(body)}\n".utf8)
    }
  }

  /// A line break in a message from outside must not look like a line of its own.
  private static func oneLine(_ text: String) -> String {
    text.unicodeScalars.contains { $0.value < 0x20 } ? jsonText(text) : text
  }

  private static func quoted(_ value: String) -> String {
    value.isEmpty || value.unicodeScalars.contains { $0.value <= 0x20 || $0 == "\"" } ? jsonText(value) : value
  }

  private static func jsonText(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
