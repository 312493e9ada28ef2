import Support
import Testing

@Suite struct BoundedCacheTests {
  /// One part, so that the limit is exact.
  private let cache = BoundedCache<String, Int>(maximumBytes: 100, parts: 1)

  @Test func givesBackWhatItKeeps() {
    cache.insert(1, for: "a", bytes: 10)
    #expect(cache.value(for: "a") == 1)
    #expect(cache.value(for: "b") == nil)
    let statistics = cache.statistics
    #expect(statistics.entries == 1 && statistics.bytes == 10 && statistics.hits == 1 && statistics.misses == 1)
  }

  @Test func whatWasUsedLongestAgoMakesRoom() {
    for (index, key) in ["a", "b", "c", "d"].enumerated() { cache.insert(index, for: key, bytes: 25) }
    _ = cache.value(for: "a")
    cache.insert(9, for: "e", bytes: 30)
    #expect(["a", "b", "c", "d", "e"].filter { cache.value(for: $0) != nil } == ["a", "d", "e"])
    #expect(cache.statistics.bytes == 80)
  }

  @Test func aSecondValueReplacesTheFirstAndItsBytes() {
    cache.insert(1, for: "a", bytes: 90)
    cache.insert(2, for: "a", bytes: 20)
    cache.insert(3, for: "b", bytes: 80)
    #expect(cache.value(for: "a") == 2 && cache.value(for: "b") == 3)
    #expect(cache.statistics.bytes == 100 && cache.statistics.entries == 2)
  }

  @Test func aValueThatIsTooLargeIsNotKeptAndTheOldOneIsGone() {
    cache.insert(1, for: "a", bytes: 10)
    cache.insert(5, for: "b", bytes: 10)
    cache.insert(2, for: "a", bytes: 101)
    #expect(cache.value(for: "a") == nil)
    #expect(cache.value(for: "b") == 5)
  }

  @Test func forgetsOneSomeOrAll() {
    for number in 0..<8 { cache.insert(number, for: "\(number)", bytes: 1) }
    cache.remove("0")
    cache.remove("never there")
    cache.removeAll { $0 > "5" }
    #expect((0..<8).filter { cache.value(for: "\($0)") != nil } == [1, 2, 3, 4, 5])
    cache.removeAll()
    #expect(cache.statistics.entries == 0 && cache.statistics.bytes == 0)
    cache.insert(1, for: "again", bytes: 100)
    #expect(cache.value(for: "again") == 1)
  }

  /// A scan asks for everything once; what was asked for twice before is still there after ten times the room went by.
  @Test func aScanDoesNotPushOutWhatIsInUse() {
    for number in 0..<6 { cache.insert(number, for: "used \(number)", bytes: 10) }
    for number in 0..<6 { #expect(cache.value(for: "used \(number)") == number) }
    for number in 0..<100 { cache.insert(number, for: "passing \(number)", bytes: 10) }
    for number in 0..<6 { #expect(cache.value(for: "used \(number)") == number) }
    #expect(cache.value(for: "passing 99") == 99 && cache.value(for: "passing 0") == nil)
  }

  /// What was in use long ago makes room in the end for what is in use now.
  @Test func whatIsNoLongerUsedGoesInTheEnd() {
    for number in 0..<8 { cache.insert(number, for: "then \(number)", bytes: 10) }
    for number in 0..<8 { _ = cache.value(for: "then \(number)") }
    for number in 0..<16 {
      cache.insert(number, for: "now \(number)", bytes: 10)
      _ = cache.value(for: "now \(number)")
    }
    #expect((0..<8).filter { cache.value(for: "then \($0)") != nil } == [])
    #expect((8..<16).filter { cache.value(for: "now \($0)") != nil } == Array(8..<16))
  }

  /// Against the plain way to do it: two arrays in the order of use.
  @Test func behavesLikeTwoListsInOrderOfUse() {
    typealias Entry = (key: String, value: Int, bytes: Int)
    var once: [Entry] = []
    var again: [Entry] = []
    func size(_ list: [Entry]) -> Int { list.reduce(0) { $0 + $1.bytes } }
    func demote() {
      while size(again) > 80, again.count > 1 { once.append(again.removeFirst()) }
    }
    var state: UInt64 = 7
    func random(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    for round in 0..<20_000 {
      let key = "\(random(20))"
      if random(3) == 0 {
        let bytes = random(60)
        cache.insert(round, for: key, bytes: bytes)
        let wasUsed = again.contains { $0.key == key }
        once.removeAll { $0.key == key }
        again.removeAll { $0.key == key }
        while size(once) + size(again) + bytes > 100 {
          if once.isEmpty { again.removeFirst() } else { once.removeFirst() }
        }
        if wasUsed { again.append((key, round, bytes)) } else { once.append((key, round, bytes)) }
        demote()
      } else {
        let known = once.first { $0.key == key } ?? again.first { $0.key == key }
        #expect(cache.value(for: key) == known?.value)
        guard let known else { continue }
        once.removeAll { $0.key == key }
        again.removeAll { $0.key == key }
        again.append(known)
        demote()
      }
    }
    #expect(cache.statistics.entries == once.count + again.count)
    #expect(cache.statistics.bytes == size(once) + size(again))
  }

  @Test func staysWithinItsBoundsWhenManyUseIt() async {
    let cache = BoundedCache<Int, Int>(maximumBytes: 8000)
    await withTaskGroup(of: Void.self) { group in
      for task in 0..<8 {
        group.addTask {
          for number in 0..<2000 {
            cache.insert(number, for: number, bytes: 10)
            if let value = cache.value(for: (number + task) % 2000) { #expect(value == (number + task) % 2000) }
          }
        }
      }
    }
    #expect(cache.statistics.bytes <= 8000 && cache.statistics.entries > 100)
  }
}
