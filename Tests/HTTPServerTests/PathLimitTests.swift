@testable import ClientLimits
import Support
import TestSupport
import Testing

@testable import HTTPServer

@Suite("A limit for an address") @OwnThread
struct PathLimitTests {
  private static let second: Int64 = 1_000_000_000

  private func address(_ last: UInt8) -> ClientAddress {
    ClientAddress([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 192, 0, 2, last])
  }

  @Test("lets its number through at once, then one by one")
  func counts() {
    let counts = AddressCounts(perMinute: 6)
    for _ in 0..<6 { #expect(counts.secondsToWait(address(1), now: 100) == nil) }
    #expect(counts.secondsToWait(address(1), now: 100) == 10)
    #expect(counts.secondsToWait(address(1), now: 100 + 9 * Self.second) == 1)
    #expect(counts.secondsToWait(address(1), now: 100 + 10 * Self.second) == nil)
    #expect(counts.secondsToWait(address(1), now: 100 + 10 * Self.second) == 10)
    for _ in 0..<6 { #expect(counts.secondsToWait(address(1), now: 200 * Self.second) == nil) }
    #expect(counts.secondsToWait(address(1), now: 200 * Self.second) == 10)
  }

  @Test("knows addresses apart, and an IPv6 client by its network")
  func addresses() {
    let counts = AddressCounts(perMinute: 1)
    #expect(counts.secondsToWait(address(1), now: 0) == nil)
    #expect(counts.secondsToWait(address(1), now: 0) == 60)
    #expect(counts.secondsToWait(address(2), now: 0) == nil)
    func six(_ network: UInt8, _ host: UInt8) -> ClientAddress {
      ClientAddress([0x20, 1, 0x0D, 0xB8, 0, 0, 0, network, 0, 0, 0, 0, 0, 0, 0, host])
    }
    #expect(counts.secondsToWait(six(1, 1), now: 0) == nil)
    #expect(counts.secondsToWait(six(1, 2), now: 0) != nil)
    #expect(counts.secondsToWait(six(2, 1), now: 0) == nil)
  }

  @Test("remembers no more addresses than it may")
  func bounded() {
    let counts = AddressCounts(perMinute: 1)
    for number in 0..<30_000 {
      let bytes = [0x20, 1, 0, 0, 0, UInt8(number >> 16), UInt8(number >> 8 & 255), UInt8(number & 255)]
      _ = counts.secondsToWait(ClientAddress(bytes + [UInt8](repeating: 0, count: 8)), now: Int64(number))
    }
    #expect(counts.count <= AddressCounts.addressLimit)
  }

  @Test(
    "counts what lies below its path alone",
    arguments: [
      ("/tv", true), ("/tv/", true), ("/tv/a?b", true), ("/tv?x=1", true), ("http://host/tv/a", true), ("/tvx", false),
      ("/", false), ("/t", false), ("http://host", false), ("", false),
    ])
  func paths(target: String, isLimited: Bool) {
    let limits = PathLimits([PathLimit(path: "/tv", perMinute: 1)])
    let outcomes = (0..<2).map { _ in
      Array(target.utf8).withUnsafeBufferPointer { limits.secondsToWait($0, address(1), now: 0) }
    }
    #expect(outcomes == [nil, isLimited ? 60 : nil])
  }

  @Test("is answered with 429 and the time to wait, also from memory, and the connection lives on")
  func overHTTP() throws {
    var options = ServerOptions.tested
    options.limits = [
      PathLimit(path: "/free", perMinute: nil), PathLimit(path: "/tv", perMinute: 3), PathLimit(path: "", perMinute: 1),
    ]
    let handler: @Sendable (Exchange) -> Void = { $0.respond(Response(body: [0x7B, 0x7D], freshFor: 60)) }
    try withServer(options, handler: handler) { server throws in
      let client = try RawClient(port: server.port)
      func ask(_ target: String) throws -> Answer {
        client.request("POST", target, body: "{}")
        return try client.answer()
      }
      for _ in 0..<3 { #expect(try ask("/tv/a").status == 200) }
      let refused = try ask("/tv/a")
      #expect(refused.status == 429)
      #expect((1...20).contains(Int(refused.headers["retry-after"] ?? "") ?? 0), "\(refused)")
      #expect(refused.body.contains("too_many_requests"))
      #expect(refused.headers["x-request-id"] != nil)
      for _ in 0..<50 { #expect(try ask("/free/a").status == 200) }
      #expect(try ask("/other").status == 200)
      #expect(try ask("/another").status == 429)
      #expect(server.statistics.cacheHits >= 50)
    }
  }
}
