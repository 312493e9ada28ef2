import Support
import Transport

/// Sends a checked request to its service: place in the limits, redirects, retries. This is where a circuit breaker
/// would stand, before the first `acquire`.
struct Upstream: Sendable {
  let client: any HTTPClient
  let time: any TimeSource
  let sleeper: any Sleeper
  let retry: RetryPolicy
  let log: Log

  /// The final response, whatever its status, by the request's deadline.
  func answer(_ request: UpstreamRequest, _ lane: Lane) async -> Result<ClientResponse, FetchError> {
    var last: Result<ClientResponse, FetchError>?
    var retries = 0
    while true {
      do throws(FetchError) {
        try await lane.limiter.acquire(until: request.deadline, url: request.url.withoutQuery)
      } catch {
        // What the service said last tells more than that there is no time for another try.
        if let last, error.dependsOnDeadline { return last }
        lane.counters.countRefusal(error)
        return .failure(error)
      }
      let outcome = await followed(request, lane)
      lane.limiter.release()
      let pause = pause(after: outcome)
      if let pause { lane.limiter.pause(milliseconds: pause) }
      guard retry.mayRetry(outcome, method: request.method, retries: retries) else { return outcome }
      // A pause is waited for in the limits, where everyone of the source waits.
      let wait = pause == nil ? retry.backoffMilliseconds(retries: retries) : 0
      guard max(wait, pause ?? 0) < request.deadline.remainingMilliseconds(time) else { return outcome }
      retries += 1
      log.info(
        "trying again", ("source", request.source), ("url", request.url.withoutQuery), ("after", reason(outcome)),
        ("wait_ms", "\(max(wait, pause ?? 0))"), ("request", request.requestID))
      if wait > 0 {
        do { try await sleeper.sleep(milliseconds: wait) } catch {
          return .failure(.cancelled(url: request.url.withoutQuery))
        }
      }
      last = outcome
    }
  }

  private func followed(_ request: UpstreamRequest, _ lane: Lane) async -> Result<ClientResponse, FetchError> {
    var hop = request
    let policy = lane.policy
    for _ in 0...Redirects.maximum {
      let outcome = await exchanged(hop, lane, policy)
      guard case .success(let response) = outcome else { return outcome }
      do throws(FetchError) {
        guard let next = try Redirects.next(after: hop, response, policy: policy) else { return outcome }
        hop = next
      } catch {
        log.warning("\(error)", ("source", request.source), ("request", request.requestID))
        lane.counters.countRefusal(error)
        return .failure(error)
      }
      lane.limiter.countAnother()
    }
    return .failure(.tooManyRedirects(url: request.url.withoutQuery, limit: Redirects.maximum))
  }

  private func exchanged(
    _ request: UpstreamRequest, _ lane: Lane, _ policy: FetchPolicy
  ) async -> Result<ClientResponse, FetchError> {
    let left = request.deadline.remainingMilliseconds(time)
    guard left > 0 else { return .failure(.timedOut(url: request.url.withoutQuery)) }
    let started = time.monotonicNanoseconds
    let allowed = request.timeoutMilliseconds > 0 ? request.timeoutMilliseconds : policy.timeoutMilliseconds
    let onWire = ClientRequest(
      method: request.method, url: request.url.text, headers: request.headers, body: request.body,
      timeoutMilliseconds: min(allowed, left), responseLimit: policy.responseLimit,
      idleSeconds: Int((request.timeoutMilliseconds + 999) / 1000))
    let outcome: Result<ClientResponse, FetchError>
    do throws(FetchError) {
      outcome = .success(try await client.perform(onWire))
    } catch {
      outcome = .failure(error)
    }
    lane.counters.count(outcome)
    log.debug(
      "\(request.method) \(request.url.withoutQuery)", ("source", request.source), ("outcome", reason(outcome)),
      ("ms", "\((time.monotonicNanoseconds - started) / 1_000_000)"), ("request", request.requestID))
    return outcome
  }

  private func pause(after outcome: Result<ClientResponse, FetchError>) -> Int64? {
    guard case .success(let response) = outcome else { return nil }
    return RetryPolicy.pauseMilliseconds(after: response, wallMilliseconds: time.wallMilliseconds)
  }

  private func reason(_ outcome: Result<ClientResponse, FetchError>) -> String {
    switch outcome {
    case .success(let response): "status \(response.status)"
    case .failure(let error): "\(error)"
    }
  }
}
