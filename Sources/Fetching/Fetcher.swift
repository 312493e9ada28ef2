public import Limits
public import Support
public import Transport

/// Fetches for all sources. A request passes, in this order: host rules, response cache, coalescing, circuit breaker,
/// rate limit, retries, redirects, the client. From every thread; nothing blocks.
///
/// A hit in the memory cache costs two short locks, the reading of the URL by libcurl and one hash of URL and headers.
public final class Fetcher: Sendable {
  private let lanes = Lock<[String: Lane]>([:])
  private let cache: ResponseCache
  private let coalescing: Coalescing
  private let upstream: Upstream
  private let metrics: Metrics
  private let log: Log
  private let userAgent: String

  /// `memoryBytes` is for responses kept in memory; `store` keeps them longer. `jitter` gives a random number from 0
  /// to the given one.
  public init(
    client: any HTTPClient, store: any ByteStore, time: any TimeSource, metrics: Metrics, log: any LogSink,
    userAgent: String, sleeper: any Sleeper = TaskSleeper(), memoryBytes: Int = 16 << 20,
    jitter: @escaping @Sendable (Int64) -> Int64 = { Int64.random(in: 0...max(0, $0)) }
  ) {
    cache = ResponseCache(memoryBytes: memoryBytes, store: store, time: time, metrics: metrics)
    coalescing = Coalescing(time: time)
    self.metrics = metrics
    self.log = Log(log, subject: "fetch")
    self.userAgent = userAgent
    upstream = Upstream(
      client: client, time: time, sleeper: sleeper, retry: RetryPolicy(jitter: jitter),
      suspensions: Suspensions(store: store, log: self.log), log: self.log)
  }

  /// Sets where and how often `source` may fetch; without it, it may not at all. Requests under way go on.
  public func setPolicy(_ policy: FetchPolicy, for source: String) {
    let existing = lanes.withLock { lanes -> Lane? in
      if let lane = lanes[source] { return lane }
      lanes[source] = Lane(
        source: source, policy, time: upstream.time, sleeper: upstream.sleeper, metrics: metrics)
      return nil
    }
    existing?.change(policy)
  }

  /// Goes on leaving those services alone that an earlier process left alone; once the policies are set.
  public func restore() async {
    for lane in lanes.withLock({ Array($0.values) }) {
      if let suspension = await upstream.suspensions.load(lane.source) { lane.breaker.restore(suspension) }
    }
  }

  /// Why the service of `source` is left alone; nil when it may be asked.
  public func trouble(of source: String) -> ServiceTrouble? {
    lanes.withLock { $0[source] }?.breaker.suspension.map { ServiceTrouble(reason: $0.reason, nextTry: $0.until) }
  }

  /// The service's response, whatever its status, or one kept: an old one when the service fails. Ends by the deadline at
  /// the latest, and soon after the surrounding Task is cancelled.
  public func fetch(_ request: FetchRequest) async throws(FetchError) -> FetchResponse {
    let (checked, lane) = try admitted(request)
    guard !Task.isCancelled else { throw .cancelled(url: checked.url.withoutQuery) }
    guard checked.method == "GET" else {
      return FetchResponse(try await upstream.answer(checked, lane).get(), .network)
    }
    return try await get(
      checked, lane, freshForSeconds: request.freshForSeconds, maximumAgeSeconds: request.maximumAgeSeconds,
      patience: request.patience)
  }

  /// A response that ends late or never: a 2xx body goes to `part` as it comes. One try on a connection of its own, without
  /// redirects, cache and a place among the source's requests; the request's own timeout, 30 seconds when it has none, is
  /// the longest silence.
  public func stream(_ request: FetchRequest, part: @escaping BodyStream) async throws(FetchError) -> FetchResponse {
    let (checked, lane) = try admitted(request)
    _ = try await upstream.awaitTurn(checked, lane)
    let silence = request.timeoutMilliseconds > 0 ? request.timeoutMilliseconds : 30_000
    let onWire = ClientRequest(
      url: checked.url.text, headers: checked.headers, silenceMilliseconds: silence,
      responseLimit: lane.policy.responseLimit, stream: part)
    let outcome: Upstream.Outcome
    do throws(FetchError) {
      outcome = .success(try await upstream.client.perform(onWire))
    } catch {
      outcome = .failure(error)
    }
    lane.counters.count(outcome)
    return FetchResponse(try outcome.get(), .network)
  }

  /// Forgets the response kept for a request, because its source could make nothing of it.
  public func forget(_ request: FetchRequest) async {
    guard let lane = lanes.withLock({ $0[request.source] }), let checked = try? check(request, lane.policy) else {
      return
    }
    await cache.forget(ResponseKey(checked))
  }

  /// Forgets the responses kept in memory, of `source` or of all. The store is its owner's to clear.
  public func clear(source: String? = nil) { cache.forget(source: source) }

  /// Everything under way or waiting ends with `.cancelled`.
  public func shutdown() async {
    for lane in lanes.withLock({ Array($0.values) }) { lane.limiter.shutdown() }
    coalescing.cancelAll()
    await upstream.client.shutdown()
  }

  /// The request in the form in which it may go out, and the lane of its source; a refusal is counted and logged.
  private func admitted(_ request: FetchRequest) throws(FetchError) -> (UpstreamRequest, Lane) {
    guard let lane = lanes.withLock({ $0[request.source] }) else { throw .unknownSource(request.source) }
    do throws(FetchError) {
      return (try check(request, lane.policy), lane)
    } catch {
      lane.counters.countRefusal(error)
      log.warning("\(error)", ("source", request.source), ("request", request.requestID))
      throw error
    }
  }

  private func check(_ request: FetchRequest, _ policy: FetchPolicy) throws(FetchError) -> UpstreamRequest {
    let url = try FetchURL(request.url)
    try HostRules.check(url, policy: policy, source: request.source, userOrigins: request.userOrigins)
    let headers = try RequestRules.headers(of: request, url: url, userAgent: userAgent)
    guard request.deadline.remainingMilliseconds(upstream.time) > 0 else { throw .timedOut(url: url.withoutQuery) }
    return UpstreamRequest(
      source: request.source, method: request.method, url: url, headers: headers, body: request.body,
      timeoutMilliseconds: request.timeoutMilliseconds, userOrigins: request.userOrigins,
      keepsRedirect: request.keepsRedirect, deadline: request.deadline, urgency: request.urgency,
      requestID: request.requestID)
  }

  private func get(
    _ request: UpstreamRequest, _ lane: Lane, freshForSeconds: Int64, maximumAgeSeconds: Int64?,
    patience longest: Deadline?
  ) async throws(FetchError) -> FetchResponse {
    let age = min(freshForSeconds, maximumAgeSeconds ?? .max)
    let key = freshForSeconds > 0 ? ResponseKey(request) : nil
    let flight = Coalescing.Key(request, isKept: key != nil)
    while true {
      var old: CachedResponse?
      if let key {
        switch await cache.response(for: request, key, freshForSeconds: age) {
        case .fresh(let kept): return FetchResponse(kept.response, .cache)
        case .old(let kept): old = kept
        case .nothing: break
        }
      }
      let standIn = old.flatMap { upstream.mayStandIn($0) ? $0 : nil }
      // Also where nobody waits yet: somebody may join before it ends.
      let patience = standIn.map { _ in
        min(lane.patience(upstream.time), longest ?? request.deadline)
      }
      let (answer, sharedDeadline) = await coalescing.answer(flight, of: request, until: patience) { [self, old] in
        await refreshed(request, lane, key, old, freshForSeconds)
      }
      if let standIn, Self.isFailure(answer) { return FetchResponse(standIn.response, .stale) }
      // Whoever has more time than the asker who started the call tries again when that one ran out of it.
      if case .failure(let error) = answer, let sharedDeadline, hasEnded(sharedDeadline, error),
        sharedDeadline < request.deadline, request.deadline.remainingMilliseconds(upstream.time) > 0, !Task.isCancelled
      {
        continue
      }
      return FetchResponse(try answer.get(), sharedDeadline == nil ? .network : .shared)
    }
  }

  /// Asks the service, or asks it whether `old` still holds, and keeps what it says.
  private func refreshed(
    _ request: UpstreamRequest, _ lane: Lane, _ key: ResponseKey?, _ old: CachedResponse?, _ freshForSeconds: Int64
  ) async -> Coalescing.Answer {
    var asking = request
    if let old { asking.revalidate(old) }
    let answer = await upstream.answer(asking, lane)
    guard let key, case .success(let response) = answer else { return answer }
    if let old, response.status == 304, asking.headers.count > request.headers.count {
      await cache.renew(old, key, freshForSeconds: freshForSeconds)
      return .success(old.response)
    }
    await cache.keep(response, for: request, key, freshForSeconds: freshForSeconds)
    return answer
  }

  /// Whether a call failed because of its deadline. One that timed out earlier had all the time that a service gets: who
  /// asks again waits as long once more.
  private func hasEnded(_ deadline: Deadline, _ error: FetchError) -> Bool {
    switch error {
    case .overloaded: true
    case .timedOut: deadline.remainingMilliseconds(upstream.time) == 0
    default: false
    }
  }

  /// Whether a kept answer is better than this one.
  private static func isFailure(_ answer: Coalescing.Answer) -> Bool {
    switch answer {
    case .success(let response): CacheRules.isFailure(response)
    case .failure(.cancelled): false
    case .failure: true
    }
  }
}

extension Upstream {
  fileprivate func mayStandIn(_ old: CachedResponse) -> Bool {
    CacheRules.mayStandIn(old, wallMilliseconds: time.wallMilliseconds)
  }
}

extension FetchResponse {
  fileprivate init(_ response: ClientResponse, _ origin: Origin) {
    self.init(status: response.status, headers: response.headers, body: response.body, origin: origin)
  }
}
