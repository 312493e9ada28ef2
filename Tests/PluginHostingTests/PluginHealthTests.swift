import MetadataModel
import PluginCalls
import Support
import Testing

@testable import PluginHosting

struct PluginHealthTests {
  private let time = ManualTime()
  private let call = CallInfo(requestID: "", deadline: Deadline(monotonicNanoseconds: 1 << 50))

  @Test func faultsInARowSuspendAndAProbeDecidesAfterwards() async throws {
    let faces = try await Faces(time: time)
    for _ in 0..<4 { _ = await faces.failure("fault", call) }
    #expect(try await faces.year("good", call) == 2001)
    for _ in 0..<5 { _ = await faces.failure("fault", call) }
    let status = try #require(faces.test.status("faces"))
    #expect(status.state == .suspended)
    #expect(status.reason == "5 faults in a row, the last one: a bug; next try at 2023-11-14T22:14:20Z")
    let refused = try #require(await faces.failure("good", call))
    #expect(refused.kind == .unavailable)
    #expect(refused.text.contains("5 faults in a row"))

    time.advance(milliseconds: 60_000)
    #expect(faces.source.unusable == nil)
    #expect(faces.test.status("faces")?.state == .suspended)
    // The probe fails: suspended again.
    #expect(await faces.failure("fault", call)?.kind == .fault)
    #expect(faces.source.unusable?.hasPrefix("suspended: 6 faults in a row") == true)

    time.advance(milliseconds: 60_000)
    #expect(try await faces.year("good", call) == 2001)
    #expect(faces.test.status("faces")?.state == .ready)
  }

  @Test func answersThatAreNoFaultNeverSuspend() async throws {
    let faces = try await Faces()
    for _ in 0..<10 {
      _ = await faces.failure("not found")
      _ = await faces.failure("silent")
    }
    #expect(faces.source.unusable == nil)
  }

  @Test func aRefusedKeyMakesTheSourceNeedConfigurationUntilATrialSucceeds() async throws {
    let faces = try await Faces(time: time)
    #expect(await faces.failure("refused", call) == PluginError(.unauthorized, "the key is worn out"))
    let status = try #require(faces.test.status("faces"))
    #expect(status.state == .needsConfiguration)
    #expect(status.reason == "the key is worn out; next try at 2023-11-14T22:23:20Z")
    let refused = try #require(await faces.failure("good", call))
    #expect(refused.kind == .unavailable)
    #expect(refused.text.contains("needs-configuration: the key is worn out; next try at"), "\(refused.text)")
    // It counts as one that fails, not as one that is not there.
    #expect(faces.source.unusable == nil)

    time.advance(milliseconds: 599_999)
    #expect(await faces.failure("good", call)?.kind == .unavailable)
    time.advance(milliseconds: 1)
    #expect(await faces.failure("refused", call)?.kind == .unauthorized)
    #expect(await faces.failure("good", call)?.kind == .unavailable)

    time.advance(milliseconds: 600_000)
    #expect(try await faces.year("good", call) == 2001)
    #expect(faces.test.status("faces")?.state == .ready)
  }

  @Test func anOutageDoesNotTellThatTheKeyIsTakenAgain() async throws {
    let faces = try await Faces(time: time)
    _ = await faces.failure("refused", call)
    time.advance(milliseconds: 600_000)
    #expect(await faces.failure("silent", call)?.text.contains("gave no reason") == true)
    #expect(faces.test.status("faces")?.state == .needsConfiguration)
    #expect(await faces.failure("good", call)?.text.contains("needs-configuration") == true)
    // That there is no such item tells it.
    time.advance(milliseconds: 600_000)
    #expect(await faces.failure("not found", call)?.kind == .notFound)
    #expect(faces.test.status("faces")?.state == .ready)
  }

  @Test func aRefusalIsOnlyAboutAKeyThatASourceHas() {
    let error = PluginError(.unauthorized, "403")
    guard case .unclear = PluginHealth.Verdict(error, mayRefuseKey: false) else {
      return #expect(Bool(false), "without a key nothing can be configured")
    }
  }

  @Test func oneTroubleIsOneLineInTenMinutes() async throws {
    let faces = try await Faces(time: time)
    func lines() -> [String] { faces.test.log.lines.filter { $0.level == .warning }.map(\.message) }
    for _ in 0..<3 { _ = await faces.failure("silent", call) }
    let silent = "no answer: plugin 'faces' failed (unavailable) and gave no reason"
    #expect(lines() == [silent])
    _ = await faces.failure("fault", call)
    _ = await faces.failure("not found", call)
    _ = await faces.failure("fault", call)
    #expect(lines() == [silent, "fault: a bug"])
    time.advance(milliseconds: 600_000)
    _ = await faces.failure("silent", call)
    #expect(lines() == [silent, "fault: a bug", silent])
  }

  @Test func onlyOneProbeIsOutAtATime() {
    let health = PluginHealth(limits: HostingLimits(), time: time)
    for _ in 0..<5 { _ = health.record(.fault("x"), .normal) }
    time.advance(milliseconds: 60_000)
    guard case .probe = health.admit() else { return #expect(Bool(false), "the first one must be the probe") }
    guard case .refused(_, let reason) = health.admit() else { return #expect(Bool(false), "the second one must wait") }
    #expect(reason.contains("being tried again"))
    // The probe's end was not seen: the next one tries.
    _ = health.record(.unknown, .probe)
    guard case .probe = health.admit() else { return #expect(Bool(false), "the next one must be a probe") }
  }

  @Test func aCallThatBeganBeforeTheSuspensionDoesNotEndIt() {
    let health = PluginHealth(limits: HostingLimits(), time: time)
    for _ in 0..<5 { _ = health.record(.fault("x"), .normal) }
    _ = health.record(.sound, .normal)
    #expect(health.trouble?.state == .suspended)
  }
}
