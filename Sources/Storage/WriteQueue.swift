import Support

/// One write: what it does inside the transaction, and who is told once that is committed or has failed.
struct WriteJob: Sendable {
  let perform: @Sendable (Connection) throws -> Void
  let finish: @Sendable ((any Error)?) -> Void
}

/// Commits writes in groups: all that wait go into one transaction, so that many writers pay for one commit.
struct WriteQueue: Sendable {
  /// Most writes in one transaction; keeps the first of them from waiting for long.
  static let groupLimit = 256

  let jobs: JobQueue<WriteJob>
  let pool: ConnectionPool
  let commits = Counter()

  /// Works until the queue is closed and empty. On the writer's thread.
  func run() {
    while true {
      let group = jobs.take(atMost: Self.groupLimit)
      guard !group.isEmpty else { return }
      do {
        try pool.lend { connection in commit(group, on: connection) }
      } catch {
        for job in group { job.finish(error) }
      }
    }
  }

  private func commit(_ group: [WriteJob], on connection: Connection) {
    var rest = group[...]
    while !rest.isEmpty { rest = commitOnce(rest, on: connection) }
  }

  /// Does as many jobs as fit into one transaction and gives those that have not been tried.
  private func commitOnce(_ group: ArraySlice<WriteJob>, on connection: Connection) -> ArraySlice<WriteJob> {
    do {
      try connection.execute("BEGIN IMMEDIATE")
    } catch {
      for job in group { job.finish(error) }
      return []
    }
    var failures: [(any Error)?] = []
    for job in group {
      let failure = perform(job, on: connection)
      failures.append(failure)
      if let failure, !connection.isInTransaction {
        // A full disk or a failing one undoes the whole transaction: none of the jobs so far is kept.
        tell(group.prefix(failures.count), failures.map { $0 ?? failure })
        return group.dropFirst(failures.count)
      }
    }
    do {
      try connection.execute("COMMIT")
      commits.add()
      tell(group, failures)
    } catch {
      try? connection.execute("ROLLBACK")
      tell(group, failures.map { $0 ?? error })
    }
    return []
  }

  /// Runs one job inside a savepoint, so that its failure leaves the others of its group alone.
  private func perform(_ job: WriteJob, on connection: Connection) -> (any Error)? {
    do {
      try connection.run("SAVEPOINT job")
      do {
        try job.perform(connection)
      } catch {
        if connection.isInTransaction {
          try connection.run("ROLLBACK TO job")
          try connection.run("RELEASE job")
        }
        return error
      }
      try connection.run("RELEASE job")
      return nil
    } catch {
      return error
    }
  }

  private func tell(_ jobs: ArraySlice<WriteJob>, _ failures: [(any Error)?]) {
    for (job, failure) in zip(jobs, failures) { job.finish(failure) }
  }
}
