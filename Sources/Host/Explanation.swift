import Library

/// What `--explain` prints of a match: what was asked, what came back, and why the answer is what it is.
enum Explanation {
  static func print(_ trace: Trace, asJSON: Bool) throws(CommandError) {
    if asJSON { return try Output.json(trace.snapshot) }
    Output.text(trace.text + "\n")
  }
}
