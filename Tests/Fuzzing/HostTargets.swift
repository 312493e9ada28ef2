import Configuration
import CUsher
import MetadataModel
import NameReadings
import Naming
import UsherKit
import UsherKitTesting

@testable import Local
@testable import PlexProvider
@testable import UsherKit

/// plugins.json: every problem must have a sentence, and none may repeat a variable's value.
let fuzzConfiguration: FuzzTarget = { bytes in
  let environment = ["KEY": "the-value-of-a-key", "SPACED": "a value with spaces"]
  switch ConfigurationReader.read(bytes, path: "plugins.json", environment: environment) {
  case .success(let configuration): precondition(configuration.listen.port <= 65_535)
  case .failure(let errors):
    let text = errors.description
    precondition(!text.isEmpty && !text.contains("the-value-of-a-key") && !text.contains("a value with spaces"))
  }
}

/// An NFO file.
let fuzzNFO: FuzzTarget = { bytes in
  guard let roots = try? NFODocument.roots(bytes), let items = try? NFOItem.items(roots) else { return }
  precondition(items.count <= bytes.count)
}

/// A plugin's reply: what could be read can be written, and read again as the same.
let fuzzReply: FuzzTarget = { bytes in
  guard let first = bytes.first else { return }
  let json = Array(bytes.dropFirst())
  switch first % 5 {
  case 0: roundTrip(MatchReply.self, json)
  case 1: roundTrip(MediaItem.self, json)
  case 2: roundTrip(ItemList.self, json)
  case 3: roundTrip(ArtworkList.self, json)
  default: roundTrip(PluginManifest.self, json)
  }
}

private func roundTrip<Value: Codable & Equatable>(_ type: Value.Type, _ bytes: [UInt8]) {
  guard let value = try? JSONCoding.decode(type, from: bytes) else { return }
  guard let again = try? JSONCoding.encode(value) else { fatalError("a reply that cannot be written") }
  guard let second = try? JSONCoding.decode(type, from: again) else { fatalError("a reply that cannot be read again") }
  precondition(second == value, "a reply that changes")
}

/// The name of a file; the first byte says what its library holds.
let fuzzNames: FuzzTarget = { bytes in
  guard let first = bytes.first else { return }
  let kinds: [NameKind?] = [.movie, .show, .scene, nil]
  let reading = NameParser().read(Array(bytes.dropFirst()), kind: kinds[Int(first & 3)])
  var json: [UInt8] = []
  reading.name.write(to: &json)
  precondition(json.first == UInt8(ascii: "{") && json.last == UInt8(ascii: "}"))
  precondition((0...1).contains(reading.name.confidence ?? 0))
  precondition(reading.titles.first == reading.name.title || reading.name.title == nil)
}

/// A body of a match request.
let fuzzMatchBody: FuzzTarget = { bytes in answerPlex("POST", "/library/metadata/matches", [], bytes) }

/// A request below a provider: target, then headers in lines, then an empty line and the body.
let fuzzPlexRequest: FuzzTarget = { bytes in
  let parts = bytes.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
  let rest = parts.count > 1 ? Array(parts[1]) : []
  let headEnd = rest.indices.first { rest[$0] == 0x0A && ($0 == 0 || rest[$0 - 1] == 0x0A) } ?? rest.count
  let target = String(decoding: parts[0], as: UTF8.self)
  answerPlex(
    bytes.count % 3 == 0 ? "POST" : "GET", target, Array(rest.prefix(headEnd)), Array(rest.dropFirst(headEnd + 1)))
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
