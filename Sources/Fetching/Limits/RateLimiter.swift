import Support
import Transport

/// Lets the requests of one source through: so many at a time and so many per second, in the order of asking.
final class RateLimiter: Sendable {
  static let maximumWaiters = 512

  private struct Place {
    let waiter: Waiter<Void>
    let deadline: Deadline
  }

  private struct State {
    var bucket: TokenBucket
    var concurrent: Int
    var underWay = 0
    var queue: [Place] = []
    /// Sleeps until the head of the queue may get its token.
    var timer: Task<Void, Never>?
    var isShutDown = false
  }

  private let source: String
  private let state: Lock<State>
  private let time: any TimeSource
  private let sleeper: any Sleeper

  init(source: String, policy: FetchPolicy, time: any TimeSource, sleeper: any Sleeper) {
    self.source = source
    self.time = time
    self.sleeper = sleeper
    let bucket = TokenBucket(perSecond: policy.perSecond, burst: policy.burst, now: time.monotonicNanoseconds)
    state = Lock(State(bucket: bucket, concurrent: max(1, policy.concurrent)))
  }

  func change(_ policy: FetchPolicy) {
    let now = time.monotonicNanoseconds
    state.withLock {
      $0.bucket.change(perSecond: policy.perSecond, burst: policy.burst, now: now)
      $0.concurrent = max(1, policy.concurrent)
    }
    admit()
  }

  /// How many requests could go out at once.
  var tokens: Double {
    let now = time.monotonicNanoseconds
    return state.withLock { $0.bucket.tokens(now) }
  }

  /// How many wait.
  var waiting: Int { state.withLock { $0.queue.count } }

  /// Waits for a place; each one taken must be given back by `release`. Throws `.overloaded` at once when there will be
  /// none before the deadline, `.cancelled` soon after the Task is cancelled.
  func acquire(until deadline: Deadline, url: String) async throws(FetchError) {
    let now = time.monotonicNanoseconds
    let waiter = try state.withLock { state throws(FetchError) -> Waiter<Void>? in
      guard !state.isShutDown else { throw .cancelled(url: url) }
      if state.queue.isEmpty, state.underWay < state.concurrent, state.bucket.take(now) {
        state.underWay += 1
        return nil
      }
      guard state.queue.count < Self.maximumWaiters else {
        throw .overloaded(source: source, reason: "\(Self.maximumWaiters) requests are waiting already")
      }
      if let refusal = refusal(state.bucket, place: state.queue.count, deadline, now) { throw refusal }
      let waiter = Waiter<Void>()
      state.queue.append(Place(waiter: waiter, deadline: deadline))
      return waiter
    }
    guard let waiter else { return }
    admit()
    let late = FetchError.overloaded(source: source, reason: "no place became free before the deadline")
    let outcome = await waiter.outcome(by: deadline, time, late: late, cancelled: .cancelled(url: url))
    if case .failure(let error) = outcome {
      state.withLock { state in state.queue.removeAll { $0.waiter === waiter } }
      throw error
    }
  }

  /// Gives a place back.
  func release() {
    state.withLock { $0.underWay -= 1 }
    admit()
  }

  /// Counts a request that goes out within a place already taken, as the next hop of a redirect does.
  func countAnother() {
    let now = time.monotonicNanoseconds
    state.withLock { $0.bucket.takeAhead(now) }
  }

  /// The service asked for a pause: nobody of this source goes out for so long. Those who cannot wait fail at once.
  func pause(milliseconds: Int64) {
    let now = time.monotonicNanoseconds
    state.withLock { state in
      state.bucket.pause(until: now + milliseconds * 1_000_000, now: now)
      var staying: [Place] = []
      for place in state.queue {
        if let refusal = refusal(state.bucket, place: staying.count, place.deadline, now) {
          place.waiter.finish(.failure(refusal))
        } else {
          staying.append(place)
        }
      }
      state.queue = staying
    }
  }

  /// Whoever waits, and whoever asks from now on, gets `.cancelled`.
  func shutdown() {
    let (queue, timer) = state.withLock { state in
      defer { state.queue = [] }
      state.isShutDown = true
      return (state.queue, state.timer)
    }
    timer?.cancel()
    for place in queue { place.waiter.finish(.failure(.cancelled(url: source))) }
  }

  /// Why the `place`-th in the queue, counted from 0, need not wait at all.
  private func refusal(_ bucket: TokenBucket, place: Int, _ deadline: Deadline, _ now: Int64) -> FetchError? {
    let wait = bucket.millisecondsUntil(place + 1, now: now)
    let left = max(0, (deadline.monotonicNanoseconds - now) / 1_000_000)
    guard wait > left else { return nil }
    let cause = now < bucket.pausedUntil ? "its service asked for a pause" : "its rate limit is used up"
    return .overloaded(source: source, reason: "\(cause) for \(wait) ms, and the asker has \(left) ms")
  }

  /// Lets in who can go, and sets the timer for the next one.
  private func admit() {
    let now = time.monotonicNanoseconds
    state.withLock { state in
      while let head = state.queue.first, state.underWay < state.concurrent {
        guard state.bucket.take(now) else {
          if state.timer == nil { state.timer = timer(state.bucket.millisecondsUntil(1, now: now)) }
          return
        }
        state.queue.removeFirst()
        if head.waiter.finish(.success(())) { state.underWay += 1 } else { state.bucket.giveBack() }
      }
    }
  }

  private func timer(_ milliseconds: Int64) -> Task<Void, Never> {
    Task.detached { [self] in
      do { try await sleeper.sleep(milliseconds: milliseconds) } catch { return }
      state.withLock { $0.timer = nil }
      admit()
    }
  }
}
