import MetadataModel
import PluginCalls
import PluginHosting
import Support
import Testing

struct HostTableTests {
  @Test func severalRequestsOfOneCallRunAtOnce() async throws {
    let services = FakeServices(fetch: FakeServices.answering(200))
    let faces = try await Faces(services: services)
    #expect(try await faces.year("parallel") == 600)
    #expect(services.requests.count == 3)
    let request = try #require(services.requests.first)
    #expect(request.plugin == "faces" && request.method == "GET" && request.url == "https://api.example.org/a")
    #expect(request.headers.map { "\($0.name)=\($0.value)" } == ["X-A=b"])
    #expect(request.call.requestID == "r1" && request.call.urgency.current == .interactive)
  }

  @Test func aCallDoesNotEndBeforeItsRequestsHaveComeBack() async throws {
    // The service needs a while to give up.
    let services = FakeServices(fetch: { request throws(PluginError) in
      _ = await failure { () async throws(PluginError) in try await FakeServices.hang(request) }
      await Task.detached { try? await Task.sleep(for: .milliseconds(200)) }.value
      throw PluginError(.cancelled, "given up")
    })
    let faces = try await Faces(services: services)
    #expect(try await faces.year("leave") == 1)
    #expect(try await faces.year("finished") == 5)
  }

  @Test func aRequestUnderWayEndsWithTheDeadlineOfItsCall() async throws {
    var limits = HostingLimits()
    limits.sourceWorkers = 1
    let faces = try await Faces(services: FakeServices(fetch: FakeServices.hang), limits: limits)
    #expect(await faces.failure("parallel", .within(100))?.kind == .unavailable)
    // The only thread came back.
    #expect(try await faces.year("good") == 2001)
  }

  @Test func wrongArgumentsAreBadRequestsAndNoCrash() async throws {
    let services = FakeServices(fetch: FakeServices.answering(200))
    #expect(try await Faces(services: services).year("bad requests") == 9)
    #expect(services.requests.isEmpty)
  }

  @Test func aCallThatHasEndedFindsNothing() async throws {
    let faces = try await Faces()
    #expect(try await faces.year("keep") == 1)
    #expect(try await faces.year("stale") == 11)
  }

  @Test func unknownServicesAreNullAndTheLibraryIsForServersOnly() async throws {
    #expect(try await Faces().year("services") == 4)
  }

  @Test func settingsComeFromTheConfigurationElseFromTheManifest() async throws {
    let faces = try await Faces(settings: ["key": .string("a\"b"), "on": .boolean(false)])
    _ = try await faces.year("settings")
    let messages = faces.messages
    #expect(messages.contains("limit: 0 7"))
    #expect(messages.contains(#"key: 0 "a\"b""#))
    #expect(messages.contains("on: 0 false"))
    #expect(messages.contains("none: 1 setting 'none' has neither a value nor a default"))
    #expect(messages.contains("other: 2 the manifest declares no setting 'other'"))
    #expect(messages.contains { $0.hasPrefix("NULL: 2") })
    #expect(!messages.contains { $0.hasPrefix("nobody") })
  }

  @Test func thePluginsCacheKeepsAndForgets() async throws {
    let faces = try await Faces()
    _ = try await faces.year("cache")
    let messages = faces.messages
    #expect(messages.contains { $0.hasPrefix("before: 1") })
    #expect(messages.contains("after: 0 v"))
    #expect(messages.contains { $0.hasPrefix("forgotten: 1") })
    #expect(messages.contains { $0.hasPrefix("empty: 2") })
  }

  @Test func theClockIsTheHosts() async throws {
    let faces = try await Faces(time: ManualTime(wallMilliseconds: 1_234_000_000_000))
    #expect(
      try await faces.year("now", CallInfo(requestID: "", deadline: Deadline(monotonicNanoseconds: 1 << 40))) == 1234)
  }
}
