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

  @Test func manyAskersGetTheAnswerOfOnePieceOfWork() async throws {
    let flight = SingleFlight<String, Int>()
    let gate = Gate()
    let (runs, askers) = (Counter(), Counter())
    let answers = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<20 {
        group.addTask {
          askers.add()
          return try await flight.run("key") {
            runs.add()
            await gate.wait()
            return runs.value
          }
        }
      }
      while askers.value < 20 { await Task.yield() }
      // The askers have counted themselves; the last step into `run` may still be ahead of them.
      for _ in 0..<100 { await Task.yield() }
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

  @Test func workGoesOnWhenTheAskerGivesUp() async throws {
    let flight = SingleFlight<String, Bool>()
    let gate = Gate()
    let started = Counter()
    let asker = Task {
      try await flight.run("key") {
        started.add()
        await gate.wait()
        return Task.isCancelled
      }
    }
    while started.value == 0 { await Task.yield() }
    asker.cancel()
    async let second = flight.run("key") { true }
    await gate.open()
    #expect(try await second == false)
  }
}
