import HTTPServer
import Testing

@Suite("A request's target")
struct RequestTests {
  @Test(
    "falls into path and query",
    arguments: [
      ("/", "/", ""), ("/a?b=c", "/a", "b=c"), ("/a?", "/a", ""), ("/a?b?c", "/a", "b?c"), ("?a", "", "a"),
      ("http://host:80/a?b", "/a", "b"), ("https://host", "/", ""), ("http://host?a", "/", "a"),
      ("/http://x/y", "/http://x/y", ""), ("*", "*", ""), ("", "", ""),
      ("/a?\u{33E}b=c", "/a", "\u{33E}b=c"), ("http://host/\u{301}a?b", "/\u{301}a", "b"),
    ])
  func parts(target: String, path: String, query: String) {
    let request = Request(method: "GET", target: target)
    #expect(request.path == path)
    #expect(request.query == query)
    #expect(request.target == target)
  }
}
