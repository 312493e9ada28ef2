import Testing
import Transport

@testable import Fetching

@Suite struct HostRulesTests {
  private static let policy = FetchPolicy(
    allowedHosts: ["API.example.org", "127.0.0.1:8080", "mirror.example.org"],
    plainHTTPHosts: ["127.0.0.1:8080", "mirror.example.org"], perSecond: 1, burst: 1)

  @Test(arguments: [
    "https://api.example.org/a", "https://API.EXAMPLE.ORG:443/a", "http://127.0.0.1:8080/", "https://127.0.0.1:8080/",
    "http://mirror.example.org/", "https://mirror.example.org/",
  ])
  func allows(text: String) throws {
    try HostRules.check(try FetchURL(text), policy: Self.policy, source: "demo")
  }

  @Test(arguments: [
    "https://example.org/", "https://evil.api.example.org/", "https://api.example.org.evil.org/",
    "https://api.example.org./", "https://api.example.org:8443/", "http://127.0.0.1:8081/", "http://127.0.0.1/",
    "http://169.254.169.254/", "http://localhost:8080/",
  ])
  func refusesOtherHosts(text: String) throws {
    let url = try FetchURL(text)
    let error = #expect(throws: FetchError.self) {
      try HostRules.check(url, policy: Self.policy, source: "demo")
    }
    guard case .hostNotAllowed(_, _, "demo", ["127.0.0.1:8080", "api.example.org", "mirror.example.org"]) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func refusesPlainHTTPWhereItIsNotNamed() throws {
    let url = try FetchURL("http://api.example.org/a?key=secret")
    #expect(throws: FetchError.plainHTTPNotAllowed(url: "http://api.example.org/a", source: "demo")) {
      try HostRules.check(url, policy: Self.policy, source: "demo")
    }
  }
}
