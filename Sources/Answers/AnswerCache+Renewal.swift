import PluginCalls
import Support

/// How answers that are no longer fresh are renewed without anybody waiting for it.
package struct Renewal: Sendable {
  /// For so long after its time an answer is still given at once, while it is renewed.
  package let milliseconds: Int64
  package let work: BackgroundWork

  package init(seconds: Int, work: BackgroundWork) {
    milliseconds = Int64(seconds) * 1000
    self.work = work
  }
}

extension AnswerCache {
  /// How long renewing one answer may take.
  private static let renewalMilliseconds: Int64 = 85_000

  /// Whether `kept` needs no word of a source: it is fresh, and as young as `call` wants it.
  func suffices(_ kept: KeptAnswer, _ call: CallInfo) -> Bool {
    let now = time.wallMilliseconds
    guard kept.isFresh(now) else { return false }
    return call.maximumAgeSeconds.map { now - kept.storedAt <= $0 * 1000 } ?? true
  }

  /// Whether `kept` may be given at once and renewed afterwards (RFC 5861 §3). A person who waits for an answer, and
  /// whoever asked for news, gets a new one; what an answer is made of is new as well.
  func mayRenewLater(_ kept: KeptAnswer, _ question: Question, _ call: CallInfo, _ trace: Trace?) -> Bool {
    guard let renewal, trace == nil, !question.isPart, !kept.isAbsence, call.maximumAgeSeconds == nil,
      call.urgency.current < .interactive
    else { return false }
    let now = time.wallMilliseconds
    return (0...renewal.milliseconds).contains(now - kept.freshUntil) && kept.storedAt < kept.freshUntil
      && now - kept.storedAt <= Self.staleMilliseconds
  }

  /// Has the answer made anew when there is nothing more urgent to do.
  func renewLater(_ question: Question, _ call: CallInfo) {
    guard let renewal else { return }
    let requestID = call.requestID
    renewal.work.add(question.key) { [self] in
      let later = CallInfo(
        requestID: requestID, deadline: .after(milliseconds: Self.renewalMilliseconds, time), urgency: .background)
      // An answer that does not come leaves the old one, and the next who asks tries again.
      _ = try? await make(question, later, nil, isRenewal: true)
    }
  }
}
