/// How much a log line matters.
public enum LogLevel: Int, Sendable, Comparable, CaseIterable {
  case debug, info, warning, error

  public init?(name: String) {
    guard let level = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = level
  }

  public var name: String {
    switch self {
    case .debug: "debug"
    case .info: "info"
    case .warning: "warning"
    case .error: "error"
    }
  }

  public static func < (left: LogLevel, right: LogLevel) -> Bool { left.rawValue < right.rawValue }
}

/// One thing that happened. Secrets must be taken out before it gets here.
public struct LogLine: Sendable {
  public var level: LogLevel
  /// Who speaks: "http", "plugin tvmaze", "store".
  public var subject: String
  public var message: String
  /// Name and value, in the order in which they are shown; `request` is the request's id.
  public var details: [(name: String, value: String)]

  public init(_ level: LogLevel, _ subject: String, _ message: String, _ details: [(name: String, value: String)]) {
    self.level = level
    self.subject = subject
    self.message = message
    self.details = details
  }
}

/// Takes log lines from every thread, without blocking the caller on a slow disk or terminal.
public protocol LogSink: Sendable {
  /// Lines below this level may be left unmade.
  var threshold: LogLevel { get }
  func write(_ line: LogLine)
}

/// A log under one subject.
public struct Log: Sendable {
  public let sink: any LogSink
  public let subject: String

  public init(_ sink: any LogSink, subject: String) {
    self.sink = sink
    self.subject = subject
  }

  public func debug(_ message: @autoclosure () -> String, _ details: (name: String, value: String)...) {
    write(.debug, message, details)
  }
  public func info(_ message: @autoclosure () -> String, _ details: (name: String, value: String)...) {
    write(.info, message, details)
  }
  public func warning(_ message: @autoclosure () -> String, _ details: (name: String, value: String)...) {
    write(.warning, message, details)
  }
  public func error(_ message: @autoclosure () -> String, _ details: (name: String, value: String)...) {
    write(.error, message, details)
  }

  private func write(_ level: LogLevel, _ message: () -> String, _ details: [(name: String, value: String)]) {
    guard level >= sink.threshold else { return }
    sink.write(LogLine(level, subject, message(), details))
  }
}

/// Keeps lines in memory, for tests.
public final class RecordingLogSink: LogSink {
  public let threshold: LogLevel
  private let kept = Lock<[LogLine]>([])

  public init(threshold: LogLevel = .debug) { self.threshold = threshold }

  public func write(_ line: LogLine) { kept.withLock { $0.append(line) } }
  public var lines: [LogLine] { kept.withLock { $0 } }
}
