import MetadataModel
import PluginCalls
import PluginHosting
import PluginLoading
import Support
import Testing

@testable import PluginChecks

/// Services that give a folder and know origins.
private struct CommandServices: HostServices {
  let fake = FakeServices(fetch: FakeServices.answering(200, "answer"))

  func fetch(_ request: OutgoingRequest) async throws(PluginError) -> OutgoingResponse { try await fake.fetch(request) }
  func stream(
    _ request: OutgoingRequest, part: @escaping @Sendable (UnsafeRawBufferPointer) -> Bool
  ) async throws(PluginError) -> OutgoingResponse {
    var pieces = 0
    while pieces < 5, Array("piece".utf8).withUnsafeBytes({ part($0) }) { pieces += 1 }
    return OutgoingResponse(status: 200, headers: [], body: Array("\(pieces) wanted more".utf8))
  }

  func cached(_ key: [UInt8], of plugin: String) -> [UInt8]? { nil }
  func remember(_ value: [UInt8], for key: [UInt8], of plugin: String, seconds: Int64) -> Bool { false }
  func ask(
    _ operation: String, _ request: [UInt8], provider: Provider, call: CallInfo
  ) async throws(PluginError) -> [UInt8] { throw PluginError(.unavailable, "no library") }
  func dataDirectory(of plugin: String) throws(PluginError) -> String { "/data/\(plugin)" }
  func origin(of url: String) throws(PluginError) -> String {
    guard url.lowercased().hasPrefix("http") else { throw PluginError(.badRequest, "no URL") }
    return url.lowercased()
  }
}

struct CommandClientTests {
  private let services = CommandServices()
  private let heard = Lock<[CommandEvent]>([])
  private let log = RecordingLogSink()

  private func host(_ text: PluginText, limits: HostingLimits = HostingLimits()) async throws -> PluginHost {
    let library = try await built(text)
    let host = PluginHost(services: services, log: log, time: SystemTime(), limits: limits)
    await blocking { host.load([PluginEntry(id: "sample", library: library)]) }
    return host
  }

  private func run(
    _ text: PluginText, _ name: String = "go", limits: HostingLimits = HostingLimits()
  ) async throws -> PluginError? {
    let client = try #require(try await host(text, limits: limits).commands("sample"))
    return await failure { () async throws(PluginError) in
      try await client.run(CommandRequest(name, ["n": 5]), call: .within()) { event in
        heard.withLock { $0.append(event) }
      }
    }
  }

  private var texts: [String] {
    heard.withLock { $0 }.compactMap { if case .text(let text) = $0 { text } else { nil } }
  }

  @Test func argumentsArriveAndEventsComeBack() async throws {
    let text = PluginText.commands(
      run: #"""
        char text[300] = {0};
        memcpy(text, request.data, request.size < 299 ? request.size : 299);
        emit(heard, call, strstr(text, "\"arguments\":{\"n\":5}") ? "{\"event\":\"text\",\"text\":\"five\"}" : "{}");
        return emit(heard, call, "{\"event\":\"note\",\"text\":\"b\"}");
        """#)
    #expect(try await run(text) == nil)
    #expect(heard.withLock { $0 } == [.text("five"), .note("b")])
  }

  @Test func aCommandMayTakeLongerThanAnyOtherCall() async throws {
    var limits = HostingLimits()
    limits.callMilliseconds = 20
    #expect(try await run(.commands(run: "usleep(200000); return USHER_OK;"), limits: limits) == nil)
  }

  @Test func anEventThatIsNoneMakesTheRunAFault() async throws {
    let text = PluginText.commands(run: #"return emit(heard, call, "nonsense") == USHER_BAD_REQUEST ? 0 : 1;"#)
    let error = try await run(text)
    #expect(error?.kind == .fault && error?.text.contains("emitted an event") == true, "\(String(describing: error))")
  }

  @Test func aCommandThatItDoesNotHaveIsNotAsked() async throws {
    #expect(try await run(.commands(run: "return USHER_OK;"), "stay")?.kind == .badRequest)
  }

  @Test func cancellingEndsTheRunAndTellsThePlugin() async throws {
    let text = PluginText.commands(
      run: #"emit(heard, call, "{\"event\":\"text\",\"text\":\"begun\"}"); "#
        + #"while (!heard->is_cancelled(call)) usleep(1000); "#
        + #"return emit(heard, call, "{\"event\":\"text\",\"text\":\"late\"}");"#)
    let host = try await host(text)
    let client = try #require(host.commands("sample"))
    let task = Task {
      await failure { () async throws(PluginError) in
        try await client.run(CommandRequest("go"), call: .within()) { event in heard.withLock { $0.append(event) } }
      }
    }
    while texts.isEmpty { await Task.yield() }
    task.cancel()
    #expect(await task.value?.kind == .cancelled)
    // Waits until the plugin has come back, which it does after its last word.
    await blocking { host.close() }
    #expect(texts == ["begun"])
  }

  @Test func aServerThatTheUserNamedGoesWithTheRequestsOfThatRunAlone() async throws {
    let text = PluginText.commands(
      run: #"""
        char event[400];
        const usher_user_hosts *hosts = heard->get_service(heard, USHER_USER_HOSTS);
        hosts->allow(heard, call, "HTTP://10.0.0.1:1", keep, event);
        emit(heard, call, event);
        hosts->allow(heard, call, "nothing", keep, event);
        emit(heard, call, event);
        usher_http_request ask = {.struct_size = sizeof ask, .method = "DELETE", .url = "http://10.0.0.1:1/", .timeout_ms = 7,
                                  .keep_redirect = 1};
        heard->http_wait(heard, call, &ask, keep_http, event);
        emit(heard, call, event);
        ask.struct_size = 72; /* a plugin that knew only timeouts */
        heard->http_wait(heard, call, &ask, keep_http, event);
        ask.struct_size = 64; /* a plugin of the first version, which knew no timeout */
        heard->http_wait(heard, call, &ask, keep_http, event);
        ask.struct_size = 63;
        heard->http_wait(heard, call, &ask, keep_http, event);
        return emit(heard, call, event);
        """#)
    #expect(try await run(text) == nil)
    #expect(texts.prefix(3) == ["0 http://10.0.0.1:1", "2 no URL", "0 200 answer"], "\(texts)")
    #expect(texts.last?.hasPrefix("2 0 the request is NULL") == true)
    #expect(services.fake.requests.map(\.userOrigins) == Array(repeating: ["http://10.0.0.1:1"], count: 3))
    #expect(services.fake.requests.map(\.timeoutMilliseconds) == [7, 7, 0])
    #expect(services.fake.requests.map(\.keepsRedirect) == [true, false, false])
    #expect(log.lines.contains { $0.details.contains { $0.value == "http://10.0.0.1:1" } })
  }

  @Test func aStreamComesInPiecesUntilThePluginHasEnough() async throws {
    let text = PluginText.commands(
      run: #"""
        static struct { int pieces; volatile int done; char event[400]; } seen;
        const usher_http_stream *streams = heard->get_service(heard, USHER_HTTP_STREAM);
        usher_http_request ask = {.struct_size = sizeof ask, .method = "GET", .url = "https://api.example.org/"};
        streams->open(heard, call, &ask, piece, ended, &seen);
        while (!seen.done) usleep(1000);
        emit(heard, call, seen.event);
        ask.method = "POST";
        seen.done = 0;
        streams->open(heard, call, &ask, piece, ended, &seen);
        return seen.done ? emit(heard, call, seen.event) : USHER_FAULT;
        """#,
      more: #","hosts":["api.example.org"]"#,
      declarations: #"""
        static bool piece(void *context, usher_bytes bytes) {
          return ++*(int *)context < 3 && bytes.size == 5 && !memcmp(bytes.data, "piece", 5);
        }
        static void ended(void *context, usher_status status, int32_t code, usher_bytes headers, usher_bytes body) {
          struct { int pieces; volatile int done; char event[400]; } *seen = context;
          keep_http(seen->event, status, code, headers, body);
          seen->done = 1;
        }
        """#)
    #expect(try await run(text) == nil)
    #expect(texts.count == 2 && texts[0] == "0 200 2 wanted more" && texts[1].hasPrefix("2 0 a stream is"), "\(texts)")
  }

  @Test func withoutItsManifestSayingSoThereAreNoServersOfTheUser() async throws {
    let text = PluginText.commands(run: "return heard->get_service(heard, USHER_USER_HOSTS) ? 1 : 0;", more: "")
    #expect(try await run(text) == nil)
  }

  @Test func theFolderIsTold() async throws {
    let text = PluginText.commands(
      run: #"""
        char event[400];
        const usher_data_directory *directory = heard->get_service(heard, USHER_DATA_DIRECTORY);
        directory->path(heard, keep, event);
        return emit(heard, call, event);
        """#)
    #expect(try await run(text) == nil && texts == ["0 /data/sample"])
  }

  @Test(arguments: [
    (PluginText.commands(run: "return 0;", commands: "[]"), "'commands' is empty"),
    (PluginText.commands(run: "return 0;", commands: #"[{"name":"A B","summary":""}]"#), "it has no summary"),
    (PluginText.commands(run: "return 0;", interfaces: #"["metadata-source/1"]"#), "'userHosts' is not for sources"),
    (
      PluginText.commands(run: "return 0;", more: "", interfaces: #"["metadata-source/1"]"#),
      "'interfaces' does not name commands/1"
    ),
  ])
  func aManifestThatMakesNoSenseIsRefused(text: PluginText, reason: String) async throws {
    let host = try await host(text)
    #expect(host.statuses.first?.state == .failed && host.statuses.first?.reason.contains(reason) == true)
  }

  @Test(arguments: ["unknown-command", "command-events", "command-stops", "loads", "unknown-interface", "open-twice"])
  func aSoundPluginOfCommandsPassesItsChecks(check: String) async throws {
    let library = try await built(Breach.soundCommands)
    let result = await blocking { PluginChecker.runOne(check, library: library) }
    #expect(result.passed, "\(result.detail)")
  }
}
