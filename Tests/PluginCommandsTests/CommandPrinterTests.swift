import Foundation
import MetadataModel
import Support
import Testing

@testable import PluginCommands

@Suite struct CommandPrinterTests {
  /// What was written, in its order: "O" or "E" and the text.
  private final class Written: Sendable {
    private let parts = Lock<[String]>([])
    var all: [String] { parts.withLock { $0 } }
    var errors: String { all.filter { $0.hasPrefix("E") }.map { String($0.dropFirst()) }.joined() }
    var output: String { all.filter { $0.hasPrefix("O") }.map { String($0.dropFirst()) }.joined() }
    func add(_ stream: String, _ bytes: [UInt8]) {
      parts.withLock { $0.append(stream + String(decoding: bytes, as: UTF8.self)) }
    }
  }

  private func print(
    _ events: [CommandEvent], json: Bool = false, streams: Bool = false, columns: Int = 0, time: ManualTime = .init()
  ) -> Written {
    let written = Written()
    let printer = CommandPrinter(
      isJSON: json, streams: streams, columns: columns, time: time, output: { written.add("O", $0) },
      errors: { written.add("E", $0) })
    for event in events {
      printer.hear(event)
      time.advance(milliseconds: 250)
    }
    printer.close()
    return written
  }

  private static let table = CommandEvent.table(
    ["title", CommandColumn("size", "SIZE", .right), "tags"],
    rows: [["A\u{1B}[2J\nB", 5, ["x", "y"]], [nil, 12345, true]])

  @Test func aTableHasColumnsAndCannotMoveTheCursor() {
    #expect(print([Self.table]).output == "TITLE     SIZE  TAGS\nA [2J B      5  x, y\n-        12345  yes\n")
  }

  @Test func aTableIsAListOfObjectsInJSON() throws {
    let text = print([Self.table, .text("left out"), .value(["a": 1])], json: true).output
    let documents = text.components(separatedBy: "\n]\n")
    #expect(documents.count == 2)
    let rows = try JSONCoding.decode(CommandValue.self, from: (documents[0] + "\n]").utf8)
    #expect(
      rows == [
        ["title": "A\u{1B}[2J\nB", "size": 5, "tags": ["x", "y"]], ["title": nil, "size": 12345, "tags": true],
      ])
  }

  @Test func aStreamIsALineARow() {
    let text = print([Self.table, .value(["a": 1])], json: true, streams: true).output
    #expect(text.split(separator: "\n").count == 3 && text.hasSuffix("{\"a\":1}\n"))
  }

  @Test func linesGoWhereTheyBelong() {
    let events: [CommandEvent] = [.text("a\nb"), .note("n"), .warning("w"), .value(1)]
    #expect(print(events).all == ["Oa\nb\n", "En\n", "Ewarning: w\n"])
    #expect(print(events, json: true).all == ["En\n", "Ewarning: w\n", "O1\n"])
  }

  @Test func withoutATerminalThereAreNoBars() {
    #expect(print([.progress(CommandProgress(id: "a", label: "A", done: 1, total: 2))]).all == [])
  }

  @Test func barsShowShareRateAndTimeLeft() {
    let events = (0...8).map {
      CommandEvent.progress(CommandProgress(id: "a", label: "Items", done: $0 * 100, total: 1000, unit: "items"))
    }
    let last = print(events, columns: 100).errors.components(separatedBy: "\u{1B}[J").last
    #expect(last == "Items  [========================>     ]  80 %  800/1000 items  355/s  0:01 left\n")
  }

  @Test func linesStayAboveTheBars() {
    let bar = CommandProgress(id: "a", label: "A", done: 1, total: 2)
    let written = print([.progress(bar), .text("line")], columns: 80).all
    #expect(written.count == 5)
    #expect(written[0].hasPrefix("EA  [===") && written[1] == "E\r\u{1B}[1A\u{1B}[J" && written[2] == "Oline\n")
    #expect(written[3].hasPrefix("EA  [==="))
  }

  @Test func aFinishedBarStaysAndTheOthersMoveOn() {
    let finished = CommandProgress(id: "a", label: "A", done: 2, total: 2, isFinished: true)
    let text = print(
      [
        .progress(CommandProgress(id: "a", label: "A", done: 1, total: 2)),
        .progress(CommandProgress(id: "b", label: "B", done: 7)), .progress(finished),
        .progress(CommandProgress(id: "b", label: "B", done: 8)),
      ], columns: 80
    ).errors
    let screen = Self.screen(text)
    #expect(screen.count == 2 && screen[0].hasPrefix("A  [") && screen[0].contains("100 %  2/2"), "\(screen)")
    #expect(screen[1].hasPrefix("B  8"), "\(screen)")
  }

  @Test(arguments: [20, 40, 60, 80])
  func aLineFitsTheTerminal(columns: Int) {
    var bar = ProgressBar(
      CommandProgress(id: "a", label: "一二三四五六七八九十一二三四五六七八九十", done: 0, total: 200_000, unit: "items"), 0)
    bar.move(
      to: CommandProgress(id: "a", label: "一二三四五六七八九十", done: 100_000, total: 200_000, unit: "items"), 2_000_000_000)
    #expect(PlainLine.columns(bar.line(columns: columns, 2_000_000_000)) < columns)
  }

  @Test func aTotalOfNothingOrLessThanDoneIsNoTrouble() {
    for total in [-5, 0, 3] {
      var bar = ProgressBar(CommandProgress(id: "a", label: "A", done: 0, total: total), 0)
      bar.move(to: CommandProgress(id: "a", label: "A", done: 9, total: total), 1_000_000_000)
      #expect(bar.line(columns: 80, 1_000_000_000).contains("100 %"))
    }
  }

  /// What a terminal shows after the text: lines, and the one escape sequence that bars use.
  private static func screen(_ text: String) -> [String] {
    var lines: [String] = []
    var rest = Substring(text)
    while !rest.isEmpty {
      if rest.hasPrefix("\r\u{1B}["), let end = rest.firstIndex(of: "A") {
        lines.removeLast(Int(rest[..<end].dropFirst(3)) ?? 0)
        rest = rest[end...].dropFirst(4)
      } else {
        let end = rest.firstIndex(of: "\n") ?? rest.endIndex
        lines.append(String(rest[..<end]))
        rest = rest[end...].dropFirst()
      }
    }
    return lines
  }
}
