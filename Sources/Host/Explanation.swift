import Answers
import Library
import MetadataModel
import Terminal

/// What `--explain` prints of a match: what was asked, what came back, and why the answer is what it is.
enum Explanation {
  static func print(_ trace: Trace, asJSON: Bool) throws(CommandError) {
    if asJSON { return try Output.json(trace.snapshot) }
    let snapshot = trace.snapshot
    if let name = snapshot.name, let bytes = try? JSONCoding.encode(name) {
      Output.text("the file's name says \(String(decoding: bytes, as: UTF8.self))\n\n")
    }
    let steps = snapshot.steps.map {
      [$0.source, $0.operation, $0.origin, "\(Int($0.milliseconds.rounded())) ms", $0.outcome]
    }
    Output.text(Table(header: ["SOURCE", "ASKED", "FROM", "TIME", "OUTCOME"], rows: steps).text + "\n")
    guard !snapshot.candidates.isEmpty else { return }
    let candidates = snapshot.candidates.map { judged in
      let parts = [judged.titleScore, judged.yearScore, judged.sourceScore, judged.score].map(percent)
      return [judged.id.description, judged.title, judged.year.map { "\($0)" } ?? "-"] + parts + [judged.rule]
    }
    let header = ["CANDIDATE", "NAME", "YEAR", "title", "year", "source", "SCORE", "RULE"]
    Output.text(Table(header: header, rows: candidates).text + "\n")
  }

  private static func percent(_ part: Double) -> String { "\(Int((part * 100).rounded()))" }
}
