import PluginHosting
import Support

/// Checks of deadlines, cancellation and calls at the same time.
enum TimeChecks {
  static let all: [Trial] = [
    Trial("cancelled-call", "A call that is cancelled already returns within 50 ms.") { bench in
      let subject = try bench.opened(.hangs)
      for sample in subject.samples {
        // The first one pays for what is set up once.
        _ = subject.run(sample, cancelledAfter: 0)
        let milliseconds = subject.run(sample, cancelledAfter: 0).milliseconds
        guard milliseconds <= 50 else { throw CheckFailure("\(sample.name) took \(milliseconds) ms") }
      }
      return "\(subject.samples.count) calls"
    },
    Trial("deadline", "A call whose service never answers returns within a second after its deadline.") { bench in
      let subject = try bench.opened(.hangs)
      for sample in subject.samples {
        let milliseconds = subject.run(sample, cancelledAfter: 100).milliseconds
        guard milliseconds <= 1100 else {
          throw CheckFailure("\(sample.name) came back after \(milliseconds) ms, its deadline was 100 ms")
        }
      }
      return "\(subject.samples.count) calls"
    },
    Trial("eight-calls", "Eight calls at the same time reply by the rules.") { bench in
      let subject = try bench.opened(.answers(503))
      let complaints = Lock<[String]>([])
      let isDone = Semaphore()
      let samples = subject.samples
      for _ in 0..<8 {
        Thread.start("caller", stackBytes: 2 << 20) {
          for sample in samples {
            if let complaint = sample.complaint(about: subject.run(sample).outcome, of: subject.plugin) {
              complaints.withLock { $0.append(complaint) }
            }
          }
          isDone.signal()
        }
      }
      for _ in 0..<8 { isDone.wait() }
      if let complaint = complaints.withLock({ $0.first }) { throw CheckFailure(complaint) }
      return "\(8 * samples.count) calls"
    },
  ]
}
