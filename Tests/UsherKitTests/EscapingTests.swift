import Testing

@testable import UsherKit

@Suite struct EscapingTests {
  @Test(arguments: [
    ("", "", ""), ("aZ09-._~", "aZ09-._~", "aZ09-._~"), ("a b", "a%20b", "a%20b"), ("a+b&c=d", "a%2Bb%26c%3Dd", "a+b&c=d"),
    ("é€😀", "%C3%A9%E2%82%AC%F0%9F%98%80", "%C3%A9%E2%82%AC%F0%9F%98%80"), ("a/b?c#d", "a%2Fb%3Fc%23d", "a%2Fb%3Fc%23d"),
    ("100%", "100%25", "100%25"), ("\r\n\u{0}", "%0D%0A%00", "%0D%0A%00"), ("x@y:z", "x%40y%3Az", "x@y:z"),
  ])
  func textIsEscapedForAQueryAndForAPath(_ text: String, _ query: String, _ path: String) {
    #expect(text.queryEscaped == query)
    #expect(text.pathEscaped == path)
    #expect(query.utf8.percentDecoded() == text)
    #expect(path.utf8.percentDecoded() == text)
  }

  @Test(arguments: [
    ("", ""), (" \n\t", ""), (" a b ", "a b"), ("\r\na\u{A0}", "a"), ("a", "a"), (" é\u{2003}", "é"),
  ])
  func trimmedHasNoWhiteSpaceAtItsEnds(_ text: String, _ expected: String) {
    #expect(text.trimmed == expected)
    #expect("x\(text)x".dropFirst().dropLast().trimmed == expected)
  }

  @Test(arguments: [
    ("http://a", "b", "http://a/b?q=1%202"), ("http://a/", "/b", "http://a/b?q=1%202"),
    ("http://a/v1//", "b/c", "http://a/v1/b/c?q=1%202"), ("http://a/v1", "", "http://a/v1?q=1%202"),
    ("http://a", "b?x=y", "http://a/b?x=y&q=1%202"),
  ])
  func aURLIsPutTogether(_ base: String, _ path: String, _ expected: String) {
    #expect(URLQuery.url(base, path, [("q", "1 2")]) == expected)
  }

  @Test func parametersKeepTheirOrder() {
    #expect(URLQuery.url("http://a", "b", [("z", "1"), ("a&", "é"), ("z", "")]) == "http://a/b?z=1&a%26=%C3%A9&z=")
    #expect(URLQuery.url("http://a", "b") == "http://a/b")
  }
}
