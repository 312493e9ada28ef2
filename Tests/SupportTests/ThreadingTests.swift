import Foundation
import Support
import TestSupport
import Testing

@Suite @OwnThread struct LockTests {
  @Test func oneThreadAtATimeGetsIn() {
    let count = Lock(0)
    let done = Semaphore()
    for _ in 0..<4 {
      Thread.start("counter") {
        for _ in 0..<10_000 { count.withLock { $0 += 1 } }
        done.signal()
      }
    }
    for _ in 0..<4 { done.wait() }
    #expect(count.withLock { $0 } == 40_000)
  }

  @Test func givesOnWhatTheBodyGivesOrThrows() {
    struct Refused: Error {}
    let lock = Lock("a")
    #expect(lock.withLock { $0 + "b" } == "ab")
    #expect(throws: Refused.self) { try lock.withLock { _ in throw Refused() } }
    #expect(lock.withLock { $0 } == "a", "a throw unlocks")
  }
}

@Suite @OwnThread struct SemaphoreTests {
  @Test func aSignalEndsTheWait() {
    let semaphore = Semaphore()
    Thread.start("signaller") { semaphore.signal() }
    semaphore.wait()
    semaphore.signal()
    #expect(semaphore.wait(milliseconds: 0))
  }

  @Test func signalsAreCounted() {
    let semaphore = Semaphore(2)
    #expect(semaphore.wait(milliseconds: 0) && semaphore.wait(milliseconds: 0))
    #expect(!semaphore.wait(milliseconds: 0))
  }

  @Test(arguments: [Int64.min, -1, 0, 30])
  func theWaitEndsWithoutASignalToo(milliseconds: Int64) {
    let start = SystemTime().monotonicNanoseconds
    #expect(!Semaphore().wait(milliseconds: milliseconds))
    let waited = (SystemTime().monotonicNanoseconds - start) / 1_000_000
    #expect(waited >= max(0, milliseconds) && waited < 5000)
  }
}

@Suite @OwnThread struct ThreadTests {
  @Test func theThreadHasItsNameCutToWhatFits() {
    let name = Lock("")
    let done = Semaphore()
    Thread.start("a name that is far too long") {
      let found = (try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)) ?? ""
      name.withLock { $0 = found }
      done.signal()
    }
    done.wait()
    #expect(name.withLock { $0 } == "a name that is \n")
  }
}
