import MetadataModel
import NameReadings
import Naming
import TestSupport
import Testing

/// The tables of names, each line wholly right: every field that is expected and none that is not.
@Suite @OwnThread struct NameTableTests {
  /// Tables of real release names and of spellings, for all kinds.
  private nonisolated static let broad = ["broad", "fresh", "later", "spellings"]

  @Test(arguments: try NameRow.all(of: "shows-standard")) func readsSeasonsAndEpisodes(_ row: NameRow) {
    check(row, .show)
  }

  @Test(arguments: try NameRow.all(of: "shows-other")) func readsOtherNumberings(_ row: NameRow) { check(row, .show) }

  @Test(arguments: try NameRow.all(of: "shows-absolute")) func readsAbsoluteNumbers(_ row: NameRow) {
    check(row, .show)
  }

  @Test(arguments: try NameRow.all(of: "shows-paths")) func usesFoldersWithTheFile(_ row: NameRow) { check(row, .show) }

  @Test(arguments: try NameRow.all(of: "films")) func readsFilms(_ row: NameRow) { check(row, .movie) }

  @Test(arguments: try NameRow.all(of: "scenes")) func readsScenes(_ row: NameRow) { check(row, .scene) }

  @Test(arguments: try NameRow.all(of: "codes")) func readsCatalogueNumbers(_ row: NameRow) { check(row, .scene) }

  @Test(arguments: broad, ["shows", "films", "scenes", "codes"])
  func readsNamesAsPeopleGiveThem(_ table: String, _ sort: String) throws {
    let kind: NameKind = sort == "shows" ? .show : sort == "films" ? .movie : .scene
    for row in try NameRow.all(of: "\(table)-\(sort)") { check(row, kind) }
  }

  @Test(arguments: try NameRow.all(of: "any")) func decidesOnTheKind(_ row: NameRow) { check(row, nil) }

  @Test func theTablesHoldAThousandNames() throws {
    let own = ["shows-standard", "shows-other", "shows-absolute", "shows-paths", "films", "scenes", "codes", "any"]
    let files = own + Self.broad.flatMap { table in ["shows", "films", "scenes", "codes"].map { "\(table)-\($0)" } }
    let counts = try files.map { try NameRow.all(of: $0).count }
    #expect(counts.reduce(0, +) >= 1000)
  }

  private func check(_ row: NameRow, _ kind: NameKind?) {
    var name = NameParser().parse(row.name, kind: kind)
    if let confidence = name.confidence { #expect((0...1).contains(confidence)) }
    name.confidence = nil
    #expect(name == row.expected, "\(row.name)")
  }
}
