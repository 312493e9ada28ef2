import Support
import Testing

@Suite struct LogTests {
  @Test func linesBelowTheThresholdAreNotEvenMade() {
    let sink = RecordingLogSink(threshold: .warning)
    let log = Log(sink, subject: "store")
    let made = Counter()
    func text(_ word: String) -> String {
      made.add()
      return word
    }
    log.debug(text("d"))
    log.info(text("i"))
    log.warning(text("w"), (name: "file", value: "x"))
    log.error(text("e"))
    #expect(made.value == 2)
    #expect(sink.lines.map(\.message) == ["w", "e"])
    #expect(sink.lines.map(\.level) == [.warning, .error])
    #expect(sink.lines.first?.subject == "store" && sink.lines.first?.details.first?.value == "x")
  }

  @Test func levelsAreReadByName() {
    for level in LogLevel.allCases { #expect(LogLevel(name: level.name) == level) }
    #expect(LogLevel(name: "INFO") == nil)
    #expect(LogLevel.allCases.shuffled().sorted() == [.debug, .info, .warning, .error])
  }
}

@Suite struct TimeTests {
  @Test func aDeadlineCountsDownToNothing() {
    let time = ManualTime(wallMilliseconds: 1000)
    let deadline = Deadline.after(milliseconds: 50, time)
    #expect(deadline.remainingMilliseconds(time) == 50)
    time.advance(milliseconds: 49)
    #expect(deadline.remainingMilliseconds(time) == 1 && time.wallMilliseconds == 1049)
    time.advance(milliseconds: 100)
    #expect(deadline.remainingMilliseconds(time) == 0)
    #expect(deadline < Deadline.after(milliseconds: 0, time))
  }

  @Test func theMachinesClocksGoForward() {
    let time = SystemTime()
    let before = time.monotonicNanoseconds
    #expect(time.monotonicNanoseconds >= before)
    #expect(time.wallMilliseconds > 1_700_000_000_000)
  }
}

@Suite struct MemoryByteStoreTests {
  @Test func keepsBySpaceAndKey() async {
    let store = MemoryByteStore()
    let value = StoredValue(bytes: [1], storedAt: 2, freshUntil: 3)
    await store.store(value, for: "k", in: "a")
    #expect(await store.value(for: "k", in: "a") == value)
    #expect(await store.value(for: "k", in: "b") == nil)
    await store.remove("k", in: "a")
    #expect(await store.value(for: "k", in: "a") == nil)
  }
}
