import MetadataModel
import PluginLoading
import Terminal
import Wiring
import Works

/// `usher pins`: what was fixed by hand.
enum PinsCommand: Command {
  static let name = "pins"
  static let summary = "Lists the matches that were fixed by hand."
  static let options = [
    Option("json", nil, "JSON instead of a table"),
    Option("data", "DIR", "the data folder, instead of 'data' in the configuration"),
  ]

  private struct Row: Encodable {
    var number: Int64
    var provider: String
    var file: String?
    var title: String?
    var year: Int?
    var key: ItemID
    var pinnedAt: String
  }

  static func run(_ arguments: Arguments) throws(CommandError) {
    let place = Place(arguments)
    guard arguments.words.isEmpty else { throw .usage("'pins' takes no '\(arguments.words[0])'") }
    let pins = try WorkFile.use(arguments, place, place.read()) { try await $0.pins() }
    if arguments.has("json") { return try Output.json(pins.map(row)) }
    let rows = pins.map { pin in
      ["\(pin.number)", pin.provider, kind(of: pin), pin.shown, pin.key.description, timeText(pin.pinnedAt)]
    }
    Output.text(Table(header: ["NUMBER", "PROVIDER", "WHAT", "PINNED", "KEY", "SINCE"], rows: rows).text)
  }

  private static func kind(of pin: Pin) -> String {
    if case .file = pin.target { return "file" }
    return "title"
  }

  private static func row(_ pin: Pin) -> Row {
    var row = Row(number: pin.number, provider: pin.provider, key: pin.key, pinnedAt: timeText(pin.pinnedAt))
    switch pin.target {
    case .file(let path): row.file = path
    case .title(_, let year): (row.title, row.year) = (pin.shown, year)
    }
    return row
  }
}
