import Foundation
import MetadataModel
import Naming
import Testing

/// A line of a table below Tests/Fixtures/names: a name and all that it says.
struct NameRow: CustomTestStringConvertible {
  var name: String
  var expected: ParsedName

  var testDescription: String { name }

  /// The rows of a file; fields are written `title=…|year=2010|episodes=1,2`.
  static func all(of file: String) throws -> [NameRow] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: folder.appendingPathComponent("Fixtures/names/\(file).tsv"), encoding: .utf8)
    return try text.split(separator: "\n").filter { !$0.hasPrefix("# ") }.map { line in
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
      return NameRow(name: String(columns[0]), expected: try parsed(columns.count > 1 ? columns[1] : ""))
    }
  }

  private static func parsed(_ fields: Substring) throws -> ParsedName {
    var name = ParsedName()
    for field in fields.split(separator: "|") {
      let parts = field.split(separator: "=", maxSplits: 1)
      let value = String(parts[1])
      switch parts[0] {
      case "title": name.title = value
      case "year": name.year = Int(value)
      case "season": name.season = Int(value)
      case "episodes": name.episodes = value.split(separator: ",").compactMap { Int($0) }
      case "absolute": name.absolute = value.split(separator: ",").compactMap { Int($0) }
      case "date": name.date = CalendarDate(value)
      case "edition": name.edition = value
      case "resolution": name.resolution = value
      case "site": name.site = value
      case "performers": name.performers = value.split(separator: ";").map(String.init)
      case "code": name.code = value
      case "ids":
        var ids = ExternalIDs()
        for id in value.split(separator: ",") {
          let pair = id.split(separator: ":")
          ids[String(pair[0])] = String(pair[1])
        }
        name.ids = ids
      default: throw TableError.unknownField(String(field))
      }
    }
    return name
  }

  enum TableError: Error { case unknownField(String) }
}
