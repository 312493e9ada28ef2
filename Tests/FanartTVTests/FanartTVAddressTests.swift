import Testing

@testable import FanartTV

@Suite struct FanartTVAddressTests {
  @Test(arguments: [
    ("https://a.example.org/x.jpg", "https://a.example.org/x.jpg"),
    ("http://a.example.org/x.jpg", "https://a.example.org/x.jpg"),
    ("https://a.example.org/a b (2).jpg", "https://a.example.org/a%20b%20%282%29.jpg"),
    ("https://a.example.org/a%20b%.jpg", "https://a.example.org/a%20b%25.jpg"),
    ("https://a.example.org/é\"<>\n.jpg", "https://a.example.org/%C3%A9%22%3C%3E%0A.jpg"),
    ("https://a.example.org:8443/x.jpg?v=1&w=2", "https://a.example.org:8443/x.jpg?v=1&w=2"),
  ])
  func liftsToHTTPSAndEscapesWhatNeedsIt(text: String, url: String) {
    #expect(FanartTVAddress.usable(text) == url)
  }

  @Test(arguments: [
    "", "x.jpg", "//a.example.org/x.jpg", "ftp://a.example.org/x.jpg", "javascript:alert(1)", "https://", "https:///x",
    "https://user@a.example.org/x.jpg", "https://a b/x.jpg", "https://\(String(repeating: "a", count: 3000))",
  ])
  func takesNothingElse(text: String) {
    #expect(FanartTVAddress.usable(text) == nil)
  }
}
