import CUsher
import MetadataModel
import UsherKitTesting

@testable import PlexProvider
@testable import UsherKit

/// A body of a match request.
@_cdecl("fuzz_matchbody")
public func fuzzMatchBody(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  answerPlex("POST", "/library/metadata/matches", [], input(data, count))
  return 0
}

/// A request below a provider: target, then headers in lines, then an empty line and the body.
@_cdecl("fuzz_plex")
public func fuzzPlexRequest(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = input(data, count)
  let parts = bytes.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
  let rest = parts.count > 1 ? Array(parts[1]) : []
  let headEnd = rest.indices.first { rest[$0] == 0x0A && ($0 == 0 || rest[$0 - 1] == 0x0A) } ?? rest.count
  let target = String(decoding: parts[0], as: UTF8.self)
  answerPlex(
    count % 3 == 0 ? "POST" : "GET", target, Array(rest.prefix(headEnd)), Array(rest.dropFirst(headEnd + 1)))
  return 0
}

private let provider = Provider(
  name: "tv", path: "/tv", kind: .show, title: "TV", identifier: "tv.plex.agents.custom.usher.tv", adult: false,
  version: "1")

private func answerPlex(_ method: String, _ target: String, _ headers: [UInt8], _ body: [UInt8]) {
  let request = target.withCString { url in
    method.withCString { method in
      usher_bytes.lend(headers) { headers in
        usher_bytes.lend(body) { body in
          var request = usher_http_request()
          request.method = method
          request.url = url
          request.headers = headers
          request.body = body
          return ServerRequest(&request)
        }
      }
    }
  }
  let host = FakeHost().context
  let items = ["show-82", "show-83"].compactMap { key in
    ItemID("local-\(key)").map { MediaItem(id: $0, title: "Harbor Lights") }
  }
  let library = LibraryContext(FakeLibrary(provider: provider, items: items), host: host)
  run {
    guard let server = try? PlexServer(host), let answer = try? await server.handle(request, library) else {
      fatalError("a request without an answer")
    }
    precondition((200...599).contains(answer.status) && answer.status != 500, "status \(answer.status)")
  }
}
