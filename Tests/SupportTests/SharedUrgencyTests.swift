import Support
import Testing

@Suite struct SharedUrgencyTests {
  @Test func itRisesAndNeverFalls() {
    let urgency = SharedUrgency(.normal)
    urgency.raise(to: .background)
    #expect(urgency.current == .normal)
    urgency.raise(to: .interactive)
    urgency.raise(to: .normal)
    #expect(urgency.current == .interactive)
  }

  @Test func whoWatchesLearnsOfEachRiseOnceAndNotAfterwards() {
    let (urgency, seen) = (SharedUrgency(.background), Lock<[Urgency]>([]))
    let number = urgency.watch { risen in seen.withLock { $0.append(risen) } }
    for next in [Urgency.background, .normal, .normal] { urgency.raise(to: next) }
    #expect(seen.withLock { $0 } == [.normal])
    urgency.unwatch(number)
    urgency.raise(to: .interactive)
    #expect(seen.withLock { $0 } == [.normal])
  }

  @Test func whatFollowsRisesNowAndLaterUntilItIsLetGo() {
    let (work, asker) = (SharedUrgency(.background), SharedUrgency(.normal))
    let number = work.follow(asker)
    #expect(work.current == .normal)
    asker.raise(to: .interactive)
    #expect(work.current == .interactive)
    let (other, late) = (SharedUrgency(.background), SharedUrgency(.background))
    late.unwatch(other.follow(late))
    late.raise(to: .interactive)
    #expect(other.current == .background)
    asker.unwatch(number)
  }

  @Test func thoseWhoFollowEachOtherRiseTogether() {
    let (one, two) = (SharedUrgency(.background), SharedUrgency(.background))
    let numbers = (one.follow(two), two.follow(one), one.follow(one))
    two.raise(to: .interactive)
    #expect(one.current == .interactive)
    two.unwatch(numbers.0)
    one.unwatch(numbers.1)
    one.unwatch(numbers.2)
  }
}
