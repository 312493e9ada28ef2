import Support
import Testing
import Transport

@testable import Limits

@Suite struct PlaceQueueTests {
  private static func place(_ urgency: Urgency) -> PlaceQueue.Place {
    PlaceQueue.Place(
      waiter: Waiter(), deadline: Deadline(monotonicNanoseconds: 0), urgency: SharedUrgency(urgency))
  }

  private static func queue(_ urgencies: [Urgency]) -> PlaceQueue {
    var queue = PlaceQueue()
    for urgency in urgencies { queue.append(place(urgency)) }
    return queue
  }

  /// The kinds in the order of their turns.
  private static func turns(_ queue: PlaceQueue) -> [Urgency] {
    var queue = queue
    var turns: [Urgency] = []
    while let turn = queue.next(withBackground: true) { turns.append(queue.take(turn).urgency.current) }
    return turns
  }

  @Test func theMostUrgentGoFirst() {
    let queue = Self.queue([.background, .normal, .background, .interactive, .normal])
    #expect(Self.turns(queue) == [.interactive, .normal, .normal, .background, .background])
  }

  @Test func equalsGoInTheOrderOfAsking() {
    var queue = PlaceQueue()
    let places = (0..<5).map { _ in Self.place(.normal) }
    for place in places { queue.append(place) }
    for place in places {
      guard let turn = queue.next(withBackground: true) else { return }
      #expect(queue.take(turn).waiter === place.waiter)
    }
  }

  @Test func nobodyStarves() {
    let turns = Self.turns(Self.queue(Array(repeating: .interactive, count: 40) + [.normal, .background]))
    #expect(turns.count == 42)
    #expect(turns.firstIndex(of: .normal) == 8)
    #expect(turns.firstIndex(of: .background).map { $0 <= 10 } == true, "\(turns)")
  }

  @Test func whoseUrgencyRisesMovesUp() {
    var queue = PlaceQueue()
    let raised = SharedUrgency(.background)
    queue.append(Self.place(.normal))
    queue.append(
      PlaceQueue.Place(waiter: Waiter(), deadline: Deadline(monotonicNanoseconds: 0), urgency: raised))
    raised.raise(to: .interactive)
    raised.raise(to: .normal)
    #expect(queue.next(withBackground: true)?.index == 1)
    #expect(queue.ahead(of: .interactive) == 1 && queue.ahead(of: .normal) == 2)
  }

  @Test func backgroundCanBeLeftOut() {
    let queue = Self.queue([.background, .background])
    #expect(queue.next(withBackground: false) == nil)
    #expect(queue.next(withBackground: true)?.index == 0)
  }

  @Test func theLeastUrgentAndLatestLeavesFirst() {
    var queue = Self.queue([.normal, .background, .background, .interactive])
    let last = queue.places[2].waiter
    #expect(queue.removeLast(below: .interactive)?.waiter === last)
    #expect(queue.removeLast(below: .background) == nil)
    #expect(queue.removeLast(below: .normal)?.urgency.current == .background)
    #expect(queue.removeLast(below: .normal) == nil)
    #expect(queue.count == 2)
  }

  @Test func leavingCountsWhoIsBefore() {
    var queue = Self.queue([.background, .normal, .interactive, .normal, .background])
    var seen: [Int] = []
    let left = queue.removeAll { place, ahead -> String? in
      seen.append(ahead)
      return place.urgency.current == .normal ? "no" : nil
    }
    // Those who leave are nobody's before any more.
    #expect(seen == [3, 1, 0, 1, 2])
    #expect(left.count == 2 && queue.count == 3)
  }
}
