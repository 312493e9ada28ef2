import Limits
import Support
import Testing
import Transport

@testable import Fetching

@Suite struct CoalescingTests {
  private let time = ManualTime()

  private func request(
    _ urgency: Urgency = .normal, within milliseconds: Int64 = 30_000
  ) throws -> UpstreamRequest {
    UpstreamRequest(
      source: "demo", method: "GET", url: try FetchURL("https://example.org/a"), headers: [], body: [],
      deadline: .after(milliseconds: milliseconds, time), urgency: SharedUrgency(urgency), requestID: "")
  }

  private static func answer(behind gate: Gate) async -> Coalescing.Answer {
    await gate.wait()
    return .success(ClientResponse(status: 200))
  }

  @Test func oneWhoGivesUpLeavesTheOthers() async throws {
    let coalescing = Coalescing(time: time)
    let request = try request()
    let key = Coalescing.Key(request, isKept: true)
    let gate = Gate()
    let first = Task { await coalescing.answer(key, of: request) { await Self.answer(behind: gate) } }
    #expect(await eventually { gate.held == 1 })
    let second = Task { await coalescing.answer(key, of: request) { .success(ClientResponse(status: 500)) } }
    #expect(await eventually { coalescing.waiting == 2 })
    first.cancel()
    #expect(await first.value.answer.error == .cancelled(url: "https://example.org/a"))
    #expect(coalescing.count == 1)
    gate.open()
    let shared = await second.value
    #expect(try shared.answer.get().status == 200)
    #expect(shared.sharedDeadline == request.deadline)
    #expect(coalescing.count == 0)
  }

  @Test func theLastOneToLeaveCancelsTheCall() async throws {
    let coalescing = Coalescing(time: time)
    let request = try request()
    let wasCancelled = Lock(false)
    let asker = Task {
      await coalescing.answer(Coalescing.Key(request, isKept: true), of: request) {
        try? await Task.sleep(for: .seconds(30))
        wasCancelled.withLock { $0 = Task.isCancelled }
        return .success(ClientResponse(status: 200))
      }
    }
    #expect(await eventually { coalescing.count == 1 })
    asker.cancel()
    _ = await asker.value
    #expect(coalescing.count == 0)
    #expect(await eventually { wasCancelled.withLock { $0 } })
  }

  @Test func eachLeavesByItsOwnDeadline() async throws {
    let coalescing = Coalescing(time: time)
    let (patient, hurried) = (try request(), try request(within: 30))
    let gate = Gate()
    let key = Coalescing.Key(patient, isKept: true)
    let first = Task { await coalescing.answer(key, of: patient) { await Self.answer(behind: gate) } }
    #expect(await eventually { gate.held == 1 })
    let second = await coalescing.answer(key, of: hurried) { .success(ClientResponse(status: 500)) }
    #expect(second.answer.error == .timedOut(url: "https://example.org/a"))
    gate.open()
    #expect(try await first.value.answer.get().status == 200)
  }

  @Test func theCallBecomesAsUrgentAsOneWhoWaitsForItBecomesLater() async throws {
    let coalescing = Coalescing(time: time)
    let (first, second) = (try request(.background), try request(.background))
    let gate = Gate()
    let key = Coalescing.Key(first, isKept: true)
    async let one = coalescing.answer(key, of: first) { await Self.answer(behind: gate) }
    #expect(await eventually { gate.held == 1 })
    async let two = coalescing.answer(key, of: second) { .success(ClientResponse(status: 500)) }
    #expect(await eventually { coalescing.waiting == 2 })
    #expect(first.urgency.current == .background)
    second.urgency.raise(to: .interactive)
    #expect(await eventually { first.urgency.current == .interactive })
    gate.open()
    #expect(try await one.answer.get().status == 200)
    #expect(try await two.answer.get().status == 200)
  }
}

extension Result {
  fileprivate var error: Failure? {
    guard case .failure(let error) = self else { return nil }
    return error
  }
}
