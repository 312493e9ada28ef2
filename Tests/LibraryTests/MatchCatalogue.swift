import Foundation
import MetadataModel

@testable import Library

/// The invented works of Tests/Fixtures/matching/catalogue.txt, served by three sources that search as real services do.
struct MatchCatalogue: Sendable {
  /// What one source knows of one work.
  struct Record: Sendable {
    var kind: MediaKind
    var number: String
    var year: Int?
    var title: String
    var original: String?
    var names: [String] = []
    var ids: ExternalIDs = [:]
    var seasons = 0
    var episodes = 0
    var firstDay: CalendarDate?
    var isCounted = false
    var score: Double?

    var allNames: [String] { [title] + (original.map { [$0] } ?? []) + names }

    func id(_ source: String) throws -> ItemID { try item("\(source)-\(kind.rawValue)-\(number)") }
  }

  /// By source.
  private let records: [String: [Record]]

  init() throws {
    var records: [String: [Record]] = [:]
    for columns in try MatchTable.lines(of: "catalogue") {
      let record = try Self.record(columns)
      for letter in columns[1] { records[MatchTable.source(letter), default: []].append(record) }
    }
    self.records = records
  }

  /// Alpha filters by year where that finds the name, tells other names of its first hit only, and no ids in a search.
  /// Beta ignores the year and tells all it has. Gamma searches main titles alone.
  func sources() throws -> [FakeSource] {
    [
      try source("alpha", ["imdb", "tmdb"]) { request, records in
        let hits = Self.hits(request.title, records, limit: 20) { $0.allNames }
        let sameYear = hits.filter { $0.year == request.year }
        let isNamed = sameYear.contains { Self.words($0.title) == Self.words(request.title ?? "") }
        let found = request.year == nil ? hits : isNamed ? sameYear : sameYear + hits.filter { $0.year != request.year }
        return try found.enumerated().map { place, record in
          let noise = 0.45 + Double((Int(record.number) ?? 0) * 37 % 100) / 250
          return try Self.candidate("alpha", record) {
            $0.originalTitle = record.original
            $0.alternativeTitles = place == 0 ? record.names : nil
            $0.externalIDs = nil
            $0.score = record.score ?? noise
          }
        }
      },
      try source("beta", ["imdb", "tvdb"]) { request, records in
        try Self.hits(request.title, records, limit: 10) { $0.allNames }.map { record in
          try Self.candidate("beta", record) {
            $0.originalTitle = record.original
            $0.alternativeTitles = record.names
          }
        }
      },
      try source("gamma", ["imdb"]) { request, records in
        try Self.hits(request.title, records, limit: 5) { [$0.title] }.map { record in
          try Self.candidate("gamma", record) { $0.score = 0.8 }
        }
      },
    ]
  }

  private func source(
    _ id: String, _ namespaces: [String],
    _ search: @escaping @Sendable (MatchRequest, [Record]) throws -> [Candidate]
  ) throws -> FakeSource {
    let all = records[id] ?? []
    let source = FakeSource(id, namespaces: namespaces) {
      $0.onMatch = { request throws(PluginError) in
        let records = all.filter { $0.kind == request.kind }
        do {
          guard let ids = request.externalIDs else { return try search(request, records) }
          return try records.filter { $0.ids.shares(anyWith: ids) }.map { try Self.candidate(id, $0) }
        } catch {
          throw PluginError(.fault, "\(error)")
        }
      }
    }
    for record in all { try Self.add(record, to: source) }
    return source
  }

  private static func candidate(
    _ source: String, _ record: Record, _ change: (inout Candidate) -> Void = { _ in }
  ) throws -> Candidate {
    var candidate = Candidate(id: try record.id(source), title: record.title, year: record.year)
    candidate.externalIDs = record.ids.isEmpty ? nil : record.ids
    change(&candidate)
    return candidate
  }

  /// Those of which a name has half of the words asked for, the likest first.
  private static func hits(
    _ title: String?, _ records: [Record], limit: Int, _ names: (Record) -> [String]
  ) -> [Record] {
    let wanted = words(title ?? "")
    let ranked = records.enumerated().compactMap { place, record -> (Record, Double, Int)? in
      let best = names(record).map { likeness(wanted, words($0), title == $0) }.max() ?? 0
      return best >= 0.45 ? (record, best, place) : nil
    }
    return ranked.sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.2 < $1.2 }.prefix(limit).map(\.0)
  }

  private static func likeness(_ wanted: [String], _ name: [String], _ isSame: Bool) -> Double {
    if isSame || (!wanted.isEmpty && wanted.joined() == name.joined()) { return 2 }
    guard !wanted.isEmpty else { return 0 }
    let found = wanted.filter { word in
      let stem = word.prefix(word.utf8.allSatisfy { $0 < 0x80 } ? 4 : 2)
      return name.contains {
        $0 == word || (word.count >= 4 && ($0.hasPrefix(stem) || ($0.count >= 3 && word.hasPrefix($0))))
      }
    }
    return Double(found.count) / Double(wanted.count) - Double(abs(name.count - wanted.count)) / 1000
  }

  private static func words(_ text: String) -> [String] {
    text.precomposedStringWithCompatibilityMapping
      .folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
      .split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  /// Seasons a year apart, an episode a week.
  private static func add(_ record: Record, to source: FakeSource) throws {
    let show = try record.id(source.id)
    var shown = MediaItem(id: show, title: record.title)
    shown.year = record.year
    shown.externalIDs = record.ids
    var lists: [ItemID: [MediaItem]] = [:]
    for season in 0..<record.seasons {
      let name = "\(record.number)_\(season + 1)"
      let entry = try mediaItem("\(source.id)-season-\(name)", "Season \(season + 1)", index: season + 1)
      lists[show, default: []].append(entry)
      for episode in 0..<record.episodes {
        var media = try mediaItem(
          "\(source.id)-episode-\(name)_\(episode + 1)", "Episode \(episode + 1)", index: episode + 1)
        media.parent = Ancestor(id: entry.id, title: entry.title, index: season + 1)
        media.released = record.firstDay.flatMap { day(after: $0, 364 * season + 7 * episode) }
        if record.isCounted { media.absoluteIndex = season * record.episodes + episode + 1 }
        lists[entry.id, default: []].append(media)
      }
    }
    source.change { content in
      content.items[show] = shown
      content.children.merge(lists) { $1 }
    }
  }

  private static func day(after start: CalendarDate, _ days: Int) -> CalendarDate? {
    let format = Date.ISO8601FormatStyle().year().month().day()
    guard let date = try? format.parse(start.description) else { return nil }
    return CalendarDate(date.addingTimeInterval(Double(days) * 86400).formatted(format))
  }

  private static func record(_ columns: [String]) throws -> Record {
    let head = columns[0].split(separator: " ")
    var record = Record(
      kind: MediaKind(rawValue: String(head[0])), number: String(head[1]), year: Int(columns[2]), title: columns[3])
    for name in MatchTable.list(columns, 4, ";") {
      if name.hasPrefix("=") { record.original = String(name.dropFirst()) } else { record.names.append(name) }
    }
    record.ids = MatchTable.ids(MatchTable.list(columns, 5, ","))
    for word in MatchTable.list(columns, 6, " ") {
      if word == "counted" {
        record.isCounted = true
      } else if let score = Double(word) {
        record.score = score
      } else {
        let parts = word.split { $0 == "x" || $0 == "@" }.map(String.init)
        record.seasons = Int(parts[0]) ?? 0
        record.episodes = Int(parts[1]) ?? 0
        record.firstDay = CalendarDate(parts[2])
      }
    }
    return record
  }
}
