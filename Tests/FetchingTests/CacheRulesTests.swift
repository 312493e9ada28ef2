import Testing
import Transport

@testable import Fetching

@Suite struct CacheRulesTests {
  private static let page = "  <!DOCTYPE html><html><body>Just a moment...</body></html>"

  @Test(arguments: [
    (200, "application/json", "{}", true), (200, "application/json; charset=utf-8", "\u{FEFF} []", true),
    (200, "application/vnd.api+json", "null", true), (200, "text/xml", "<?xml version='1.0'?><a/>", true),
    (200, "application/rss+xml", "<rss/>", true), (200, "text/plain", "hello", true), (200, nil, "{}", true),
    (404, "application/json", "null", true), (404, "text/html", "", true),
    (200, "text/html", "{}", false), (200, "application/json", page, false), (200, "text/plain", page, false),
    (200, "application/xml", page, false), (200, "application/xhtml+xml", "<a/>", false), (200, nil, page, false),
    (200, "text/plain", "<h1>busy</h1>", false), (200, "application/json", "", false), (200, "image/png", "abc", false),
    (404, "text/html", page, false), (404, "application/json", page, false),
    (201, "application/json", "{}", false), (206, "application/json", "{}", false),
    (301, "application/json", "{}", false), (401, "application/json", "{}", false),
    (429, "application/json", "{}", false), (500, "application/json", "{}", false),
  ])
  func keepsAnswersAndNoPages(status: Int, type: String?, body: String, isKept: Bool) {
    let headers = type.map { [(name: "content-type", value: $0)] } ?? []
    let response = ClientResponse(status: status, headers: headers, body: Array(body.utf8))
    #expect(CacheRules.mayKeep(response, accept: "") == isKept)
  }

  @Test(arguments: [(301, "/shows/82", true), (308, "/a", true), (302, "/a", false), (301, "/a?key=1", false)])
  func keepsARedirectThatLasts(status: Int, location: String, isKept: Bool) {
    let response = ClientResponse(status: status, headers: [("location", location)], body: Array("<html>".utf8))
    #expect(CacheRules.mayKeep(response, accept: "") == isKept)
  }

  @Test func keepsNoXMLWhereJSONWasAskedFor() {
    let response = ClientResponse(
      status: 200, headers: [("content-type", "text/xml")], body: Array("<Error/>".utf8))
    #expect(!CacheRules.mayKeep(response, accept: "application/json"))
    #expect(CacheRules.mayKeep(response, accept: "application/json, */*"))
    #expect(CacheRules.mayKeep(response, accept: "application/xml"))
  }

  @Test func keepsNothingHuge() {
    let body = [UInt8](repeating: UInt8(ascii: "1"), count: CacheRules.maximumBodyBytes + 1)
    let response = ClientResponse(status: 200, headers: [("content-type", "application/json")], body: body)
    #expect(!CacheRules.mayKeep(response, accept: ""))
  }

  @Test(
    arguments: [
      (200, 3600, 3_600_000), (404, 3600, 300_000), (404, 60, 60_000), (200, -1, 0),
      (200, Int64.max, 180 * 86_400_000),
    ] as [(Int, Int64, Int64)])
  func limitsLife(status: Int, freshFor: Int64, expected: Int64) {
    #expect(CacheRules.lifeMilliseconds(status: status, freshForSeconds: freshFor) == expected)
  }
}
