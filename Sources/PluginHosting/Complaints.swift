import Support

/// Which sentences a plugin's log had lately: one trouble that hits a hundred calls is one line. From every thread.
final class Complaints: Sendable {
  private static let silenceMilliseconds: Int64 = 600_000
  private static let maximumKept = 256

  /// Until when each is not repeated.
  private let said = Lock<[String: Deadline]>([:])
  private let time: any TimeSource

  init(time: any TimeSource) { self.time = time }

  /// True when the sentence was not logged within the last ten minutes.
  func isNew(_ sentence: String) -> Bool {
    let now = Deadline(monotonicNanoseconds: time.monotonicNanoseconds)
    return said.withLock { said in
      if let silent = said[sentence], now < silent { return false }
      // Many different ones come from a service that is all wrong: then some are said again.
      if said.count >= Self.maximumKept { said = [:] }
      said[sentence] = .after(milliseconds: Self.silenceMilliseconds, time)
      return true
    }
  }
}
