public import MetadataModel
public import Support
import Terminal

/// Prints what a command says: tables, lines and JSON to standard output, notes and bars to standard error. From every
/// thread; one event at a time.
public final class CommandPrinter: Sendable {
  public typealias Write = @Sendable ([UInt8]) -> Void

  private let isJSON: Bool
  private let streams: Bool
  private let output: Write
  private let errors: Write
  private let bars: Lock<ProgressBars?>

  /// `streams` prints JSON a value a line. Bars are drawn when `columns`, the width of the terminal behind `errors`, is
  /// not 0.
  public init(
    isJSON: Bool, streams: Bool, columns: Int, time: any TimeSource, output: @escaping Write, errors: @escaping Write
  ) {
    self.isJSON = isJSON
    self.streams = streams
    self.output = output
    self.errors = errors
    bars = Lock(columns > 0 ? ProgressBars(columns: columns, time: time) : nil)
  }

  /// Prints one event, or leaves it out.
  public func hear(_ event: CommandEvent) {
    // One lock for all: bars and lines must not mix.
    bars.withLock { bars in
      if case .progress(let progress) = event {
        if let text = bars?.show(progress) { errors(Array(text.utf8)) }
        return
      }
      guard let (stream, bytes) = text(of: event) else { return }
      if let erased = bars?.erased() { errors(Array(erased.utf8)) }
      stream(bytes)
      if let drawn = bars?.drawn() { errors(Array(drawn.utf8)) }
    }
  }

  /// Leaves the bars as they are now.
  public func close() {
    bars.withLock { bars in
      if let text = bars?.redrawn() { errors(Array(text.utf8)) }
      bars = nil
    }
  }

  private func text(of event: CommandEvent) -> (Write, [UInt8])? {
    switch event {
    case .table(let columns, let rows):
      return (output, isJSON ? json(Self.objects(columns, rows)) : Array(Self.table(columns, rows).utf8))
    case .text(let text): return isJSON ? nil : (output, Array(PlainLine.lines(text).utf8))
    case .value(let value): return isJSON ? (output, json(value)) : nil
    case .note(let text): return (errors, Array(PlainLine.lines(text).utf8))
    case .warning(let text): return (errors, Array(("warning: " + PlainLine.lines(text)).utf8))
    case .progress: return nil
    }
  }

  private func json(_ value: CommandValue) -> [UInt8] {
    // A value that came as JSON has JSON.
    if streams, case .list(let values) = value { return values.flatMap { json(line: $0) } }
    return streams ? json(line: value) : (try? Output.readableJSON(value)) ?? []
  }

  private func json(line value: CommandValue) -> [UInt8] { ((try? JSONCoding.encode(value)) ?? []) + [0x0A] }

  private static func objects(_ columns: [CommandColumn], _ rows: [[CommandValue]]) -> CommandValue {
    .list(
      rows.map { row in
        .object(Dictionary(zip(columns.map(\.key), row).map { ($0, $1) }, uniquingKeysWith: { first, _ in first }))
      })
  }

  private static func table(_ columns: [CommandColumn], _ rows: [[CommandValue]]) -> String {
    let right = columns.indices.filter { columns[$0].alignment == .right }
    return Table(
      header: columns.map { PlainLine.text($0.title) }, rows: rows.map { $0.map(cell) }, rightAligned: Set(right)
    ).text
  }

  private static func cell(_ value: CommandValue) -> String {
    switch value {
    case .null: "-"
    case .boolean(let value): value ? "yes" : "no"
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .text(let text): PlainLine.text(text)
    case .list(let values): values.map(cell).joined(separator: ", ")
    case .object: (try? JSONCoding.encode(value)).map { PlainLine.text(String(decoding: $0, as: UTF8.self)) } ?? "-"
    }
  }
}
