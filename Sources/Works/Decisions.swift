public import MetadataModel
import Storage

/// Which key was given for a question, and by which rule.
public struct KeptDecision: Hashable, Sendable {
  public let key: ItemID
  public let rule: String
  /// Milliseconds since 1970.
  public let decidedAt: Int64

  public init(key: ItemID, rule: String, decidedAt: Int64) {
    self.key = key
    self.rule = rule
    self.decidedAt = decidedAt
  }
}

extension WorkStore {
  /// What was decided for these hints; nil when nothing was.
  public func decision(for hints: String, provider: String) async -> KeptDecision? {
    await known { connection in
      try connection.firstRow(
        "SELECT key, rule, decided_at FROM decisions WHERE provider = ? AND hints = ?", .text(provider), .text(hints)
      ) { row in
        ItemID(row.text(0)).map { KeptDecision(key: $0, rule: row.text(1), decidedAt: row.integer(2)) }
      } ?? nil
    } ?? nil
  }

  /// Keeps a decision, in place of an earlier one.
  public func keep(_ decision: KeptDecision, for hints: String, provider: String) async {
    await kept { connection in
      try connection.run(
        """
        INSERT INTO decisions (provider, hints, key, rule, decided_at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (provider, hints) DO UPDATE SET
          key = excluded.key, rule = excluded.rule, decided_at = excluded.decided_at
        """, .text(provider), .text(hints), .id(decision.key), .text(decision.rule), .integer(decision.decidedAt))
    }
  }

  /// The next time these hints come they are decided anew.
  public func forgetDecision(for hints: String, provider: String) async {
    await kept { connection in
      try connection.run(
        "DELETE FROM decisions WHERE provider = ? AND hints = ?", .text(provider), .text(hints))
    }
  }
}
