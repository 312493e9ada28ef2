package import Support
package import Transport

/// Lets the requests of one source through: so many at a time and so many per second, the most urgent first.
///
/// A request that need not wait costs one short lock. Background work leaves a quarter of the burst and one of the places
/// to others, so that whoever comes while a library is being warmed up goes at once.
package final class RateLimiter: Sendable {
  package static let maximumWaiters = 512

  /// A place among those under way; given back by `release`.
  package struct Slot: Sendable {
    let isBackground: Bool
  }

  /// Sleeps until the next one may get its token.
  private struct Alarm {
    let number: Int
    let due: Int64
    let task: Task<Void, Never>
  }

  private struct State {
    var bucket: TokenBucket
    var concurrent: Int
    var underWay = 0
    var background = 0
    var queue = PlaceQueue()
    var alarm: Alarm?
    var alarms = 0
    var isShutDown = false

    var mayStartBackground: Bool { background < max(1, concurrent - 1) }

    /// Takes place and token when both are there.
    mutating func enter(_ urgency: Urgency, keeping reserve: Double, _ now: Int64) -> Slot? {
      let isBackground = urgency == .background
      guard underWay < concurrent, !isBackground || mayStartBackground, bucket.take(now, keeping: reserve) else {
        return nil
      }
      underWay += 1
      background += isBackground ? 1 : 0
      return Slot(isBackground: isBackground)
    }

    mutating func leave(_ slot: Slot) {
      underWay -= 1
      background -= slot.isBackground ? 1 : 0
    }
  }

  private let source: String
  private let state: Lock<State>
  private let time: any TimeSource
  private let sleeper: any Sleeper

  package init(source: String, pace: Pace, time: any TimeSource, sleeper: any Sleeper) {
    self.source = source
    self.time = time
    self.sleeper = sleeper
    let bucket = TokenBucket(perSecond: pace.perSecond, burst: pace.burst, now: time.monotonicNanoseconds)
    state = Lock(State(bucket: bucket, concurrent: pace.concurrent))
  }

  package func change(_ pace: Pace) {
    let now = time.monotonicNanoseconds
    state.withLock {
      $0.bucket.change(perSecond: pace.perSecond, burst: pace.burst, now: now)
      $0.concurrent = pace.concurrent
    }
    admit()
  }

  /// How many requests could go out at once.
  package var tokens: Double {
    let now = time.monotonicNanoseconds
    return state.withLock { $0.bucket.tokens(now) }
  }

  /// How many wait.
  package var waiting: Int { state.withLock { $0.queue.count } }

  /// A place if there is one at once and nobody waits for it; nil otherwise.
  package func tryAcquire(_ urgency: Urgency = .normal) -> Slot? {
    let now = time.monotonicNanoseconds
    return state.withLock { state in
      guard !state.isShutDown, state.queue.count == 0 else { return nil }
      return state.enter(urgency, keeping: urgency == .background ? state.bucket.reserve : 0, now)
    }
  }

  /// Waits for a place; each one taken must be given back by `release`. Throws `.overloaded` at once when there will be
  /// none before the deadline or too many wait, `.cancelled` soon after the Task is cancelled.
  package func acquire(
    until deadline: Deadline, url: String, urgency: SharedUrgency = SharedUrgency()
  ) async throws(FetchError) -> Slot {
    if let slot = tryAcquire(urgency.current) { return slot }
    let waiter = Waiter<Slot>()
    let evicted = try enqueue(PlaceQueue.Place(waiter: waiter, deadline: deadline, urgency: urgency), url)
    evicted?.waiter.finish(.failure(tooMany))
    // Who becomes more urgent leaves nothing to others any more, and may go without anybody coming or leaving.
    let watching = urgency.watch { [weak self] _ in self?.admit() }
    defer { urgency.unwatch(watching) }
    admit()
    let late = FetchError.overloaded(source: source, reason: "no place became free before the deadline")
    let outcome = await waiter.outcome(by: deadline, time, late: late, cancelled: .cancelled(url: url))
    if case .failure = outcome { state.withLock { $0.queue.remove(waiter) } }
    return try outcome.get()
  }

  /// Gives a place back; `unused` when no request went out, which gives its token back as well.
  package func release(_ slot: Slot, unused: Bool = false) {
    state.withLock { state in
      state.leave(slot)
      if unused { state.bucket.giveBack() }
    }
    admit()
  }

  /// Counts a request that goes out within a place already taken, as the next hop of a redirect does. Gives the
  /// milliseconds after which it is its turn: nobody else gets a token before.
  package func countAnother() -> Int64 {
    let now = time.monotonicNanoseconds
    return state.withLock { state in
      state.bucket.takeAhead(now)
      return state.bucket.millisecondsUntil(0, now: now)
    }
  }

  /// The service asked for a pause: nobody of this source goes out for so long. Those who cannot wait fail at once.
  package func pause(milliseconds: Int64) {
    let now = time.monotonicNanoseconds
    let refused = state.withLock { state in
      state.bucket.pause(until: now + milliseconds * 1_000_000, now: now)
      let bucket = state.bucket
      return state.queue.removeAll { refusal(bucket, ahead: $1, $0.deadline, now) }
    }
    for (place, refusal) in refused { place.waiter.finish(.failure(refusal)) }
  }

  /// Whoever waits fails at once with `error`.
  package func refuseAll(_ error: FetchError) {
    for place in state.withLock({ $0.queue.removeAll() }) { place.waiter.finish(.failure(error)) }
  }

  /// Whoever waits, and whoever asks from now on, gets `.cancelled`.
  package func shutdown() {
    let alarm = state.withLock { state in
      state.isShutDown = true
      return state.alarm
    }
    alarm?.task.cancel()
    refuseAll(.cancelled(url: source))
  }

  private var tooMany: FetchError {
    .overloaded(source: source, reason: "\(Self.maximumWaiters) requests are waiting already")
  }

  /// Gives who had to leave for it, when the queue was full.
  private func enqueue(_ place: PlaceQueue.Place, _ url: String) throws(FetchError) -> PlaceQueue.Place? {
    let now = time.monotonicNanoseconds
    return try state.withLock { state throws(FetchError) in
      guard !state.isShutDown else { throw .cancelled(url: url) }
      let urgency = place.urgency.current
      let ahead = state.queue.ahead(of: urgency)
      if let refusal = refusal(state.bucket, ahead: ahead, place.deadline, now) { throw refusal }
      var evicted: PlaceQueue.Place?
      if state.queue.count >= Self.maximumWaiters {
        evicted = state.queue.removeLast(below: urgency)
        if evicted == nil { throw tooMany }
      }
      state.queue.append(place)
      return evicted
    }
  }

  /// Why somebody need not wait at all who has so many before.
  private func refusal(_ bucket: TokenBucket, ahead: Int, _ deadline: Deadline, _ now: Int64) -> FetchError? {
    let wait = bucket.millisecondsUntil(Double(ahead + 1), now: now)
    let left = max(0, (deadline.monotonicNanoseconds - now) / 1_000_000)
    guard wait > left else { return nil }
    let cause = now < bucket.pausedUntil ? "its service asked for a pause" : "its rate limit is used up"
    return .overloaded(source: source, reason: "\(cause) for \(wait) ms, and the asker has \(left) ms")
  }

  /// Lets in who can go, and sets the timer for the next one.
  private func admit() {
    let now = time.monotonicNanoseconds
    state.withLock { state in
      while state.underWay < state.concurrent,
        let turn = state.queue.next(withBackground: state.mayStartBackground)
      {
        let reserve = turn.urgency == .background && !turn.isNeglected ? state.bucket.reserve : 0
        guard let slot = state.enter(turn.urgency, keeping: reserve, now) else {
          return setAlarm(&state, now + state.bucket.millisecondsUntil(1 + reserve, now: now) * 1_000_000, now)
        }
        let place = state.queue.take(turn)
        guard !place.waiter.finish(.success(slot)) else { continue }
        state.leave(slot)
        state.bucket.giveBack()
      }
    }
  }

  /// Lets in again at `due`, or earlier when that was planned already.
  private func setAlarm(_ state: inout State, _ due: Int64, _ now: Int64) {
    if let alarm = state.alarm {
      guard due < alarm.due else { return }
      alarm.task.cancel()
    }
    state.alarms += 1
    let number = state.alarms
    let task = Task.detached { [self] in
      do { try await sleeper.sleep(milliseconds: (due - now) / 1_000_000) } catch { return }
      self.state.withLock { if $0.alarm?.number == number { $0.alarm = nil } }
      admit()
    }
    state.alarm = Alarm(number: number, due: due, task: task)
  }
}
