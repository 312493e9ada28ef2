import MetadataModel
import TestSupport
import Testing

@testable import PlexProvider

/// Checklist lines 16 to 24, as far as they are not the host's.
@Suite struct TransportTests {
  @Test(arguments: ["*/*", "application/xml", "text/html", nil])
  func line16JSONWhateverIsAccepted(_ accept: String?) async throws {
    let headers = accept.map { ["Accept": $0] } ?? [:]
    let desk = try Desk.tv()
    for path in ["", "/library/metadata/lamp-show-7", "/library/metadata/lamp-show-7/children"] {
      let reply = try await desk.get(path, headers: headers)
      #expect(reply.status == 200)
      #expect(reply.header("Content-Type") == "application/json")
      #expect(reply.header("Cache-Control") == "no-store")
    }
  }

  @Test(arguments: [
    "/nothing", "/library", "/library/sections", "/library/metadata/lamp-show-7/related", "/index.html",
    "/library/metadata/lamp-show-7/children/more", "/Library/Metadata/lamp-show-7", "/..",
  ])
  func line17UnknownPathsAreAJSON404(_ path: String) async throws {
    let reply = try await Desk.tv().get(path)
    #expect(reply.status == 404)
    #expect(PlexShape.problems(inError: reply.json) == [])
    #expect(reply.header("Content-Type") == "application/json")
    #expect(reply.freshFor == 0)
  }

  @Test func slashesTooManyDoNoHarm() async throws {
    let desk = try Desk.tv()
    #expect(try await desk.get("//library/metadata/lamp-show-7").status == 200)
    #expect(try await desk.get("/library/metadata/lamp-show-7/").status == 200)
  }

  @Test(arguments: [
    ("POST", ""), ("POST", "/library/metadata/lamp-show-7"), ("DELETE", "/library/metadata/lamp-show-7/images"),
    ("GET", "/library/metadata/matches"), ("PUT", "/library/metadata/matches"),
  ])
  func wrongMethodsAreA405ThatSaysWhatWouldBeRight(_ method: String, _ path: String) async throws {
    let reply = try await Desk.tv().send(method, path)
    #expect(reply.status == 405)
    #expect(reply.header("Allow") == (path.hasSuffix("matches") ? "POST" : "GET, HEAD"))
    #expect(PlexShape.problems(inError: reply.json) == [])
  }

  @Test func headIsAnsweredLikeGet() async throws {
    let desk = try Desk.tv()
    let head = try await desk.send("HEAD", "/library/metadata/lamp-show-7")
    #expect(head.status == 200)
    #expect(head.json == (try await desk.get("/library/metadata/lamp-show-7").json))
  }

  @Test func line20NoCredentialsAreAskedFor() async throws {
    #expect(try await Desk.tv().get("", headers: [:]).status == 200)
  }

  @Test func line21ManyRequestsAtOnceAllSucceed() async throws {
    let desk = try Desk.tv()
    let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<32 {
        group.addTask {
          switch number % 4 {
          case 0:
            try await desk.match(#"{"type":3,"parentTitle":"Harbour Lights","index":1,"includeChildren":1}"#).status
          case 1: try await desk.item("lamp-show-7").status
          case 2: try await desk.item("lamp-show-7", "/grandchildren").status
          default: try await desk.item("lamp-season-7-1", "/images").status
          }
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(statuses == Array(repeating: 200, count: 32))
  }

  @Test(arguments: [
    (PluginError.Kind.notFound, 404), (.unsupported, 404), (.badRequest, 400), (.unauthorized, 502), (.fault, 502),
    (.unavailable, 503), (.cancelled, 504),
  ])
  func everyFailureHasItsStatus(_ kind: PluginError.Kind, _ status: Int) async throws {
    let desk = try Desk.tv()
    desk.fail("fetch", with: kind)
    let reply = try await desk.item("lamp-show-7")
    #expect(reply.status == status)
    #expect(reply.freshFor == 0)
    #expect(reply.json["error"]?["message"]?.text == "the lamp is out")
  }
}
