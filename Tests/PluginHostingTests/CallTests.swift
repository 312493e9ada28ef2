import MetadataModel
import Support
import Synchronization
import Testing

@testable import PluginCalls

struct CallTests {
  @Test func aRequestBegunWhileTheCallReturnsDoesNotHoldItUp() async {
    let rounds = 50_000
    let calls = (0..<rounds).map { _ in
      Call(CallInfo(requestID: "r1", deadline: .after(milliseconds: 60_000, SystemTime())), time: SystemTime())
    }
    let turn = Turn()
    let forgotten = Counter()
    // Begins a request in each call that ends only when it is cancelled, or far too late.
    Thread.start("begins") {
      for (round, call) in calls.enumerated() {
        while turn.number.load(ordering: .acquiring) < round {}
        _ = call.start {
          if (try? await Task.sleep(for: .milliseconds(500))) != nil { forgotten.add() }
        }
      }
    }
    // Returns from it at about the same time, now a little sooner, now a little later.
    await blocking {
      for (round, call) in calls.enumerated() {
        turn.number.store(round, ordering: .releasing)
        for _ in 0..<round % 1000 { _ = turn.number.load(ordering: .relaxed) }
        _ = call.drain()
        if forgotten.value > 0 { break }
      }
      turn.number.store(rounds, ordering: .releasing)
    }
    #expect(forgotten.value == 0, "a request was not cancelled when its call returned")
  }

  @Test func cancellingACallEndsItsRequests() async {
    let call = Call(CallInfo(requestID: "r1", deadline: .after(milliseconds: 60_000, SystemTime())), time: SystemTime())
    let ended = Semaphore()
    let isStarted = call.start {
      try? await Task.sleep(for: .seconds(60))
      ended.signal()
    }
    #expect(isStarted)
    call.cancel()
    #expect(await blocking { ended.wait(milliseconds: 10_000) })
    #expect(!call.start {}, "nothing more begins")
  }
}

/// Whose turn it is, for two threads that spin.
private final class Turn: Sendable {
  let number = Atomic<Int>(-1)
}
