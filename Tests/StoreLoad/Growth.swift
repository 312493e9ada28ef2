import Glibc
import Storage
import Support

/// Grows one store step by step, and measures at each size: how fast it grows, how long a lookup takes, how long opening
/// it takes, how large it is. Prints a line of JSON per size.
struct Growth {
  let file: String
  /// Of each value.
  let bytes: Int

  private static let space = "tvmaze"
  private static let writers = 32
  private static let lookups = 200_000
  /// Those right after opening are measured apart.
  private static let firstLookups = 20_000
  private static let openings = 5

  func run(_ sizes: [Int]) throws {
    var kept = 0
    for size in sizes.sorted() {
      let rate = try fill(from: kept, to: size)
      kept = size
      let opening = try (0..<Self.openings).map { _ in try open() }.sorted()[Self.openings / 2]
      let (database, store) = try KeyValueStore.open(file)
      let hit = { Self.key(Int.random(in: 0..<size)) }
      let first = lookUp(store, Self.firstLookups, hit)
      // Warms up what a running host has warm: the larger the file, the later every page of it has been met once.
      _ = lookUp(store, max(Self.firstLookups, size / 10), hit)
      let hits = lookUp(store, Self.lookups, hit)
      let misses = lookUp(store, Self.lookups) { Self.key(size + Int.random(in: 0..<size)) }
      let space = try store.space()
      database.close()
      say(
        """
        {"entries":\(size),"insertsPerSecond":\(rate),"openMicroseconds":\(opening / 1000),\
        "hitP50":\(hits.half),"hitP99":\(hits.most),"firstP99":\(first.most),"missP50":\(misses.half),"missP99":\(misses.most),\
        "fileBytes":\(space.fileBytes)}

        """)
    }
  }

  /// A key as the library makes it.
  private static func key(_ number: Int) -> [UInt8] {
    Array("fetch|tvmaze-episode-\(number &* 7919 % 100_000_007)|de-DE|DE|".utf8)
  }

  /// Entries per second.
  private func fill(from first: Int, to last: Int) throws -> Int {
    let (database, store) = try KeyValueStore.open(file)
    let clock = SystemTime()
    let start = clock.monotonicNanoseconds
    let now = clock.wallMilliseconds
    let ended = Semaphore()
    let bytes = bytes
    for writer in 0..<Self.writers {
      Thread.start("writer") {
        for number in stride(from: first + writer, to: last, by: Self.writers) {
          let content = value(of: number, count: bytes)
          let until = now + Int64(number % 86_400) * 1000
          _ = store.storeNow(
            StoredValue(bytes: content, storedAt: now, freshUntil: until), for: Self.key(number), in: Self.space)
        }
        ended.signal()
      }
    }
    for _ in 0..<Self.writers { ended.wait() }
    database.close()
    let seconds = Double(clock.monotonicNanoseconds - start) / 1e9
    return Int(Double(last - first) / seconds)
  }

  /// Nanoseconds from nothing to the first value.
  private func open() throws -> Int64 {
    let clock = SystemTime()
    let start = clock.monotonicNanoseconds
    let (database, store) = try KeyValueStore.open(file)
    defer { database.close() }
    _ = store.valueNow(for: Self.key(1), in: Self.space)
    return clock.monotonicNanoseconds - start
  }

  /// Half and 99 in 100 of so many lookups took no more nanoseconds than these.
  private func lookUp(_ store: KeyValueStore, _ count: Int, _ key: () -> [UInt8]) -> (half: Int64, most: Int64) {
    let clock = SystemTime()
    var times = (0..<count).map { _ in
      let key = key()
      let start = clock.monotonicNanoseconds
      _ = store.valueNow(for: key, in: Self.space)
      return clock.monotonicNanoseconds - start
    }
    times.sort()
    return (times[times.count / 2], times[times.count * 99 / 100])
  }
}
