import MetadataModel
import UsherKit
import UsherKitTesting

// Every source, asked a question while its service answers with the input: the first byte chooses the question, the rest
// is the bodies of the answers, one after another with a record separator between; the last one comes again and again.

/// Asks the source that `make` gives. Not optimized, or a copy for each source would tie all of them together.
@_optimize(none)
func ask(
  _ make: @escaping @Sendable (HostContext) throws -> any MetadataSource, _ id: String, _ keys: [String],
  _ input: [UInt8]
) {
  guard let first = input.first else { return }
  let host = serving(input)
  run {
    guard let source = try? make(host.context) else { return }
    await perform(Int(first), source, id, keys, host.context)
  }
}

/// A host whose services answer what stands in the input.
private func serving(_ input: [UInt8]) -> FakeHost {
  let bodies = input.dropFirst().split(separator: 0x1E, omittingEmptySubsequences: false).map { Array($0) }
  let host = FakeHost(settings: ["apiKey": .string("0123456789abcdef0123456789abcdef")])
  let served = Guarded(0)
  host.answer { request in
    // A source that has to log in gets in: what comes after is of interest.
    if request.url.hasSuffix("/login") {
      return HTTPResponse(
        status: 200, headers: json, body: Array("{\"data\":{\"token\":\"a.b.c\"},\"token\":\"a.b.c\"}".utf8))
    }
    let number = served.withLock { number in
      defer { number += 1 }
      return number
    }
    guard number < 60 else { throw PluginError(.unavailable, "enough") }
    return HTTPResponse(status: 200, headers: json, body: bodies[min(number, bodies.count - 1)])
  }
  return host
}

private let json = ["content-type": "application/json"]

private func perform(_ choice: Int, _ source: any MetadataSource, _ id: String, _ keys: [String], _ host: HostContext)
  async
{
  let key = keys[choice / 4 % keys.count]
  let parts = key.split(separator: "-", maxSplits: 1)
  guard let item = ItemID(source: id, kind: MediaKind(rawValue: String(parts[0])), value: String(parts[1])) else {
    return
  }
  let request = ItemRequest(id: item, language: "de-DE", country: "DE")
  switch choice % 4 {
  case 0:
    var match = MatchRequest(kind: choice & 16 == 0 ? .show : .movie)
    match.title = "Harbor Lights"
    match.year = 2014
    match.manual = choice & 32 != 0
    if choice & 64 != 0 { match.externalIDs = ["imdb": "tt0017136", "tmdb": "603", "tvdb": "81189"] }
    check(try? await source.match(match, host))
  case 1: check(try? await source.fetch(request, host))
  case 2: check(try? await source.children(request, host))
  default: check(try? await source.images(request, host))
  }
}

/// What a source makes of it must be what the host can read again.
private func check(_ value: (some Encodable)?) {
  guard let value else { return }
  precondition((try? JSONCoding.encode(value)) != nil, "a reply that cannot be written")
}
