public import MetadataModel
import Storage

extension WorkStore {
  /// The work that `id` (a key given out, or the id of a source's record) belongs to; nil when never seen.
  public func work(of id: ItemID) async -> Work? {
    await known { try WorkRows(connection: $0).known(with: id)?.work } ?? nil
  }

  /// Works of `kind` known under one of `ids`, the earliest given first. A record's own id counts under its source's
  /// name: tmdb-show-1396 is `["tmdb": "1396"]`.
  public func works(of kind: MediaKind, with ids: ExternalIDs) async -> [Work] {
    await known { try WorkRows(connection: $0).works(of: kind, with: ids) } ?? []
  }

  /// Records that `member` is the work `key`, as the record of the source `saidBy` says.
  ///
  /// A key that is not known becomes a new work; one that is a record of another key's work stands for that work. The
  /// title and year of a work are those of its key's own record. At a contradiction nothing changes. A source may
  /// correct an id that it alone has claimed. Without a working database the caller's word is taken.
  public func join(_ member: Member, to key: ItemID, saidBy: String) async -> JoinOutcome {
    let joining = Joining(member: member, key: key, saidBy: saidBy)
    // Nearly always everything is known already: a look costs no commit.
    let seen = await known { connection in
      let plan = try joining.plan(WorkRows(connection: connection))
      return plan.isEmpty ? plan.outcome : nil
    }
    let outcome: JoinOutcome
    if let seen, let settled = seen {
      outcome = settled
    } else {
      let written = await kept { connection in
        let rows = WorkRows(connection: connection)
        let plan = try joining.plan(rows)
        try plan.write(to: rows)
        return plan.outcome
      }
      outcome = written ?? joining.unchecked
    }
    if case .contradiction(let sentence) = outcome { note(contradiction: sentence) }
    return outcome
  }
}
