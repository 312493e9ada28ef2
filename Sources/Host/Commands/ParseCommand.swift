import MetadataModel
import NameReadings
import Naming
import Terminal

/// `usher parse`: what a file name says.
enum ParseCommand: Command {
  static let name = "parse"
  static let parameters = "NAME"
  static let summary = "Says what a file name tells of the film, episode or scene in it."
  static let options = [
    Option("kind", "KIND", "movie, show or scene; the name decides otherwise"),
    Option("stdin", nil, "a name a line from standard input, instead of NAME"),
    Option("json", nil, "JSON, one object a line with --stdin"),
  ]

  static func run(_ arguments: Arguments) throws(CommandError) {
    let kind = try kind(arguments)
    let isJSON = arguments.has("json")
    if arguments.has("stdin") {
      guard arguments.words.isEmpty else { throw .usage("'parse --stdin' takes no name") }
      return parseLines(kind, asJSON: isJSON)
    }
    guard arguments.words.count == 1 else { throw .usage("'parse' takes one name; quote it when it contains spaces") }
    let reading = NameParser().read(arguments.words[0], kind: kind)
    guard !isJSON else { return Output.bytes(line(of: reading.name)) }
    guard !reading.name.isEmpty else { throw .failed("'\(arguments.words[0])' says nothing") }
    Output.text(table(of: reading))
  }

  private static func kind(_ arguments: Arguments) throws(CommandError) -> NameKind? {
    guard let word = arguments.text("kind") else { return nil }
    guard let kind = NameKind(rawValue: word) else {
      throw .usage("option '--kind' takes movie, show or scene, not '\(word)'")
    }
    return kind
  }

  private static func line(of name: ParsedName) -> [UInt8] {
    var bytes: [UInt8] = []
    name.write(to: &bytes)
    return bytes + [0x0A]
  }

  /// Reads names from standard input until it ends; writes an answer for each in its order, empty lines too.
  private static func parseLines(_ kind: NameKind?, asJSON: Bool) {
    let parser = NameParser()
    var lines = InputLines()
    var answer: [UInt8] = []
    while let name = lines.next() {
      let reading = parser.read(name, kind: kind)
      if asJSON {
        reading.name.write(to: &answer)
        answer.append(0x0A)
      } else {
        answer += Array((String(decoding: name, as: UTF8.self) + "\n" + table(of: reading) + "\n").utf8)
      }
      // Whoever types or pipes names one by one sees each answer at once.
      if answer.count >= 1 << 16 || !lines.hasMore {
        Output.bytes(answer)
        answer.removeAll(keepingCapacity: true)
      }
    }
  }

  private static func table(of reading: NameReading) -> String {
    let name = reading.name
    var rows = [["kind", reading.kind.rawValue]]
    func add(_ field: String, _ value: String?) { if let value { rows.append([field, value]) } }
    add("title", name.title)
    add("year", name.year.map { "\($0)" })
    add("season", name.season.map { "\($0)" })
    add("episodes", name.episodes?.map { "\($0)" }.joined(separator: ", "))
    add("absolute", name.absolute?.map { "\($0)" }.joined(separator: ", "))
    add("date", name.date?.description)
    add("ids", name.ids?.sorted.map { "\($0.namespace) \($0.value)" }.joined(separator: ", "))
    add("edition", name.edition)
    add("resolution", name.resolution)
    add("site", name.site)
    add("performers", name.performers?.joined(separator: ", "))
    add("code", name.code)
    add("also", reading.titles.count > 1 ? reading.titles.dropFirst().joined(separator: "; ") : nil)
    add("confidence", name.confidence.map { "\(Int(($0 * 100).rounded())) %" })
    return Table(rows: rows).text
  }
}
