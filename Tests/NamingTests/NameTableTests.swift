import MetadataModel
import Naming
import TestSupport
import Testing

/// The tables of names, each line wholly right: every field that is expected and none that is not.
@Suite @OwnThread struct NameTableTests {
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

  @Test(arguments: try NameRow.all(of: "any")) func decidesOnTheKind(_ row: NameRow) { check(row, nil) }

  @Test func theTablesHoldFourHundredNames() throws {
    let files = ["shows-standard", "shows-other", "shows-absolute", "shows-paths", "films", "scenes", "codes", "any"]
    let counts = try files.map { try NameRow.all(of: $0).count }
    #expect(counts.reduce(0, +) >= 400)
  }

  private func check(_ row: NameRow, _ kind: NameKind?) {
    var name = NameParser().parse(row.name, kind: kind)
    if let confidence = name.confidence { #expect((0...1).contains(confidence)) }
    name.confidence = nil
    #expect(name == row.expected, "\(row.name)")
  }
}
