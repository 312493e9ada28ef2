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

/// The vectors of FIPS 180-2, appendix B, and lengths around the block size.
@Suite struct SHA256Tests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (String(repeating: "a", count: 1000), "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"),
    (String(repeating: "b", count: 55), "eb2c86e932179f4ba13fe8715a26124b77d6bad290b9b4c1cc140cf633300c19"),
    (String(repeating: "b", count: 56), "a5fc6e203a4c2b657d0d153885932414b2ffc6a93f0f8bf8b3183315e5a7212c"),
    (String(repeating: "b", count: 63), "94e419fabac7f930810f9636354042f8c1426d2f834d4ab65c93dc1e69326b13"),
    (String(repeating: "b", count: 64), "a0fab1377f49a759b57f63318262ebe89fabfc990e8e93ceac2984561482b9d4"),
    (String(repeating: "b", count: 65), "74b128f30cf83de43ddf4aafc40c7b50a7443d3c73a89a7cfca17e15e43d51ab"),
    (String(repeating: "b", count: 119), "68297a9eb141ce16bbc0847da1c0c48e2858704feaa13993bde29f87a198a6e1"),
    (String(repeating: "b", count: 120), "392add47fbaa8197a874ebe770a947a26dd6f2becce5f64688cc4d18c9da93bd"),
  ])
  func digests(message: String, expected: String) {
    let digits = SHA256.digest(Array(message.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    #expect(digits.joined() == expected)
  }
}
