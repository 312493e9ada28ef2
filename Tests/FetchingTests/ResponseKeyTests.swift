import Limits
import Support
import Testing
import Transport

@testable import Fetching

@Suite struct ResponseKeyTests {
  private static func key(
    _ url: String, _ headers: [(name: String, value: String)] = [], source: String = "demo"
  ) throws -> ResponseKey {
    ResponseKey(
      UpstreamRequest(
        source: source, method: "GET", url: try FetchURL(url), headers: headers, body: [],
        deadline: Deadline(monotonicNanoseconds: 1), urgency: SharedUrgency(), requestID: ""))
  }

  @Test func staysTheSameOverRestarts() throws {
    let key = try Self.key("https://example.org/a?b=c", [("Accept", "application/json")])
    #expect(key.hash == "d1fa7af5fd7cf26bce518d32a09040b9")
    #expect(key.space == "response/demo")
  }

  @Test func doesNotShowWhatItWasMadeOf() throws {
    let key = try Self.key("https://example.org/a?api_key=secret", [("X-Key", "secret")])
    #expect(key.hash.count == 32)
    #expect(!key.hash.contains("secret"))
  }

  @Test func tellsRequestsApart() throws {
    let url = "https://example.org/a?b=c"
    let keys = [
      try Self.key(url), try Self.key(url + "d"), try Self.key(url, [("Accept-Language", "de")]),
      try Self.key(url, [("Accept-Language", "en")]), try Self.key(url, source: "other"),
    ]
    #expect(Set(keys.map(\.hash)).count == keys.count)
  }

  @Test func doesNotTellTokensApart() throws {
    let url = "https://example.org/a"
    let one = try Self.key(url, [("Authorization", "Bearer one"), ("accept", "a"), ("X-B", "b")])
    let two = try Self.key(url, [("X-B", "b"), ("Accept", "a"), ("authorization", "Bearer two")])
    #expect(one == two)
  }
}
