import Foundation
import MetadataModel

/// Reads the tables below Tests/Fixtures/matching: a line an entry, columns parted by `|`.
enum MatchTable {
  /// A question and the answer that a careful person would give.
  struct Case: Sendable, CustomStringConvertible {
    var line: Int
    var category: String
    var request: MatchRequest
    /// "none", or the work's number with a source's letter before and a place in the show behind.
    var expected: String

    var description: String {
      let title = request.showTitle ?? request.title ?? ""
      return "\(category), \(request.kind.rawValue) '\(title)' \(request.year.map(String.init) ?? "")"
    }

    /// Whether `found` is the answer; `nil` for no candidate.
    func isAnswered(by found: ItemID?) -> Bool {
      guard let found else { return expected == "none" }
      let answer = MatchTable.answer(found)
      return answer == expected || String(answer.dropFirst()) == expected
    }
  }

  /// "b120" for beta-movie-120, "a200/2x3" for alpha-episode-200_2_3.
  static func answer(_ id: ItemID) -> String {
    let parts = id.value.split(separator: "_")
    let place = parts.dropFirst().joined(separator: "x")
    return "\(id.source.prefix(1))\(parts.first ?? "")" + (place.isEmpty ? "" : "/" + place)
  }

  static func cases() throws -> [Case] {
    try lines(of: "cases").enumerated().map { line, columns in
      guard columns.count == 6 else { throw TableError.unreadable("cases", columns.joined(separator: " | ")) }
      var request = MatchRequest(kind: MediaKind(rawValue: columns[1]))
      let title = columns[2].isEmpty ? nil : columns[2]
      if request.kind == .season || request.kind == .episode {
        request.showTitle = title
      } else {
        request.title = title
      }
      request.year = Int(columns[3])
      for field in list(columns, 4, ";") { try set(field, of: &request) }
      return Case(line: line, category: columns[0], request: request, expected: columns[5])
    }
  }

  private static func set(_ field: String, of request: inout MatchRequest) throws {
    let parts = field.split(separator: "=", maxSplits: 1).map(String.init)
    switch parts[0] {
    case "file": request.file = parts[1]
    case "language": request.language = parts[1]
    case "season": request.season = Int(parts[1])
    case "episode": request.episode = Int(parts[1])
    case "date": request.date = CalendarDate(parts[1])
    case "id": request.id = ItemID(parts[1])
    case "ids": request.externalIDs = ids(list([parts[1]], 0, ","))
    default: throw TableError.unreadable("cases", field)
    }
  }

  static func lines(of name: String) throws -> [[String]] {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: tests.appendingPathComponent("Fixtures/matching/\(name).txt"), encoding: .utf8)
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      line.split(separator: "|", omittingEmptySubsequences: false).map(trimmed)
    }
  }

  static func list(_ columns: [String], _ column: Int, _ separator: Character) -> [String] {
    guard columns.indices.contains(column) else { return [] }
    return columns[column].split(separator: separator).map(trimmed).filter { !$0.isEmpty }
  }

  static func ids(_ texts: [String]) -> ExternalIDs {
    var ids = ExternalIDs()
    for text in texts {
      let parts = text.split(separator: ":").map(String.init)
      if parts.count == 2 { ids[parts[0]] = parts[1] }
    }
    return ids
  }

  static func source(_ letter: Character) -> String {
    switch letter {
    case "a": "alpha"
    case "b": "beta"
    default: "gamma"
    }
  }

  private static func trimmed(_ text: Substring) -> String { text.trimmingCharacters(in: .whitespaces) }

  enum TableError: Error { case unreadable(String, String) }
}
