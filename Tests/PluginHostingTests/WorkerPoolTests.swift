import Support
import Testing

@testable import PluginHosting

struct WorkerPoolTests {
  @Test func threadsAreMadeOnDemandAndEndWhenIdle() async throws {
    let pool = WorkerPool(name: "pool", threads: 4, waiting: 10, idleMilliseconds: 20)
    #expect(pool.threads == 0)
    let gate = Semaphore()
    for _ in 0..<3 { #expect(pool.enqueue { gate.wait() }) }
    #expect(pool.threads == 3)
    for _ in 0..<3 { gate.signal() }
    for _ in 0..<400 where pool.threads > 0 { try await Task.sleep(for: .milliseconds(5)) }
    #expect(pool.threads == 0)
    // It begins anew.
    #expect(pool.enqueue {})
    #expect(await blocking { pool.close(milliseconds: 2000) })
  }

  @Test func jobsBeyondThreadsWaitAndBeyondTheQueueAreRefused() async {
    let pool = WorkerPool(name: "pool", threads: 2, waiting: 3, idleMilliseconds: 1000)
    let gate = Semaphore()
    let ran = Counter()
    let accepted = (0..<7).filter { _ in
      pool.enqueue {
        gate.wait()
        ran.add()
      }
    }
    // Two run once their threads have taken them; until then they take places in the queue.
    #expect((3...5).contains(accepted.count))
    for _ in accepted { gate.signal() }
    #expect(await blocking { pool.close(milliseconds: 2000) })
    #expect(ran.value == accepted.count)
    #expect(!pool.enqueue {})
  }

  @Test func everyJobOfManyRunsOnce() async {
    let pool = WorkerPool(name: "pool", threads: 8, waiting: 5000, idleMilliseconds: 1)
    let ran = Counter()
    for _ in 0..<5000 { #expect(pool.enqueue { ran.add() }) }
    #expect(await blocking { pool.close(milliseconds: 5000) })
    #expect(ran.value == 5000)
  }

  @Test func closingDoesNotWaitForEverForAJobThatHangs() async {
    let pool = WorkerPool(name: "pool", threads: 1, waiting: 1, idleMilliseconds: 1000)
    let gate = Semaphore()
    #expect(pool.enqueue { gate.wait() })
    #expect(await blocking { pool.close(milliseconds: 20) } == false)
    gate.signal()
  }
}

struct DeadlineTimerTests {
  @Test func actionsRunInTheOrderOfTheirDeadlinesAndCancelledOnesNever() async {
    let time = SystemTime()
    let timer = DeadlineTimer(time: time)
    let start = time.monotonicNanoseconds + 500_000_000
    let moment = { (number: Int) in Deadline(monotonicNanoseconds: start + Int64(number) * 10_000_000) }
    let ran = Lock<[Int]>([])
    let isDone = Semaphore()
    for number in [5, 1, 4, 2, 3] {
      let id = timer.schedule(moment(number)) { ran.withLock { $0.append(number) } }
      if number == 4 { timer.cancel(id) }
    }
    timer.schedule(moment(6)) { isDone.signal() }
    #expect(await blocking { isDone.wait(milliseconds: 5000) })
    #expect(ran.withLock { $0 } == [1, 2, 3, 5])
    withExtendedLifetime(timer) {}
  }

  @Test func manyCancelledOnesDoNotStandInTheWay() async {
    let time = SystemTime()
    let timer = DeadlineTimer(time: time)
    let isDone = Semaphore()
    timer.schedule(.after(milliseconds: 50, time)) { isDone.signal() }
    for number in 0..<10_000 {
      timer.cancel(
        timer.schedule(.after(milliseconds: Int64(20_000 + number % 60), time)) { Issue.record("cancelled") })
    }
    #expect(await blocking { isDone.wait(milliseconds: 5000) })
    withExtendedLifetime(timer) {}
  }
}

struct HeadersTests {
  @Test func linesAreReadAndWritten() throws {
    let headers = try Headers.read(Array("A: b\nX-Y:  c: d\n\nE:\n".utf8))
    #expect(headers.map { "\($0.name)=\($0.value)" } == ["A=b", "X-Y=c: d", "E="])
    #expect(String(decoding: Headers.write([("A", "b\r\nC: d")]), as: UTF8.self) == "A: b  C: d\n")
  }

  @Test("What is no header line is refused", arguments: ["no colon", ": value", "a b: c", "A: b\rC: d", "A: \u{0}"])
  func refused(_ line: String) {
    #expect(throws: (any Error).self) { try Headers.read(Array(line.utf8)) }
  }
}

struct ExportedSymbolsTests {
  @Test func onlyExportedNamesWithThePrefixAreTold() async throws {
    let library = try await blocking { () throws in
      try BuiltPlugin.library(
        """
        int usher_plugin_v1_a, other;
        static int usher_plugin_v1_b;
        extern int usher_plugin_v1_c;
        int *use(void) { return usher_plugin_v1_b ? 0 : &usher_plugin_v1_c; }
        """)
    }
    #expect(ExportedSymbols.names(in: library, prefix: "usher_plugin_") == ["usher_plugin_v1_a"])
  }

  @Test func aFileThatIsCutAnywhereGivesNoCrash() async throws {
    let library = try await built(PluginText())
    let bytes = try #require(WholeFile.read(library, maximum: 1 << 20))
    for count in stride(from: 0, to: bytes.count, by: 7) {
      bytes.withUnsafeBytes { whole in
        _ = ExportedSymbols.names(in: UnsafeRawBufferPointer(rebasing: whole[..<count]), prefix: [])
      }
    }
    var wild = bytes
    for place in 40..<64 { wild[place] = 0xFF }
    #expect(wild.withUnsafeBytes { ExportedSymbols.names(in: $0, prefix: []) }.isEmpty)
  }
}
