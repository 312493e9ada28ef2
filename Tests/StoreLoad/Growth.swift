import Glibc
import Storage
import Support

/// Grows one store step by step, and measures at each size: how fast it grows, how long a lookup takes, how long opening
/// it takes, how large it is. A second store keeps the smallest size and is looked at in turn with the large one, so
/// that both are measured while the machine is the same. Prints a line of JSON per size.
struct Growth {
  let file: String
  /// Of each value.
  let bytes: Int

  private static let space = "tvmaze"
  private static let writers = 32
  /// Each of this many lookups, on both stores in turn; the middle one counts.
  private static let rounds = 5
  private static let lookups = 40_000
  /// Those right after opening are measured apart.
  private static let firstLookups = 20_000
  private static let openings = 5

  private var smallFile: String { file + ".small" }

  func run(_ sizes: [Int]) throws {
    let sizes = sizes.sorted()
    guard let smallest = sizes.first else { return }
    _ = try fill(smallFile, from: 0, to: smallest)
    var kept = 0
    for size in sizes {
      let rate = try fill(file, from: kept, to: size)
      kept = size
      let opening = try (0..<Self.openings).map { _ in try open() }.sorted()[Self.openings / 2]
      let (database, store) = try KeyValueStore.open(file)
      defer { database.close() }
      let (smallDatabase, smallStore) = try KeyValueStore.open(smallFile)
      defer { smallDatabase.close() }
      let first = lookUp(store, Self.firstLookups, 0..<size)
      // Warms up what a running host has warm: the larger the file, the later every page of it has been met once.
      _ = lookUp(store, max(Self.firstLookups, size / 10), 0..<size)
      _ = lookUp(smallStore, Self.firstLookups, 0..<smallest)
      var (hits, misses, smallHits) = ([Times](), [Times](), [Times]())
      for _ in 0..<Self.rounds {
        smallHits.append(lookUp(smallStore, Self.lookups, 0..<smallest))
        hits.append(lookUp(store, Self.lookups, 0..<size))
        misses.append(lookUp(store, Self.lookups, size..<2 * size))
      }
      let (hit, miss, smallHit) = (Times(middleOf: hits), Times(middleOf: misses), Times(middleOf: smallHits))
      say(
        """
        {"entries":\(size),"insertsPerSecond":\(rate),"openMicroseconds":\(opening / 1000),\
        "hitP50":\(hit.half),"hitP99":\(hit.most),"firstP99":\(first.most),\
        "smallP50":\(smallHit.half),"smallP99":\(smallHit.most),\
        "missP50":\(miss.half),"missP99":\(miss.most),"fileBytes":\(try store.space().fileBytes)}

        """)
    }
  }

  /// A key as the library makes it.
  private static func key(_ number: Int) -> [UInt8] {
    Array("fetch|tvmaze-episode-\(number &* 7919 % 100_000_007)|de-DE|DE|".utf8)
  }

  /// Entries per second.
  private func fill(_ file: String, from first: Int, to last: Int) throws -> Int {
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

  private func lookUp(_ store: KeyValueStore, _ count: Int, _ numbers: Range<Int>) -> Times {
    let clock = SystemTime()
    return Times(
      (0..<count).map { _ in
        let key = Self.key(Int.random(in: numbers))
        let start = clock.monotonicNanoseconds
        _ = store.valueNow(for: key, in: Self.space)
        return clock.monotonicNanoseconds - start
      })
  }
}

/// Half and 99 in 100 of some lookups took no more nanoseconds than these.
private struct Times {
  var half: Int64
  var most: Int64

  init(_ times: [Int64]) {
    let sorted = times.sorted()
    (half, most) = (sorted[sorted.count / 2], sorted[sorted.count * 99 / 100])
  }

  init(middleOf rounds: [Times]) {
    half = rounds.map(\.half).sorted()[rounds.count / 2]
    most = rounds.map(\.most).sorted()[rounds.count / 2]
  }
}
