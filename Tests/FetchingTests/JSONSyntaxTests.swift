import Foundation
import Testing

@testable import Fetching

@Suite struct JSONSyntaxTests {
  @Test(arguments: [
    "{}", "[]", " [ ] ", "null", "true", "false", "0", "-1.5e+10", "\"a\"", "\"\\\"\"", "\"\\\\\"", "{\"a\":1}",
    "{\"a\":{\"b\":[1,2,{\"c\":[]}]},\"d\":\"}\"}", "\u{FEFF}{}", "[[[[]]],{}]", "[1,\"é\",null]",
    "{\n\"a\" :\t1 }\r\n",
  ])
  func wholeDocuments(text: String) { #expect(JSONSyntax.isWhole(Array(text.utf8))) }

  @Test(arguments: [
    "", " ", "{", "}", "[", "]", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "[1,]", "[1", "[1 2]",
    "{a:1}", "{\"a\" 1}", "\"", "\"\\\"", "\"a\nb\"", "tru", "nul", "-", "1.", "1e", "{}{}", "[]x", "<html>", "[}",
    "{]",
    "{\"a\":1]", "NaN", "{\"a\":[1,{\"b\":2}}", "{1:2}",
  ])
  func brokenDocuments(text: String) { #expect(!JSONSyntax.isWhole(Array(text.utf8))) }

  @Test func everyPrefixOfADocumentIsBroken() {
    let document = Array(
      #"{"id":1,"name":"Harbor \"Lights\"","rating":{"average":8.5},"tags":["a","b",null,true]}"#.utf8)
    #expect(JSONSyntax.isWhole(document))
    for count in 0..<document.count { #expect(!JSONSyntax.isWhole(Array(document.prefix(count))), "\(count)") }
  }

  @Test func nestingIsBounded() {
    func nested(_ depth: Int) -> [UInt8] {
      Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    }
    #expect(JSONSyntax.isWhole(nested(JSONSyntax.maximumDepth)))
    #expect(!JSONSyntax.isWhole(nested(JSONSyntax.maximumDepth + 2)))
    #expect(!JSONSyntax.isWhole(Array(String(repeating: "[", count: 1_000_000).utf8)))
  }

  @Test func agreesWithFoundationOnRandomDamage() throws {
    let document = Array(#"{"a":[1,2.5,{"b":"c\"d"},null],"e":{"f":true,"g":[]}}"#.utf8)
    var generator = SystemRandomNumberGenerator()
    let bytes = Array(#"{}[],:"\1 -.eax"#.utf8)
    for _ in 0..<2000 {
      var damaged = document
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        damaged[Int.random(in: 0..<damaged.count, using: &generator)] = bytes.randomElement(using: &generator) ?? 0
      }
      let isRead = (try? JSONSerialization.jsonObject(with: Data(damaged), options: [.fragmentsAllowed])) != nil
      // Ours lets escapes and leading zeros pass that Foundation does not; what Foundation reads, ours must.
      if isRead { #expect(JSONSyntax.isWhole(damaged), "\(text(damaged))") }
    }
  }
}
