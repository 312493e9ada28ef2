import MetadataModel
import PluginCalls
import PluginHosting
import PluginLoading
import Support
import Testing

/// A media-server front in C that behaves as the target says.
struct ServerClientTests {
  private static let text = PluginText(
    id: "front", interfaces: #"["media-server/1"]"#,
    getInterface: "return strcmp(id, USHER_MEDIA_SERVER) == 0 ? &front : NULL;",
    declarations: #"""
      static usher_bytes bytes(const char *text) { return (usher_bytes){(const uint8_t *)text, strlen(text)}; }
      struct asked { const usher_library *library; usher_call *call; };
      static void respond_with(void *context, usher_status status, usher_bytes value) {
        struct asked *asked = context;
        asked->library->respond(asked->call, status == USHER_OK ? 200 : 500 + status, bytes(""), value);
      }
      static usher_status handle(void *instance, usher_call *call, const usher_http_request *request) {
        const usher_host *host = instance;
        const usher_library *library = host->get_service(host, USHER_LIBRARY);
        struct asked asked = {library, call};
        #define IS(path) (strcmp(request->url, path) == 0)
        if (IS("")) library->respond(call, 200, bytes("A: b\nusher-fresh-for: 60\n"), bytes("root"));
        if (IS("/echo")) {
          char text[500];
          int size = snprintf(text, sizeof text, "%s|%.*s|%.*s", request->method, (int)request->headers.size,
                              (const char *)request->headers.data, (int)request->body.size,
                              (const char *)request->body.data);
          library->respond(call, 200, bytes(""), (usher_bytes){(const uint8_t *)text, size});
        }
        if (IS("/twice")) library->respond(call, 200, bytes(""), bytes("1"));
        if (IS("/twice")) library->respond(call, 200, bytes(""), bytes("2"));
        if (IS("/status")) library->respond(call, 99, bytes(""), bytes(""));
        if (IS("/header")) library->respond(call, 200, bytes("no colon\n"), bytes(""));
        if (IS("/split")) library->respond(call, 200, bytes("A: b\rC: d\n"), bytes(""));
        if (IS("/gone")) { host->reply(call, bytes("no such item")); return USHER_NOT_FOUND; }
        if (IS("/provider")) library->provider(host, call, respond_with, &asked);
        if (IS("/ask")) library->ask(host, call, "fetch", bytes("{}"), respond_with, &asked);
        if (IS("/strange")) library->ask(host, call, "paint", bytes("{}"), respond_with, &asked);
        if (IS("/nobody")) library->ask(host, NULL, "fetch", bytes("{}"), respond_with, &asked);
        return USHER_OK;
      }
      static const usher_media_server front = {sizeof front, handle};
      """#)

  private static let provider = Provider(
    name: "tv", path: "/tv", kind: .show, title: "TV", identifier: "org.example.tv", adult: false, version: "1")

  private func front(
    _ services: FakeServices = FakeServices(), limits: HostingLimits = HostingLimits()
  ) async throws -> ServerClient {
    let test = await TestHost(
      [PluginEntry(id: "front", library: try await built(Self.text))], services: services, limits: limits)
    #expect(test.host.source("front") == nil)
    #expect(test.status("front")?.reason == "")
    return try #require(test.host.server("front"))
  }

  private func handle(_ target: String, _ server: ServerClient) async throws(PluginError) -> ServerReply {
    try await server.handle(
      IncomingRequest(method: "POST", target: target, headers: [("X-A", "b")], body: Array("body".utf8)),
      provider: Self.provider, call: .within())
  }

  @Test func theResponseArrivesWithoutTheHeaderThatIsTheHosts() async throws {
    let reply = try await handle("", front())
    #expect(reply.status == 200 && reply.body == Array("root".utf8) && reply.freshFor == 60)
    #expect(reply.headers.map { "\($0.name): \($0.value)" } == ["A: b"])
  }

  @Test func theFrontSeesTheRequestAsItCame() async throws {
    let reply = try await handle("/echo", front())
    #expect(String(decoding: reply.body, as: UTF8.self) == "POST|X-A: b\n|body")
    #expect(reply.freshFor == 0)
  }

  @Test(
    "A response that breaks a rule is a fault",
    arguments: [
      ("/twice", "responded twice"), ("/none", "did not respond"), ("/status", "HTTP status 99"),
      ("/header", "header line 1"), ("/split", "header line 1"),
    ])
  func faults(_ target: String, says: String) async throws {
    let server = try await front()
    let error = await failure { () async throws(PluginError) in try await handle(target, server) }
    #expect(error?.kind == .fault)
    #expect(error?.text.contains(says) == true, "\(error?.text ?? "")")
  }

  @Test func aFailingStatusIsThatError() async throws {
    let server = try await front()
    let error = await failure { () async throws(PluginError) in try await handle("/gone", server) }
    #expect(error == PluginError(.notFound, "no such item"))
  }

  @Test func theLibraryIsAskedForTheProviderOfTheCall() async throws {
    let asked = Lock<[String]>([])
    let services = FakeServices(ask: { operation, request, provider, call throws(PluginError) in
      let request = String(decoding: request, as: UTF8.self)
      asked.withLock { $0.append("\(operation) \(request) \(provider.name) \(call.requestID)") }
      return Array("answer".utf8)
    })
    let server = try await front(services)
    #expect(try await handle("/ask", server).body == Array("answer".utf8))
    #expect(asked.withLock { $0 } == ["fetch {} tv r1"])
    let told = try JSONCoding.decode(Provider.self, from: try await handle("/provider", server).body)
    #expect(told == Self.provider)
  }

  @Test func aProviderWhoseSourcesAreSlowHoldsUpNoOther() async throws {
    var limits = HostingLimits()
    limits.serverWorkers = 4
    let asked = Counter()
    let services = FakeServices(ask: { _, _, _, _ throws(PluginError) in
      asked.add()
      try? await Task.sleep(for: .seconds(60))
      throw PluginError(.cancelled, "given up")
    })
    let server = try await front(services, limits: limits)
    let slow = (0..<8).map { _ in Task { try? await handle("/ask", server) } }
    for _ in 0..<2000 where asked.value < 2 { try await Task.sleep(for: .milliseconds(5)) }
    // Whoever may go on has done so by the time that all eight have asked for a thread.
    try await Task.sleep(for: .milliseconds(50))
    var other = Self.provider
    other.name = "movie"
    let request = IncomingRequest(method: "GET", target: "")
    let reply = try await server.handle(request, provider: other, call: .within(5_000))
    #expect(reply.body == Array("root".utf8))
    #expect(asked.value == 2)
    for task in slow { task.cancel() }
    for task in slow { #expect(await task.value == nil) }
  }

  @Test(
    "What the library cannot do is told with its status",
    arguments: [
      ("/ask", 505, "no answer for fetch"), ("/strange", 503, "no operation 'paint'"), ("/nobody", 502, "call"),
    ])
  func libraryErrors(_ target: String, status: Int, says: String) async throws {
    let reply = try await handle(target, front())
    #expect(reply.status == status)
    #expect(String(decoding: reply.body, as: UTF8.self).contains(says))
  }
}
