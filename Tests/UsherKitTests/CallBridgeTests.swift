import Testing
import UsherKit
import UsherKitTesting

@Suite struct CallBridgeTests {
  private func open(_ host: FakeHost = FakeHost()) throws -> OpenedPlugin {
    try TableHost(host).open(ProbeSource.export.table(0))
  }

  @Test func aTypedReplyCrossesAsJSON() async throws {
    let plugin = try open()
    let item = try await plugin.ask("fetch", ItemRequest(id: probeID("1"), language: "de"), MediaItem.self)
    #expect(item.title == "One, in de")
    #expect(try await plugin.call("match", matchRequest("nothing")).text == #"{"candidates":[]}"#)
    plugin.close()
  }

  @Test(arguments: [
    ("notFound", USHER_NOT_FOUND), ("badRequest", USHER_BAD_REQUEST), ("unsupported", USHER_UNSUPPORTED),
    ("unauthorized", USHER_UNAUTHORIZED), ("unavailable", USHER_UNAVAILABLE), ("cancelled", USHER_CANCELLED),
    ("fault", USHER_FAULT),
  ])
  func aPluginErrorBecomesItsStatusAndItsText(_ kind: String, _ status: Int32) async throws {
    let outcome = try await open().call("match", matchRequest(kind))
    #expect(outcome.status == status)
    #expect(outcome.replies.count == 1)
    #expect(outcome.text == "thrown: \(kind)")
  }

  @Test func anyOtherErrorIsAFaultWithItsText() async throws {
    let outcome = try await open().call("match", matchRequest("unexpected"))
    #expect(outcome.status == USHER_FAULT)
    #expect(outcome.text == "something the source did not foresee")
  }

  @Test func aCancellationErrorIsCancelled() async throws {
    #expect(try await open().call("match", matchRequest("cancellation")).status == USHER_CANCELLED)
  }

  @Test func aReplyThatHasNoJSONIsAFault() async throws {
    let outcome = try await open().call("match", matchRequest("not a number"))
    #expect(outcome.status == USHER_FAULT)
    #expect(outcome.text.hasPrefix("the reply cannot be written as JSON"))
  }

  @Test func functionsWithADefaultAreUnsupported() async throws {
    let plugin = try open()
    let request = try JSONCoding.encode(ItemRequest(id: probeID("1")))
    #expect(try await plugin.call("children", request).status == USHER_UNSUPPORTED)
    #expect(try await plugin.call("images", request).status == USHER_UNSUPPORTED)
  }

  @Test(arguments: [
    ("", "the document"), ("{", "the document"), ("[]", "the document"), ("{}", "'kind' is missing"),
    (#"{"kind":"movie","title":1}"#, "title"), (#"{"kind":"movie","date":"yesterday"}"#, "date: 'yesterday'"),
    (#"{"kind":"movie","externalIDs":{"imdb":3}}"#, "externalIDs.imdb"), ("\u{0}\u{1}", "the document"),
  ])
  func aRequestThatDoesNotFitIsRefusedWithThePlace(_ request: String, _ place: String) async throws {
    let outcome = try await open().call("match", [UInt8](request.utf8))
    #expect(outcome.status == USHER_BAD_REQUEST)
    #expect(outcome.text.contains(place), "\(outcome.text)")
    #expect(outcome.replies.count == 1)
  }

  @Test func unknownMembersAreIgnored() async throws {
    let request = #"{"kind":"movie","title":"x","fromTheFuture":{"a":[1,2,{"b":null}]}}"#
    #expect(try await open().call("match", [UInt8](request.utf8)).status == USHER_OK)
  }

  @Test func aCallCancelledBeforeItBeganDoesNotReachTheSource() async throws {
    let host = FakeHost()
    let outcome = try await open(host).call("match", matchRequest("host"), cancelled: true)
    #expect(outcome.status == USHER_CANCELLED)
    #expect(host.lines.isEmpty)
  }

  @Test func aCallCancelledOnItsWayWakesASleepingSource() async throws {
    let start = ContinuousClock.now
    let outcome = try await open().call("match", matchRequest("sleep"), cancelAfter: 20)
    #expect(outcome.status == USHER_CANCELLED)
    #expect(ContinuousClock.now - start < .seconds(30))
  }

  @Test func eightCallsRunAtOnce() async throws {
    let host = FakeHost()
    let gate = Gate(8)
    host.answer { _ in
      try await gate.pass()
      return HTTPResponse(status: 200)
    }
    let plugin = try open(host)
    try await withThrowingTaskGroup(of: Int32.self) { group in
      for _ in 0..<8 { group.addTask { try await plugin.call("match", matchRequest("one")).status } }
      for try await status in group { #expect(status == USHER_OK) }
    }
    #expect(host.requests.count == 8)
  }

  @Test func threeFetchesOfOneCallRunAtOnce() async throws {
    let host = FakeHost()
    let gate = Gate(3)
    host.answer { request in
      try await gate.pass()
      return HTTPResponse(status: 200, headers: ["X-Title": String(request.url.suffix(1))])
    }
    let request = try JSONCoding.decode(MatchRequest.self, from: matchRequest("three"))
    let reply = try await open(host).ask("match", request, MatchReply.self)
    #expect(reply.candidates.map(\.title) == ["1", "2", "3"])
  }

  @Test func theHostsServicesReachTheSource() async throws {
    let host = FakeHost(settings: ["number": .integer(7)], nowMilliseconds: 5)
    let outcome = try await open(host).call("match", matchRequest("host"))
    #expect(host.lines == [FakeHost.LogLine(.warning, "seen at 5, 10000 left")])
    #expect(outcome.status == USHER_BAD_REQUEST)
    #expect(outcome.text.hasPrefix("setting 'number'"), "\(outcome.text)")
  }

  @Test func anOutageOfTheHostReachesTheSourceAsItsError() async throws {
    let host = FakeHost()
    host.answer { _ in throw PluginError(.unavailable, "the line is dead") }
    let outcome = try await open(host).call("match", matchRequest("one"))
    #expect(outcome.status == USHER_UNAVAILABLE)
    #expect(outcome.text == "the line is dead")
  }

  @Test func thereIsNoNetworkWhileOpening() async throws {
    let host = FakeHost()
    let outcome = try await open(host).call("match", matchRequest("opening"))
    #expect(outcome.status == USHER_UNSUPPORTED)
    #expect(outcome.text == "no network while opening")
    #expect(host.requests.isEmpty)
  }

  @Test func aContextKeptBeyondItsCallCountsAsCancelled() async throws {
    let table = TableHost(FakeHost())
    let plugin = try table.open(ProbeSource.export.table(0))
    #expect(try await plugin.call("match", matchRequest("keep")).status == USHER_OK)
    let kept = try #require(ProbeSource.kept.withLock { $0 })
    #expect(kept.isCancelled)
    #expect(kept.remainingMilliseconds == 0)
    await #expect(throws: PluginError(.cancelled, "cancelled: nobody waits for the answer")) {
      try await kept.send(HTTPRequest(url: "http://service.test/1"))
    }
    withExtendedLifetime(table) {}
  }
}
