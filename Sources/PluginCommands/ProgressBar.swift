import MetadataModel

/// One bar: how far it is, how fast it moves, and its line on the terminal.
struct ProgressBar {
  private(set) var progress: CommandProgress
  /// Where it was lately, for the rate.
  private var samples: [(nanoseconds: Int64, done: Int)]

  private static let windowNanoseconds: Int64 = 10_000_000_000
  private static let stepNanoseconds: Int64 = 200_000_000
  private static let widest = 30

  init(_ progress: CommandProgress, _ now: Int64) {
    self.progress = progress
    samples = [(now, progress.done)]
  }

  mutating func move(to progress: CommandProgress, _ now: Int64) {
    // One that goes back begins anew.
    if progress.done < self.progress.done { samples = [(now, progress.done)] }
    self.progress = progress
    if let last = samples.last, now - last.nanoseconds >= Self.stepNanoseconds { samples.append((now, progress.done)) }
    if samples.count > 2, now - samples[1].nanoseconds > Self.windowNanoseconds { samples.removeFirst() }
  }

  /// Steps a second over the last ten seconds; nil in the first half second.
  func rate(_ now: Int64) -> Double? {
    guard let first = samples.first, now - first.nanoseconds >= 500_000_000, progress.done > first.done else {
      return nil
    }
    return Double(progress.done - first.done) * 1e9 / Double(now - first.nanoseconds)
  }

  /// "Items  [=====>    ]  45 %  9000/20000 items  1234/s  0:08 left", fitted into `columns`.
  func line(columns: Int, _ now: Int64) -> String {
    var parts: [String] = []
    let share = progress.total.map { total in total > 0 ? min(1, max(0, Double(progress.done) / Double(total))) : 1 }
    if let share { parts.append("\(Int(share * 100)) %") }
    let count = progress.total.map { "\(progress.done)/\($0)" } ?? "\(progress.done)"
    parts.append(progress.unit.isEmpty ? count : "\(count) \(PlainLine.text(progress.unit))")
    if let rate = rate(now) {
      parts.append(rate < 10 ? "\(Double(Int(rate * 10)) / 10)/s" : "\(Int(rate))/s")
      if let total = progress.total, total > progress.done, !progress.isFinished {
        parts.append("\(Self.clock(Double(total - progress.done) / rate)) left")
      }
    }
    let label = String(PlainLine.text(progress.label).prefix(24))
    let text = ([label] + parts).joined(separator: "  ")
    let room = min(Self.widest, columns - 1 - PlainLine.columns(text) - 4)
    guard let share, room >= 10 else { return Self.cut(text, columns - 1) }
    return ([label, Self.bar(share, room)] + parts).joined(separator: "  ")
  }

  private static func bar(_ share: Double, _ width: Int) -> String {
    let filled = Int(share * Double(width))
    let head = filled < width ? ">" : ""
    return "[" + String(repeating: "=", count: filled) + head
      + String(repeating: " ", count: width - filled - head.count) + "]"
  }

  private static func cut(_ text: String, _ columns: Int) -> String {
    var text = text
    while PlainLine.columns(text) > columns, !text.isEmpty { text.removeLast() }
    return text
  }

  /// "0:08", "12:30", "3:05:00".
  private static func clock(_ seconds: Double) -> String {
    let all = Int(min(seconds.rounded(.up), 360_000))
    let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    let (hours, minutes) = (all / 3600, all / 60 % 60)
    return (hours > 0 ? "\(hours):\(two(minutes))" : "\(minutes)") + ":" + two(all % 60)
  }
}
