import MetadataModel
import Support

/// Bars below each other at the end of a terminal's output, redrawn at most ten times a second. Its functions give what
/// to write.
struct ProgressBars {
  private let columns: Int
  private let time: any TimeSource
  private var bars: [ProgressBar] = []
  /// Lines on the terminal that belong to bars.
  private var lines = 0
  private var drawnAt: Int64?

  private static let pauseNanoseconds: Int64 = 100_000_000

  init(columns: Int, time: any TimeSource) {
    self.columns = columns
    self.time = time
  }

  /// What shows the progress; nil while the last drawing is fresh. A finished bar stays above those that move.
  mutating func show(_ progress: CommandProgress) -> String? {
    let now = time.monotonicNanoseconds
    let place = bars.firstIndex { $0.progress.id == progress.id }
    var bar = place.map { bars[$0] } ?? ProgressBar(progress, now)
    bar.move(to: progress, now)
    if progress.isFinished {
      if let place { bars.remove(at: place) }
      return erased() + bar.line(columns: columns, now) + "\n" + drawn()
    }
    if let place { bars[place] = bar } else { bars.append(bar) }
    if let drawnAt, now - drawnAt < Self.pauseNanoseconds { return nil }
    return redrawn()
  }

  /// Takes the bars off the terminal.
  mutating func erased() -> String {
    defer { lines = 0 }
    // Up so many lines, then clear to the end of the screen.
    return lines == 0 ? "" : "\r\u{1B}[\(lines)A\u{1B}[J"
  }

  /// Draws the bars where the cursor is.
  mutating func drawn() -> String {
    let now = time.monotonicNanoseconds
    drawnAt = now
    lines = bars.count
    return bars.map { $0.line(columns: columns, now) + "\n" }.joined()
  }

  /// Both.
  mutating func redrawn() -> String { erased() + drawn() }
}
