import PluginLoading
import Terminal
import Wiring
import Works

/// `usher unmatched`: what was asked and not found.
enum UnmatchedCommand: Command {
  static let name = "unmatched"
  static let parameters = "[PROVIDER]"
  static let summary = "Lists what media servers asked for and did not get, the last first."
  static let options = [
    Option("json", nil, "JSON instead of a table"),
    Option("data", "DIR", "the data folder, instead of 'data' in the configuration"),
  ]

  private struct Row: Encodable {
    var provider: String
    var kind: String
    var title: String
    var year: Int?
    var file: String?
    var firstAsked: String
    var lastAsked: String
    var times: Int
    var closest: String?
    var closestScore: Double?
  }

  static func run(_ arguments: Arguments) throws(CommandError) {
    let place = Place(arguments)
    guard arguments.words.count <= 1 else { throw .usage("'unmatched' takes one provider at most") }
    let configuration = try place.read()
    let provider = arguments.words.first
    if let provider { _ = try configuration.provider(provider) }
    let found = try WorkFile.use(arguments, place, configuration) { try await $0.unmatched(provider: provider) }
    if arguments.has("json") { return try Output.json(found.map(row)) }
    let rows = found.map { question in
      let score = question.closestScore.map { " \(Int(($0 * 100).rounded()))" } ?? ""
      return [
        timeText(question.lastAsked), "\(question.times)", question.provider, question.kind.rawValue,
        question.title + (question.year.map { " (\($0))" } ?? ""), (question.closest ?? "-") + score,
        question.file ?? "",
      ]
    }
    Output.text(Table(header: ["ASKED", "TIMES", "PROVIDER", "KIND", "TITLE", "CLOSEST", "FILE"], rows: rows).text)
  }

  private static func row(_ question: Unmatched) -> Row {
    Row(
      provider: question.provider, kind: question.kind.rawValue, title: question.title, year: question.year,
      file: question.file, firstAsked: timeText(question.firstAsked), lastAsked: timeText(question.lastAsked),
      times: question.times, closest: question.closest, closestScore: question.closestScore)
  }
}
