import Glibc
import Storage
import Support
import Synchronization

/// Keeps numbered values from several threads at once, and looks for them again.
struct WriteLoad {
  let file: String
  private static let space = "crash"
  private static let threads = 4

  private static func stored(_ number: Int) -> StoredValue {
    StoredValue(bytes: value(of: number, count: 100 + number % 50 * 80), storedAt: Int64(number), freshUntil: .max)
  }

  /// Goes on until the process is killed, or its reader.
  func run(first: Int) throws {
    let (_, store) = try KeyValueStore.open(file)
    let ended = Semaphore()
    let counter = NumberSource(first: first)
    for _ in 0..<Self.threads {
      Thread.start("writer") {
        while true {
          let number = counter.next()
          guard store.storeNow(Self.stored(number), for: Array("fetch|\(number)".utf8), in: Self.space) else { break }
          let line = Array("\(number)\n".utf8)
          guard write(STDOUT_FILENO, line, line.count) == line.count else { break }
        }
        ended.signal()
      }
    }
    for _ in 0..<Self.threads { ended.wait() }
  }

  /// True when every value whose number comes on standard input is kept whole, and the database is sound.
  func verify() throws -> Bool {
    let (database, store) = try KeyValueStore.open(file)
    defer { database.close() }
    var (found, lost) = (0, 0)
    while let line = readLine(), let number = Int(line) {
      if store.valueNow(for: Array("fetch|\(number)".utf8), in: Self.space) == Self.stored(number) {
        found += 1
      } else {
        lost += 1
      }
    }
    let finding = try database.readNow { try $0.firstRow("PRAGMA quick_check(1)") { $0.text(0) } } ?? ""
    print("\(found) found, \(lost) lost, database \(finding)")
    return lost == 0 && finding == "ok"
  }
}

/// Gives every number once.
private final class NumberSource: Sendable {
  private let number: Atomic<Int>

  init(first: Int) { number = Atomic(first) }

  func next() -> Int { number.add(1, ordering: .relaxed).oldValue }
}
