import MetadataModel
import TestSupport
import Testing
import UsherKit
import UsherKitTesting

@testable import FanartTV

@Suite struct FanartTVAPITests {
  private static func refusal(_ status: Int, _ body: String) async -> PluginError? {
    let host = FakeHost(settings: ["apiKey": .string("topsecret"), "clientKey": .string("mysecret")])
    host.answer("https://webservice.fanart.tv/v3/tv/7", json: body, status: status)
    return await #expect(throws: PluginError.self) {
      try await FanartTVSource(host.context).fetch(ItemRequest(id: Service.id("fanarttv-show-7")), host.context)
    }
  }

  @Test(
    arguments: [
      (401, #"{"status":"error","error message":"API key is required"}"#, .unauthorized),
      (200, #"{"status":"error","error message":"Invalid project API key"}"#, .unauthorized),
      (400, #"{"status":"error","error message":"Invalid API key"}"#, .unauthorized), (403, "", .unauthorized),
      (404, #"{"status":"error","error message":"Not found"}"#, .notFound), (404, "<html></html>", .notFound),
      (200, #"{"status":"error","error message":"Not found"}"#, .notFound), (400, "{}", .fault), (422, "", .fault),
      (429, "", .unavailable), (500, "<html></html>", .unavailable), (503, "", .unavailable), (302, "", .unavailable),
      (200, #"{"status":"error","error message":"Database gone"}"#, .unavailable),
      (200, #"{"status":"error"}"#, .unavailable), (200, "<html></html>", .unavailable),
    ] as [(Int, String, PluginError.Kind)])
  func tellsRefusalsApart(status: Int, body: String, kind: PluginError.Kind) async {
    #expect(await Self.refusal(status, body)?.kind == kind)
  }

  @Test func repeatsTheServicesSentenceWithoutTheKeys() async {
    let body = #"{"status":"error","error message":"Key topsecret of mysecret is not valid"}"#
    #expect(await Self.refusal(401, body)?.text == "Fanart.tv: /tv/7 answered 401: Key … of … is not valid")
    let long = await Self.refusal(500, #"{"status":"error","error message":"\#(String(repeating: "x", count: 9000))"}"#)
    #expect((long?.text.count ?? .max) < 300)
  }

  @Test(arguments: [
    (FakeFanartTV.Outage.down, PluginError.Kind.unavailable), (.page(status: 503), .unavailable),
    (.page(status: 429), .unavailable),
    (.page(status: 200), .unavailable),
  ])
  func passesOnThatTheServiceIsDown(outage: FakeFanartTV.Outage, kind: PluginError.Kind) async throws {
    let service = try Service()
    service.fake.outage = outage
    let match = await #expect(throws: PluginError.self) { try await service.match(.movie, ["tmdb": "990101"]) }
    #expect(match?.kind == kind)
    let fetch = await #expect(throws: PluginError.self) { try await service.fetch("fanarttv-show-990082") }
    #expect(fetch?.kind == kind)
    service.fake.outage = nil
    #expect(try await service.fetch("fanarttv-show-990082").title == "Harbor Lights")
  }

  @Test func saysThatTheKeyWasRefusedAndKeepsItToItself() async throws {
    for service in [
      try Service(key: "wrong-project-key"),
      try Service(settings: ["clientKey": .string("wrong-personal-key")]),
    ] {
      let error = await #expect(throws: PluginError.self) { try await service.match(.movie, ["tmdb": "990101"]) }
      #expect(error?.kind == .unauthorized)
      #expect(error?.text.contains("API key") == true)
      #expect(error?.text.contains("wrong-") == false)
      #expect(service.host.lines == [])
    }
  }
}
