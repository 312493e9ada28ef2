import MetadataModel
public import Storage
public import Support

/// What must never be forgotten: which records are one work, which key was given for which question, what a person has
/// fixed by hand. It has a file of its own, so that clearing the cache leaves it alone.
///
/// Members may be called from every thread. A store that fails counts as "nothing known" and costs one line a minute.
public final class WorkStore: Sendable {
  let database: Database
  let time: any TimeSource
  private let log: Log
  private let nextLine = Lock<Int64>(.min)
  private let contradictions = Lock<Set<String>>([])
  private let lastGeneration = Lock<Int64>(0)

  /// `database` has been opened with `migrations`.
  public init(database: Database, time: any TimeSource, log: Log) {
    self.database = database
    self.time = time
    self.log = log
  }

  /// What `body` reads; nil when the database fails.
  func known<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async -> Value? {
    do {
      return try await database.read(body)
    } catch {
      report(error)
      return nil
    }
  }

  /// What `body` gives once its writes are committed; nil when the database fails.
  @discardableResult
  func kept<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async -> Value? {
    do {
      return try await database.write(body)
    } catch {
      report(error)
      return nil
    }
  }

  /// Grows with each change of the pins, by whatever process. Blocks for some microseconds: for a thread that watches,
  /// never inside a Task. A database that fails has not changed.
  public func pinGeneration() -> Int64 {
    do {
      let number = try database.readNow { connection in
        try connection.firstRow("SELECT number FROM generations WHERE subject = 'pins'") { $0.integer(0) }
      }
      return lastGeneration.withLock { last in
        last = max(last, number ?? 0)
        return last
      }
    } catch {
      report(error)
      return lastGeneration.withLock { $0 }
    }
  }

  /// Says a contradiction once; it is met at every match.
  func note(contradiction sentence: String) {
    let isNew = contradictions.withLock { said in
      // They come from the network: only so many are remembered.
      if said.count >= 1000 { said = [] }
      return said.insert(sentence).inserted
    }
    if isNew { log.warning("two records are kept apart: \(sentence)") }
  }

  private func report(_ error: any Error) {
    let now = time.monotonicNanoseconds
    let isDue = nextLine.withLock { nextLine in
      guard now >= nextLine else { return false }
      nextLine = now + 60_000_000_000
      return true
    }
    if isDue { log.error("works, decisions and pins can be neither found nor kept for now: \(error)") }
  }
}

extension Statement {
  /// Nil when the column is null.
  func optionalInteger(_ column: Int) -> Int? { isNull(column) ? nil : Int(truncatingIfNeeded: integer(column)) }

  /// Nil when the column is null.
  func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }
}

extension BoundValue {
  /// An id in its text form.
  static func id(_ id: ItemID) -> BoundValue { .text(id.description) }

  static func optional(_ number: Int?) -> BoundValue { number.map { .integer(Int64($0)) } ?? .null }

  static func optional(_ text: String?) -> BoundValue { text.map { .text($0) } ?? .null }
}
