import Answers
import Foundation
import MetadataModel
import Testing

@testable import Library

/// How often the whole library answers as a careful person would. A wrong match is worse than none.
@Suite struct MatchAccuracyTests {
  @Test("every case of the table is answered rightly, and none wrongly")
  func accuracy() async throws {
    let catalogue = try MatchCatalogue()
    var tally = Tally()
    for entry in try MatchTable.cases() {
      let kind: MediaKind = entry.request.kind == .movie ? .movie : .show
      let trace = Trace()
      let found = try await Stage(catalogue.sources(), kind: kind).match(entry.request, trace: trace)
      #expect(found.count <= 1, "\(entry)")
      let isRight = entry.isAnswered(by: found.first?.id)
      tally.add(entry.category, isRight, isWrong: !isRight && !found.isEmpty)
      let got = found.first.map { "\(MatchTable.answer($0.id)) by \($0.reason ?? "")" } ?? "none"
      let judged = trace.snapshot.candidates.map { "\(MatchTable.answer($0.id)) \($0.title): \($0.rule)" }
      #expect(isRight, "\(entry): \(got), not \(entry.expected)\n\(judged.joined(separator: "\n"))")
    }
    print(tally.table)
    #expect(tally.total >= 150)
    #expect(tally.categories >= 13)
  }

  @Test("the order in which a source lists its candidates changes no answer that is given")
  func order() async throws {
    let catalogue = try MatchCatalogue()
    for entry in try MatchTable.cases() {
      let sources = try catalogue.sources()
      for source in sources {
        source.change { content in
          guard let search = content.onMatch else { return }
          content.onMatch = { request throws(PluginError) in try search(request).reversed() }
        }
      }
      let kind: MediaKind = entry.request.kind == .movie ? .movie : .show
      let found = try await Stage(sources, kind: kind).match(entry.request)
      #expect(entry.isAnswered(by: found.first?.id), "\(entry): \(found.first?.id.description ?? "none")")
    }
  }
}

/// Right answers by category, in the table's order.
private struct Tally {
  private var order: [String] = []
  private var counts: [String: (right: Int, wrong: Int, all: Int)] = [:]

  mutating func add(_ category: String, _ isRight: Bool, isWrong: Bool) {
    if counts[category] == nil { order.append(category) }
    var count = counts[category] ?? (0, 0, 0)
    count.all += 1
    if isRight { count.right += 1 }
    if isWrong { count.wrong += 1 }
    counts[category] = count
  }

  var total: Int { counts.values.map(\.all).reduce(0, +) }
  var categories: Int { counts.count }

  var table: String {
    let rows = order.compactMap { category in counts[category].map { Self.row(category, $0) } }
    let sum = counts.values.reduce((right: 0, wrong: 0, all: 0)) { ($0.0 + $1.0, $0.1 + $1.1, $0.2 + $1.2) }
    return "matching accuracy\n" + (rows + [Self.row("all", sum)]).joined(separator: "\n")
  }

  private static func row(_ name: String, _ count: (right: Int, wrong: Int, all: Int)) -> String {
    let padded = name.padding(toLength: 26, withPad: " ", startingAt: 0)
    let share = count.right * 1000 / max(1, count.all)
    return "\(padded)\(count.right) of \(count.all)  \(share / 10).\(share % 10) %  \(count.wrong) wrong"
  }
}
