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

  @Test func onlyOneProbeIsOutAtATime() {
    let health = PluginHealth(limits: HostingLimits(), time: time)
    for _ in 0..<5 { _ = health.record(.fault("x"), .normal) }
    time.advance(milliseconds: 60_000)
    guard case .probe = health.admit() else { return #expect(Bool(false), "the first one must be the probe") }
    guard case .refused(let reason) = health.admit() else { return #expect(Bool(false), "the second one must wait") }
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
