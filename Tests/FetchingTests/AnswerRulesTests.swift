import Limits
import Support
import Testing
import Transport

@testable import Fetching

@Suite struct AnswerRulesTests {
  private static let page = "\u{FEFF}\n<!DOCTYPE html><title>Not Found</title>"

  private static func fault(
    _ status: Int, _ type: String?, _ body: String, method: String = "GET", userOrigins: Set<String> = []
  ) throws -> String? {
    let request = UpstreamRequest(
      source: "demo", method: method, url: try FetchURL("https://example.org/shows/1"),
      headers: [("Accept", "application/json")], body: [], userOrigins: userOrigins,
      deadline: .init(monotonicNanoseconds: 1), urgency: SharedUrgency(), requestID: "")
    let headers = type.map { [(name: "content-type", value: $0)] } ?? []
    return AnswerRules.fault(
      of: ClientResponse(status: status, headers: headers, body: Array(body.utf8)), to: request)
  }

  @Test(arguments: [200, 203, 403, 404, 410])
  func aPageIsNoAnswerWhateverItCallsItself(status: Int) throws {
    let sentence = "answered \(status) with a page of HTML instead of data"
    for type in ["text/html; charset=utf-8", "application/xhtml+xml", "application/json", "text/plain", nil] {
      #expect(try Self.fault(status, type, Self.page) == sentence, "\(type ?? "no type")")
    }
    #expect(try Self.fault(status, "text/html", "<center>nginx</center>") == sentence)
  }

  @Test(arguments: [404, 410])
  func aServicesOwnAbsenceIsAnAnswer(status: Int) throws {
    let bodies: [(type: String?, body: String)] = [
      ("application/json", #"{"name":"Not Found","status":404}"#), ("application/json", "null"), (nil, ""),
      ("text/html", ""), ("text/html; charset=UTF-8", "Not Found"), ("text/plain", "NotFoundException: no such id"),
      ("application/xml", #"<?xml version="1.0"?><Response code="404"/>"#),
    ]
    for (type, body) in bodies { #expect(try Self.fault(status, type, body) == nil, "\(type ?? "no type") \(body)") }
  }

  @Test func statusesThatMeanFailureNeedNoFurtherWord() throws {
    for status in [400, 401, 422, 429, 500, 503] { #expect(try Self.fault(status, "text/html", Self.page) == nil) }
  }

  @Test func headersAloneAreNoPage() throws {
    #expect(try Self.fault(404, "text/html", "", method: "HEAD") == nil)
  }

  @Test func aServerThatTheUserNamedRefusesWithPages() throws {
    let named: Set<String> = ["https://example.org:443"]
    for status in [403, 404, 410] {
      #expect(try Self.fault(status, "text/html", Self.page, userOrigins: named) == nil)
      #expect(try Self.fault(status, "text/html", Self.page, userOrigins: ["https://example.org:8443"]) != nil)
    }
    #expect(try Self.fault(200, "text/html", Self.page, userOrigins: named) != nil)
  }
}
