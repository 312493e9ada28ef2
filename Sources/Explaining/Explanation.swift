package import Answers
import Library
import MetadataModel
package import Terminal

/// What `--explain` prints: what was asked, what came back, and why the answer is what it is.
package enum Explanation {
  package static func print(_ trace: Trace, asJSON: Bool) throws(CommandError) {
    if asJSON { return try Output.json(trace.snapshot) }
    let snapshot = trace.snapshot
    if let name = snapshot.name, let bytes = try? JSONCoding.encode(name) {
      Output.text("the file's name says \(String(decoding: bytes, as: UTF8.self))\n\n")
    }
    let steps = snapshot.steps.map {
      [$0.source, $0.operation, $0.origin, "\(Int($0.milliseconds.rounded())) ms", $0.outcome]
    }
    Output.text(Table(header: ["SOURCE", "ASKED", "FROM", "TIME", "OUTCOME"], rows: steps).text + "\n")
    printGathering(snapshot)
    guard !snapshot.candidates.isEmpty else { return printDecision(snapshot) }
    let candidates = snapshot.candidates.map { judged in
      let parts = [judged.titleScore, judged.yearScore, judged.sourceScore, judged.score].map(percent)
      return [judged.id.description, judged.title, judged.year.map { "\($0)" } ?? "-"] + parts + [judged.rule]
    }
    let header = ["CANDIDATE", "NAME", "YEAR", "title", "year", "source", "SCORE", "RULE"]
    Output.text(Table(header: header, rows: candidates).text + "\n")
    printDecision(snapshot)
  }

  private static func printDecision(_ snapshot: Trace.Snapshot) {
    if let decision = snapshot.decision { Output.text("decided by: \(decision)\n\n") }
  }

  /// How good each source's record is, and which records were taken for the same work.
  private static func printGathering(_ snapshot: Trace.Snapshot) {
    if !snapshot.quality.isEmpty {
      let rows = snapshot.quality.map { quality in
        [
          quality.source, percent(quality.score), percent(quality.threshold),
          quality.missing.isEmpty ? "-" : quality.missing.joined(separator: ", "),
        ]
      }
      Output.text(Table(header: ["SOURCE", "QUALITY", "NEEDED", "MISSING"], rows: rows).text + "\n")
    }
    guard !snapshot.links.isEmpty else { return }
    let rows = snapshot.links.map { [$0.id.description, $0.isSame ? "the same" : "kept apart", $0.rule] }
    Output.text(Table(header: ["RECORD", "IS", "BECAUSE"], rows: rows).text + "\n")
  }

  private static func percent(_ part: Double) -> String { "\(Int((part * 100).rounded()))" }
}
