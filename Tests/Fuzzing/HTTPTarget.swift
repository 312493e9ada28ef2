import MetadataModel

@testable import HTTPServer
@testable import Routes

private let provider = Provider(
  name: "tv", path: "/tv", kind: .show, title: "TV", identifier: "tv.plex.agents.custom.usher.tv", adult: false,
  version: "1")

/// A request's target, then its headers in lines: what the host itself reads of them, and `/explain/…`.
@_cdecl("fuzz_http")
public func fuzzHTTP(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let lines = input(data, count).split(separator: 0x0A, omittingEmptySubsequences: false)
  let target = String(decoding: lines.first ?? [], as: UTF8.self)
  let headers = lines.dropFirst().map { line in
    let parts = line.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
    return (
      name: String(decoding: parts[0], as: UTF8.self),
      value: String(decoding: parts.dropFirst().first ?? [], as: UTF8.self)
    )
  }
  let request = Request(method: "GET", target: target, headers: headers)
  precondition(!request.path.utf8.contains(UInt8(ascii: "?")))
  precondition(Array(target.utf8).suffix(request.query.utf8.count).elementsEqual(request.query.utf8))
  for (name, _) in headers {
    precondition(request.header(name.uppercased()) != nil || !name.utf8.allSatisfy { $0 < 0x80 })
    let bytes = Array(name.utf8)
    precondition(
      bytes.withUnsafeBytes { bytes in bytes.baseAddress.map { HeaderName(name).matches($0, bytes.count) } } ?? true)
  }
  let path = request.path.split(separator: "/").map(String.init)
  guard let question = ExplainQuestion(path: path, query: request.query, provider) else { return 0 }
  guard case .match(let wanted) = question else { return 0 }
  precondition(!(wanted.title ?? wanted.showTitle ?? "").isEmpty && wanted.includeAdult == nil)
  return 0
}
