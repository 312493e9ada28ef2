import Testing
import UsherKit
import UsherKitTesting

/// Answers what it received; "/match/…" and "/fetch/…" ask the library.
struct EchoServer: MediaServer {
  static let export = PluginExport(
    server: EchoServer.self, manifest: PluginManifest(id: "echo", version: "1", title: "Echo"))

  init(_ host: HostContext) throws {}

  func handle(_ request: ServerRequest, _ library: LibraryContext) async throws -> ServerResponse {
    var text = "\(request.method) \(request.path)"
    if request.path.hasPrefix("/fetch/") {
      guard let id = ItemID(request.path.dropFirst(7)) else { throw PluginError(.badRequest, "no item id") }
      text = try await library.fetch(ItemRequest(id: id)).title
    } else if request.path == "/children" {
      text = try await library.children(ItemRequest(id: probeID("1"))).map(\.title).joined(separator: ",")
    } else if request.path == "/detached" {
      return try await Task.detached { try await handle(ServerRequest(method: "GET", path: "/children"), library) }.value
    }
    for (name, value) in request.query { text += "|\(name)=\(value)" }
    return ServerResponse(
      status: 201,
      headers: [
        ("X-Agent", request.header("USER-AGENT") ?? ""), ("X-Provider", library.provider.identifier),
        ("X-Evil", "a\r\nSet-Cookie: b"), ("Bad Name", "c"), ("", "d"),
      ],
      body: [UInt8](text.utf8) + request.body, freshFor: request.query("fresh").flatMap { Int($0) } ?? 0)
  }
}

@Suite struct MediaServerTests {
  private func open(_ items: [MediaItem] = []) throws -> OpenedPlugin {
    let provider = Provider(
      name: "movie", path: "/movie", kind: .movie, title: "Movies", identifier: "test.movie", adult: false,
      version: "1")
    return try TableHost(library: FakeLibrary(provider: provider, items: items)).open(EchoServer.export.table(0))
  }

  @Test(arguments: [
    ("", "GET "), ("/a%20b/%C3%A9", "GET /a b/é"), ("/a+b?q=a+b%2Bc", "GET /a+b|q=a b+c"),
    ("?a=1&&b&c=&=d&e=1=2&a=2", "GET |a=1|b=|c=|=d|e=1=2|a=2"), ("/x?q=%zz%4", "GET /x|q=%zz%4"),
    ("/%FF?%E2%82%AC=%f0%9f%98%80", "GET /\u{FFFD}|€=😀"), ("/x?a=?&b=/", "GET /x|a=?|b=/"),
  ])
  func aRequestArrivesDecoded(_ url: String, _ expected: String) async throws {
    let outcome = try await open().handle(url)
    #expect(outcome.status == USHER_OK)
    #expect(outcome.responses.map { String(decoding: $0.body, as: UTF8.self) } == [expected])
  }

  @Test func methodHeadersBodyAndProviderArrive() async throws {
    let outcome = try await open().handle("/x", method: "POST", headers: [("User-Agent", " me ")], body: [33])
    let response = try #require(outcome.responses.first)
    #expect(response.status == 201)
    #expect(response.body == [UInt8]("POST /x!".utf8))
    #expect(response.headers.first { $0.name == "X-Agent" }?.value == "me")
    #expect(response.headers.first { $0.name == "X-Provider" }?.value == "test.movie")
    #expect(outcome.replies.isEmpty)
  }

  @Test func noHeaderCanBeSmuggledInByAValue() async throws {
    let response = try #require(try await open().handle("/x").responses.first)
    #expect(response.headers.map(\.name) == ["X-Agent", "X-Provider", "X-Evil"])
    #expect(response.headers.last?.value == "aSet-Cookie: b")
  }

  @Test func freshnessBecomesAHeaderForTheHost() async throws {
    let response = try #require(try await open().handle("/x?fresh=60").responses.first)
    #expect(response.headers.last.map { "\($0.name): \($0.value)" } == "Usher-Fresh-For: 60")
  }

  @Test func theLibraryAnswersThroughTheTable() async throws {
    var child = MediaItem(id: probeID("2"), title: "Two")
    child.parent = Ancestor(id: probeID("1"), title: "One")
    let plugin = try open([MediaItem(id: probeID("1"), title: "One"), child])
    let fetched = try await plugin.handle("/fetch/probe-movie-1")
    #expect(fetched.responses.map { String(decoding: $0.body, as: UTF8.self) } == ["One"])
    let children = try await plugin.handle("/children")
    #expect(children.responses.map { String(decoding: $0.body, as: UTF8.self) } == ["Two"])
  }

  @Test(arguments: [
    ("/fetch/probe-movie-9", USHER_NOT_FOUND, "there is no probe-movie-9"),
    ("/fetch/nonsense", USHER_BAD_REQUEST, "no item id"),
    ("/detached", USHER_FAULT, "the library was asked outside the call it belongs to: no Task { } around it"),
  ])
  func anErrorBecomesItsStatusAndNoResponse(_ url: String, _ status: Int32, _ text: String) async throws {
    let outcome = try await open().handle(url)
    #expect(outcome.status == status)
    #expect(outcome.text == text)
    #expect(outcome.responses.isEmpty)
  }

  @Test func withoutALibraryTheHostIsUnsupported() async throws {
    let outcome = try await TableHost().open(EchoServer.export.table(0)).handle("/x")
    #expect(outcome.status == USHER_UNSUPPORTED)
    #expect(outcome.text == "this host does not offer library/1")
  }

  @Test func aCancelledRequestIsNotHandled() async throws {
    let outcome = try await open().handle("/x", cancelled: true)
    #expect(outcome.status == USHER_CANCELLED)
    #expect(outcome.responses.isEmpty)
  }
}
