import Testing

@testable import Transport

@Suite struct FetchURLTests {
  @Test(arguments: [
    ("https://API.Example.org/a?k=1#f", "https", "api.example.org", 443, "https://API.Example.org/a"),
    ("http://127.0.0.1:8080", "http", "127.0.0.1", 8080, "http://127.0.0.1:8080/"),
    ("http://[::1]:8080/x?y", "http", "[::1]", 8080, "http://[::1]:8080/x"),
    ("https://example.org/a/../b?q=two words", "https", "example.org", 443, "https://example.org/b"),
    ("http://0x7f.1/", "http", "127.0.0.1", 80, "http://127.0.0.1/"),
  ])
  func readsParts(text: String, scheme: String, host: String, port: Int, withoutQuery: String) throws {
    let url = try FetchURL(text)
    #expect(url.scheme == scheme)
    #expect(url.host == host)
    #expect(url.port == port)
    #expect(url.withoutQuery.lowercased() == withoutQuery.lowercased())
    #expect(!url.text.contains("#") && !url.text.contains(" "))
  }

  @Test(arguments: [
    "", "example.org", "/relative", "https://", "ftp://example.org/", "file:///etc/passwd",
    "javascript:alert(1)", "https://example.org:99999/", "https://user:secret@example.org/",
    "https://secret@example.org/",
    "https://example.org/\r\nX-Injected: 1", "https://example.org/\u{0}.evil.org/", "https://exa mple.org/",
    "https://example.org\\@evil.org/", "https://example.org/" + String(repeating: "a", count: 20_000),
  ])
  func refuses(text: String) {
    let error = #expect(throws: FetchError.self) { try FetchURL(text) }
    guard case .badURL(let url, let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(!url.contains("secret") && !url.contains("\r") && url.utf8.count < 1000)
    #expect(!reason.isEmpty)
  }

  @Test(arguments: [
    ("/b?c=1", "https://example.org/b?c=1"), ("next", "https://example.org/a/next"),
    ("//other.org/x", "https://other.org/x"), ("http://other.org:81/", "http://other.org:81/"),
    ("?page=2", "https://example.org/a/one?page=2"),
  ])
  func resolvesLocations(location: String, expected: String) throws {
    let base = try FetchURL("https://example.org/a/one?key=1")
    #expect(try FetchURL(location, relativeTo: base).text == expected)
  }

  @Test(arguments: [
    ("https://u:p@example.org/a?k=1#x", "https://example.org/a"), ("no url?key=1", "no url"),
    ("https://u:p@ex@ample.org?k", "https://ample.org"), ("a\r\nb", "a\u{FFFD}\u{FFFD}b"),
    ("https://example.org/@me", "https://example.org/@me"),
    ("https://u:p@\u{301}example.org/a?\u{301}k=1", "https://\u{301}example.org/a"),
  ])
  func showsNoSecrets(text: String, expected: String) { #expect(FetchURL.withoutSecrets(text) == expected) }
}
