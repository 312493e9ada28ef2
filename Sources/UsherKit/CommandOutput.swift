import Glibc
public import MetadataModel

/// Where a command's events go: the host's `command-output/1`, or a list in tests.
public protocol CommandOutputInterface: Sendable {
  /// An event as JSON.
  func emit(_ event: [UInt8])
}

/// What a command says while it runs. From every thread until `run` returns; what is said later is dropped.
public struct CommandOutput: Sendable {
  public let interface: any CommandOutputInterface
  /// The user wants JSON: say one table or value.
  public let isJSON: Bool
  private let pace: ProgressPace

  /// Of each bar one event in so many milliseconds is passed on, since making events takes time too; 0 passes all.
  public init(_ interface: any CommandOutputInterface, isJSON: Bool, progressEvery milliseconds: Int64 = 0) {
    self.interface = interface
    self.isJSON = isJSON
    pace = ProgressPace(milliseconds: milliseconds)
  }

  /// Rows under headings, with a cell for each column; with `--json` a list of objects, a member per column.
  public func table(_ columns: [CommandColumn], _ rows: [[CommandValue]]) { emit(.table(columns, rows: rows)) }

  /// A line on standard output; left out with `--json`.
  public func text(_ line: String) { emit(.text(line)) }

  /// What `--json` prints; nothing otherwise. Throws when the value has no JSON.
  public func value(_ value: some Encodable & Sendable) throws {
    guard isJSON else { return }
    interface.emit(try JSONCoding.encode(ValueEvent(value: value)))
  }

  /// A line on standard error, with `--json` too: a link to open, what was done.
  public func note(_ line: String) { emit(.note(line)) }

  /// A line on standard error that begins with "warning: ".
  public func warning(_ line: String) { emit(.warning(line)) }

  /// Moves the bar `id`, which the host draws with rate and time left when standard error is a terminal. Call it as
  /// often as work gets done.
  public func progress(_ id: String, _ label: String, done: Int, total: Int? = nil, unit: String = "") {
    let progress = CommandProgress(id: id, label: label, done: done, total: total, unit: unit)
    if pace.isDue(progress) { emit(.progress(progress)) }
  }

  /// The bar `id` moves no more.
  public func finish(_ id: String) {
    if let last = pace.last(id) { emit(.progress(last)) }
  }

  private func emit(_ event: CommandEvent) {
    // Every event has JSON but one with a number that is none; the host could not print that one either.
    if let bytes = try? JSONCoding.encode(event) { interface.emit(bytes) }
  }

  private struct ValueEvent<Value: Encodable & Sendable>: Encodable {
    var event = "value"
    var value: Value
  }
}

/// When each bar was last passed on, and how far it is.
private final class ProgressPace: Sendable {
  private let nanoseconds: Int64
  private let bars = Guarded<[String: (last: CommandProgress, sent: Int64)]>([:])

  init(milliseconds: Int64) { nanoseconds = milliseconds * 1_000_000 }

  func isDue(_ progress: CommandProgress) -> Bool {
    var clock = timespec()
    clock_gettime(CLOCK_MONOTONIC, &clock)
    let now = Int64(clock.tv_sec) * 1_000_000_000 + Int64(clock.tv_nsec)
    return bars.withLock { bars in
      let sent = bars[progress.id]?.sent
      let isDue = sent.map { now - $0 >= nanoseconds } ?? true
      bars[progress.id] = (progress, isDue ? now : sent ?? now)
      return isDue
    }
  }

  /// How far the bar came, as its last event; nil for one that never moved.
  func last(_ id: String) -> CommandProgress? {
    bars.withLock { bars in
      guard var last = bars.removeValue(forKey: id)?.last else { return nil }
      last.isFinished = true
      return last
    }
  }
}
