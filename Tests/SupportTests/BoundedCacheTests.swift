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

  /// Against the plain way to do it: an array in the order of use.
  @Test func behavesLikeAListInOrderOfUse() {
    var list: [(key: String, value: Int, bytes: Int)] = []
    var state: UInt64 = 7
    func random(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    for round in 0..<5000 {
      let key = "\(random(20))"
      if random(3) == 0 {
        let bytes = random(60)
        cache.insert(round, for: key, bytes: bytes)
        list.removeAll { $0.key == key }
        while list.reduce(bytes, { $0 + $1.bytes }) > 100 { list.removeFirst() }
        list.append((key, round, bytes))
      } else {
        let place = list.firstIndex { $0.key == key }
        #expect(cache.value(for: key) == place.map { list[$0].value })
        if let place { list.append(list.remove(at: place)) }
      }
    }
    #expect(cache.statistics.entries == list.count)
    #expect(cache.statistics.bytes == list.reduce(0) { $0 + $1.bytes })
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
