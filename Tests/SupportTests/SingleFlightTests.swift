import Support
import Testing

@Suite struct SingleFlightTests {
  private struct Failed: Error {}

  /// Lets Tasks wait until the test says go.
  private actor Gate {
    private var isOpen = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func wait() async {
      if isOpen { return }
      await withCheckedContinuation { waiting.append($0) }
    }

    func open() {
      isOpen = true
      for continuation in waiting { continuation.resume() }
      waiting = []
    }
  }

  /// Counts how often it was found to be under way already.
  private struct WatchedKey: Hashable {
    let found = Counter()

    static func == (left: WatchedKey, right: WatchedKey) -> Bool {
      left.found.add()
      return true
    }

    func hash(into hasher: inout Hasher) {}
  }

  @Test func manyAskersGetTheAnswerOfOnePieceOfWork() async throws {
    let flight = SingleFlight<WatchedKey, Int>()
    let gate = Gate()
    let key = WatchedKey()
    let runs = Counter()
    let answers = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<20 {
        group.addTask {
          try await flight.run(key) {
            runs.add()
            await gate.wait()
            return runs.value
          }
        }
      }
      // Whoever joins looks for it twice.
      while key.found.value < 38 { await Task.yield() }
      #expect(flight.count == 1)
      await gate.open()
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(answers == Array(repeating: 1, count: 20))
    #expect(runs.value == 1)
  }

  @Test func otherKeysAreOtherWork() async throws {
    let flight = SingleFlight<Int, Int>()
    async let one = flight.run(1) { 10 }
    async let two = flight.run(2) { 20 }
    #expect(try await [one, two] == [10, 20])
  }

  @Test func aFailureIsToldButNotKept() async throws {
    let flight = SingleFlight<String, Int>()
    await #expect(throws: Failed.self) { try await flight.run("key") { throw Failed() } }
    #expect(flight.count == 0)
    #expect(try await flight.run("key") { 7 } == 7)
  }

  @Test func anAnswerIsNotKeptEither() async throws {
    let flight = SingleFlight<String, Int>()
    #expect(try await flight.run("key") { 1 } == 1)
    #expect(try await flight.run("key") { 2 } == 2)
  }

  @Test func theWorkBecomesAsUrgentAsTheMostUrgentWhoWaits() async throws {
    let flight = SingleFlight<WatchedKey, Bool>()
    let (gate, key, started) = (Gate(), WatchedKey(), Counter())
    let (first, second, third) = (SharedUrgency(.background), SharedUrgency(.background), SharedUrgency(.normal))
    async let one = flight.run(key, urgency: first) {
      started.add()
      await gate.wait()
      return true
    }
    while started.value == 0 { await Task.yield() }
    async let two = flight.run(key, urgency: second) { false }
    while key.found.value < 1 { await Task.yield() }
    async let three = flight.run(key, urgency: third) { false }
    #expect(await isSoon { first.current == .normal })
    // Somebody joins the work of the second one.
    second.raise(to: .interactive)
    #expect(await isSoon { first.current == .interactive })
    await gate.open()
    #expect(try await [one, two, three] == [true, true, true])
  }

  @Test func workGoesOnForTheOthersWhenAnAskerGivesUp() async throws {
    let flight = SingleFlight<WatchedKey, Bool>()
    let (gate, key, started) = (Gate(), WatchedKey(), Counter())
    let asker = Task {
      try await flight.run(key) {
        started.add()
        await gate.wait()
        return Task.isCancelled
      }
    }
    while started.value == 0 { await Task.yield() }
    async let second = flight.run(key) { true }
    while key.found.value < 1 { await Task.yield() }
    asker.cancel()
    await gate.open()
    #expect(try await second == false)
  }

  @Test func workIsCancelledWhenTheLastAskerGivesUp() async throws {
    let flight = SingleFlight<String, Bool>()
    let (gate, started) = (Gate(), Counter())
    let asker = Task {
      try await flight.run("key") {
        started.add()
        await gate.wait()
        return Task.isCancelled
      }
    }
    while started.value == 0 { await Task.yield() }
    asker.cancel()
    #expect(flight.count == 0)
    // Who comes now does not get what was given up, nor is disturbed by its end.
    let next = Gate()
    let later = Task {
      try await flight.run("key") {
        started.add()
        await next.wait()
        return Task.isCancelled
      }
    }
    while started.value < 2 { await Task.yield() }
    await gate.open()
    #expect(try await asker.value)
    #expect(flight.count == 1)
    await next.open()
    #expect(try await later.value == false)
  }
}

/// Waits for what other tasks are about to make true; false after two seconds.
private func isSoon(_ isTrue: () -> Bool) async -> Bool {
  for _ in 0..<1000 {
    if isTrue() { return true }
    try? await Task.sleep(for: .milliseconds(2))
  }
  return isTrue()
}
