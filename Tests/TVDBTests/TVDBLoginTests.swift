import Foundation
import MetadataModel
import TestSupport
import Testing
import UsherKit
import UsherKitTesting

@testable import TVDB

@Suite struct TVDBLoginTests {
  @Test(arguments: ["v4", "v3"])
  func logsInOnceForManyCallsAtATime(version: String) async throws {
    let service = try Service(version: version)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for id in [81001, 81002, 81003, 81004] {
        for _ in 0..<5 { group.addTask { _ = try await service.fetch("tvdb-show-\(id)") } }
      }
      try await group.waitForAll()
    }
    #expect(service.fake.logins == 1)
  }

  @Test(arguments: ["v4", "v3"])
  func renewsATokenThatIsRefusedOnceForAll(version: String) async throws {
    let service = try Service(version: version)
    _ = try await service.fetch("tvdb-show-81004")
    service.fake.revokeTokens()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for id in [81001, 81002, 81003] { group.addTask { _ = try await service.fetch("tvdb-show-\(id)") } }
      try await group.waitForAll()
    }
    #expect(service.fake.logins == 2)
  }

  @Test func givesUpAfterASecondRefusal() async throws {
    let service = try Service()
    let host = service.host
    let refusing = FakeHost(settings: ["apiKey": .string(FakeTVDB.key)])
    refusing.answer { request in
      request.method == "POST"
        ? try await host.send(request)
        : HTTPResponse(
          status: 401, body: Array(#"{"status":"failure","message":"Unauthorized","data":null}"#.utf8))
    }
    let source = try TVDBSource(refusing.context)
    let error = await #expect(throws: PluginError.self) {
      try await source.fetch(ItemRequest(id: Service.id("tvdb-show-81001")), refusing.context)
    }
    #expect(error?.kind == .unauthorized)
    #expect(error?.text.contains("Unauthorized") == true)
    #expect(refusing.requests.map(\.method) == ["POST", "GET", "POST", "GET"])
  }

  @Test func keepsATokenUntilItEnds() async throws {
    let service = try Service(tokenSeconds: 3600)
    _ = try await service.fetch("tvdb-show-81001")
    service.host.advance(milliseconds: 58 * 60_000)
    _ = try await service.fetch("tvdb-show-81002")
    #expect(service.fake.logins == 1)
    service.host.advance(milliseconds: 90_000)
    _ = try await service.fetch("tvdb-show-81003")
    #expect(service.fake.logins == 2)
    #expect(!service.fake.lines.contains { $0.contains("refresh") })
  }

  @Test func readsWhenATokenEnds() {
    func token(_ claims: String) -> String {
      let text = Data(claims.utf8).base64EncodedString().filter { $0 != "=" }
      return "e30." + text.map { $0 == "+" ? "-" : $0 == "/" ? "_" : String($0) }.joined() + ".x"
    }
    #expect(TVDBLogin.end(of: token(#"{"exp":1700000000}"#)) == 1_700_000_000_000)
    #expect(TVDBLogin.end(of: token(#"{"exp":1700000000.5,"n":"ÿþ?>~~"}"#)) == 1_700_000_000_500)
    for claims in [#"{"exp":"soon"}"#, #"{"exp":-1}"#, #"{"exp":1e300}"#, "{}", "[]", ""] {
      #expect(TVDBLogin.end(of: token(claims)) == nil)
    }
    for text in ["", "a", "a.b", "a.%%%.c", "....."] { #expect(TVDBLogin.end(of: text) == nil) }
  }

  @Test(
    arguments: [
      ("v4", "wrong-key", nil, false, "apikey invalid"), ("v4", nil, nil, true, "pin required"),
      ("v4", nil, "WRONGPIN", true, "Unauthorized"), ("v3", "00ff00ff00ff00ff", nil, false, "API Key Required"),
      ("v4", FakeTVDB.legacyKey, nil, false, "looks like a key of API v3"),
      ("v3", FakeTVDB.key, nil, false, "looks like a key of API v4"),
    ] as [(String, String?, String?, Bool, String)])
  func passesOnWhyTheLoginWasRefused(
    version: String, key: String?, pin: String?, needsPIN: Bool, sentence: String
  ) async throws {
    let service = try Service(version: version, key: key, pin: pin, needsPIN: needsPIN)
    for _ in 1...3 {
      let error = await #expect(throws: PluginError.self) { try await service.match("Harbor Lights") }
      #expect(error?.kind == .unauthorized)
      #expect(error?.text.contains(sentence) == true, "\(error?.text ?? "")")
    }
    #expect(service.fake.lines.count == 1, "a refused key is not tried in a loop")
    service.host.advance(milliseconds: 6 * 60_000)
    _ = try? await service.match("Harbor Lights")
    #expect(service.fake.lines.count == 2)
  }

  @Test(arguments: [nil, "", "  ", FakeTVDB.pin] as [String?])
  func sendsAPINOnlyWhenThereIsOne(pin: String?) async throws {
    let service = try Service(pin: pin, needsPIN: pin == FakeTVDB.pin)
    #expect(try await service.fetch("tvdb-show-81004").title == "Harbor Lights")
    let body = try JSONValue(try #require(service.host.requests.first).body)
    #expect(body["pin"]?.text == (pin == FakeTVDB.pin ? pin : nil))
  }

  @Test func lastingTroubleOfOneCallDoesNotStopTheOthers() async throws {
    let service = try Service()
    service.fake.outage = .page(status: 503)
    let error = await #expect(throws: PluginError.self) { try await service.fetch("tvdb-show-81001") }
    #expect(error?.kind == .unavailable)
    service.fake.outage = nil
    #expect(try await service.fetch("tvdb-show-81001").title == "Harbor Lights")
  }

  @Test func leavesTheLoginToAnotherCallWhenTheFirstOneIsCancelled() async throws {
    let service = try Service()
    let (started, start) = AsyncStream.makeStream(of: Void.self)
    let slow = FakeHost(settings: ["apiKey": .string(FakeTVDB.key)])
    slow.answer { _ in
      start.finish()
      try await Task.sleep(for: .seconds(60))
      return nil
    }
    let source = service.source
    let request = ItemRequest(id: try Service.id("tvdb-show-81001"))
    let first = Task { try await source.fetch(request, slow.context) }
    for await _ in started {}
    let second = Task { try await source.fetch(request, service.host.context) }
    let third = Task { try await source.fetch(request, service.host.context) }
    while service.host.requests.isEmpty, !first.isCancelled {
      await Task.yield()
      first.cancel()
    }
    #expect(try await second.value.title == "Harbor Lights")
    #expect(try await third.value.title == "Harbor Lights")
    await #expect(throws: CancellationError.self) { try await first.value }
    #expect(service.fake.logins == 1)
  }

  @Test(arguments: [
    #"{"data":{"token":""}}"#, #"{"data":{"token":"a\r\nHost: b"}}"#, #"{"data":{}}"#, "<html>", #"{"token":5}"#,
  ])
  func takesNoTokenThatIsNone(body: String) async throws {
    let host = FakeHost(settings: ["apiKey": .string("k-1")])
    host.answer(
      TVDBAPI.standardBase + "/login", method: "POST", with: HTTPResponse(status: 200, body: Array(body.utf8)))
    let error = await #expect(throws: PluginError.self) {
      try await TVDBSource(host.context).fetch(ItemRequest(id: Service.id("tvdb-show-1")), host.context)
    }
    #expect(error?.kind == .unavailable)
    #expect(host.requests.count == 1)
  }
}
