import Limits
import Support
import Transport

/// Sends a checked request to its service: its turn in the limits, redirects, retries, and what they mean for the rest.
///
/// Beside the transfer itself a try costs the locks of `Lane`, a `Waiter` only when there is no free place,
/// and one look at each byte of a JSON answer.
struct Upstream: Sendable {
  typealias Outcome = Result<ClientResponse, FetchError>

  let client: any HTTPClient
  let time: any TimeSource
  let sleeper: any Sleeper
  let retry: RetryPolicy
  let suspensions: Suspensions
  let log: Log

  /// The final response, whatever its status, by the request's deadline.
  func answer(_ request: UpstreamRequest, _ lane: Lane) async -> Outcome {
    var last: Outcome?
    var retries = 0
    /// On the wire, in all tries.
    var spent: Int64 = 0
    while let silence = RetryPolicy.silenceMilliseconds(spent: spent, budget: lane.policy.silenceMilliseconds) {
      let admission: Lane.Admission
      do throws(FetchError) {
        admission = try await lane.enter(request)
      } catch {
        // What the service said last tells more than that there is no time for another try.
        if let last, error.isRefusal { return last }
        lane.counters.countRefusal(error)
        return .failure(error)
      }
      let started = time.monotonicNanoseconds
      let isCut = request.deadline.remainingMilliseconds(time) < silence
      let outcome = await followed(request, lane, silence: silence)
      spent += max(1, (time.monotonicNanoseconds - started) / 1_000_000)
      let isLate = isCut || request.deadline.remainingMilliseconds(time) == 0
      let (pause, verdict) = judged(outcome, lane, isLate: isLate)
      if let change = lane.leave(admission, verdict, pause: pause) {
        await suspensions.note(change, of: request.source, lane.breaker)
      }
      guard retry.mayRetry(outcome, method: request.method, retries: retries), lane.breaker.refusal() == nil else {
        return outcome
      }
      // A pause is waited for in the limits, where everyone of the source waits.
      let wait = pause == nil ? retry.backoffMilliseconds(retries: retries) : 0
      guard max(wait, pause ?? 0) < request.deadline.remainingMilliseconds(time),
        RetryPolicy.silenceMilliseconds(spent: spent, budget: lane.policy.silenceMilliseconds) != nil
      else { return outcome }
      retries += 1
      last = outcome
      log.info(
        "trying again", ("source", request.source), ("url", request.url.withoutQuery), ("after", reason(outcome)),
        ("wait_ms", "\(max(wait, pause ?? 0))"), ("request", request.requestID))
      if wait > 0 {
        do { try await sleeper.sleep(milliseconds: wait) } catch {
          return .failure(.cancelled(url: request.url.withoutQuery))
        }
      }
    }
    return last ?? .failure(.timedOut(url: request.url.withoutQuery))
  }

  /// Follows redirects to the final response; all hops together have `silence` until they begin to answer.
  private func followed(_ request: UpstreamRequest, _ lane: Lane, silence: Int64) async -> Outcome {
    var hop = request
    let policy = lane.policy
    var silentUntil = Deadline.after(milliseconds: silence, time)
    for _ in 0...Redirects.maximum {
      let outcome = await exchanged(hop, lane, policy, silentUntil)
      guard case .success(let response) = outcome else { return outcome }
      do throws(FetchError) {
        guard let next = try Redirects.next(after: hop, response, policy: policy) else {
          guard let fault = AnswerRules.fault(of: response, to: hop) else { return outcome }
          return .failure(.unusable(url: hop.url.withoutQuery, reason: fault))
        }
        hop = next
      } catch {
        log.warning("\(error)", ("source", request.source), ("request", request.requestID))
        return .failure(error)
      }
      do throws(FetchError) {
        let waited = try await awaitTurn(request, lane)
        silentUntil = Deadline(monotonicNanoseconds: silentUntil.monotonicNanoseconds + waited * 1_000_000)
      } catch {
        return .failure(error)
      }
    }
    return .failure(.tooManyRedirects(url: request.url.withoutQuery, limit: Redirects.maximum))
  }

  /// Waits until a request may go out that takes no place of its own; gives the milliseconds waited. Throws `.overloaded`
  /// at once when that would be after its deadline.
  func awaitTurn(_ request: UpstreamRequest, _ lane: Lane) async throws(FetchError) -> Int64 {
    let turn = lane.limiter.countAnother()
    guard turn > 0 else { return 0 }
    guard turn < request.deadline.remainingMilliseconds(time) else {
      throw .overloaded(source: request.source, reason: "there is no turn before the deadline")
    }
    do { try await sleeper.sleep(milliseconds: turn) } catch { throw .cancelled(url: request.url.withoutQuery) }
    return turn
  }

  private func exchanged(
    _ request: UpstreamRequest, _ lane: Lane, _ policy: FetchPolicy, _ silentUntil: Deadline
  ) async -> Outcome {
    let left = request.deadline.remainingMilliseconds(time)
    let silence = silentUntil.remainingMilliseconds(time)
    guard left > 0, silence > 0 else { return .failure(.timedOut(url: request.url.withoutQuery)) }
    let started = time.monotonicNanoseconds
    let allowed = request.timeoutMilliseconds > 0 ? request.timeoutMilliseconds : policy.timeoutMilliseconds
    let onWire = ClientRequest(
      method: request.method, url: request.url.text, headers: request.headers, body: request.body,
      timeoutMilliseconds: min(allowed, left),
      silenceMilliseconds: request.timeoutMilliseconds > 0 ? min(request.timeoutMilliseconds, left) : silence,
      responseLimit: policy.responseLimit, idleSeconds: Int((request.timeoutMilliseconds + 999) / 1000))
    let outcome: Outcome
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

  /// The pause that everyone of the source has to make, and what the outcome says about the service. `isLate`: the
  /// asker's own deadline left the service no time.
  private func judged(
    _ outcome: Outcome, _ lane: Lane, isLate: Bool
  ) -> (pause: Int64?, verdict: CircuitBreaker.Verdict) {
    switch outcome {
    case .success(let response):
      let (pause, isBanned) = lane.consequence(of: response, retry, time)
      if isBanned { return (nil, .banned("it answered status 429 too often in a row")) }
      if let pause, pause > RetryPolicy.longestWaitMilliseconds {
        return (nil, .banned("it asked for that with status \(response.status)", milliseconds: pause))
      }
      let isOutage = RetryPolicy.isOutage(response.status)
      return (pause, isOutage ? .failed("the last answer had status \(response.status)") : .answered)
    case .failure(.timedOut) where isLate, .failure(.cancelled), .failure(.overloaded): return (nil, .unknown)
    case .failure(.tooLarge): return (nil, .answered)
    case .failure(let error):
      let sentence = "\(error)"
      return (nil, .failed("the last failure: \(sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence)"))
    }
  }

  private func reason(_ outcome: Outcome) -> String {
    switch outcome {
    case .success(let response): "status \(response.status)"
    case .failure(let error): "\(error)"
    }
  }
}
