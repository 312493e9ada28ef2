import Limits
import Support
import Transport

/// Lets equal requests share one upstream call. An asker leaves by its own patience or cancellation. The call goes on
/// while anybody waits; it is cancelled when the last one hung up, but a last one whose patience ended lets it go on to
/// its deadline: what comes late is kept for the next. It is as urgent as the most urgent of them.
///
/// A request costs some short locks, a task and a place in a timer's heap; equal ones that join share task and bytes.
final class Coalescing: Sendable {
  typealias Answer = Result<ClientResponse, FetchError>

  /// Equal in all that the service sees. Stays in memory: it has headers and query in clear.
  struct Key: Hashable, Sendable {
    let source: String
    let url: String
    let headers: [String]
    let isKept: Bool
    let keepsRedirect: Bool

    init(_ request: UpstreamRequest, isKept: Bool) {
      source = request.source
      url = request.url.text
      headers = request.headers.map { "\($0.name.lowercased()):\($0.value)" }.sorted()
      self.isKept = isKept
      keepsRedirect = request.keepsRedirect
    }
  }

  private struct Flight {
    let number: Int
    let deadline: Deadline
    let urgency: SharedUrgency
    let task: Task<Void, Never>
    var waiters: [Waiter<ClientResponse>]
  }

  private struct State {
    var flights: [Key: Flight] = [:]
    var lastNumber = 0
  }

  private let state = Lock(State())
  private let time: any TimeSource

  init(time: any TimeSource) { self.time = time }

  /// How many calls are under way.
  var count: Int { state.withLock { $0.flights.count } }

  /// How many wait for them.
  var waiting: Int { state.withLock { $0.flights.values.reduce(0) { $0 + $1.waiters.count } } }

  /// The answer of `work`, or of equal work under way. `sharedDeadline` is that of the asker who started the work, when
  /// it was another one.
  func answer(
    _ key: Key, of request: UpstreamRequest, until patience: Deadline? = nil,
    _ work: @escaping @Sendable () async -> Answer
  ) async -> (answer: Answer, sharedDeadline: Deadline?) {
    let waiter = Waiter<ClientResponse>()
    let joined = state.withLock { state -> Flight? in
      if let flight = state.flights[key] {
        state.flights[key]?.waiters.append(waiter)
        return flight
      }
      state.lastNumber += 1
      let number = state.lastNumber
      let task = Task.detached(priority: Task.currentPriority) {
        let answer = await work()
        for waiter in self.land(key, number) { waiter.finish(answer) }
      }
      state.flights[key] = Flight(
        number: number, deadline: request.deadline, urgency: request.urgency, task: task, waiters: [waiter])
      return nil
    }
    let following = joined?.urgency.follow(request.urgency)
    defer { if let following { request.urgency.unwatch(following) } }
    let url = request.url.withoutQuery
    let answer = await waiter.outcome(
      by: patience.map { min($0, request.deadline) } ?? request.deadline, time, late: .timedOut(url: url),
      cancelled: .cancelled(url: url))
    leave(key, waiter, hungUp: Task.isCancelled)
    return (answer, joined?.deadline)
  }

  /// Cancels every call under way; the askers get what it ends with.
  func cancelAll() {
    for flight in state.withLock({ Array($0.flights.values) }) { flight.task.cancel() }
  }

  private func land(_ key: Key, _ number: Int) -> [Waiter<ClientResponse>] {
    state.withLock { state in
      guard state.flights[key]?.number == number else { return [] }
      return state.flights.removeValue(forKey: key)?.waiters ?? []
    }
  }

  /// Takes out a waiter that gave up; one that got its answer is gone already.
  private func leave(_ key: Key, _ waiter: Waiter<ClientResponse>, hungUp: Bool) {
    let abandoned = state.withLock { state -> Task<Void, Never>? in
      guard let place = state.flights[key]?.waiters.firstIndex(where: { $0 === waiter }) else { return nil }
      state.flights[key]?.waiters.remove(at: place)
      guard hungUp, state.flights[key]?.waiters.isEmpty == true else { return nil }
      return state.flights.removeValue(forKey: key)?.task
    }
    abandoned?.cancel()
  }
}
