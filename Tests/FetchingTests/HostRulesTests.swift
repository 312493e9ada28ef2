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

  @Test func allowsWhatTheUserNamedToTheLetter() throws {
    let named = [
      try FetchURL("http://192.168.1.5:32400/path").origin, try FetchURL("https://Server.example.org").origin,
    ]
    func isAllowed(_ text: String) throws -> Bool {
      let url = try FetchURL(text)
      return (try? HostRules.check(url, policy: Self.policy, source: "demo", userOrigins: Set(named))) != nil
    }
    #expect(try isAllowed("http://192.168.1.5:32400/library?x=1"))
    #expect(try isAllowed("https://server.example.org:443/"))
    #expect(try isAllowed("https://api.example.org/"))
    for other in [
      "https://192.168.1.5:32400/", "http://192.168.1.5/", "http://192.168.1.5:32401/", "http://server.example.org/",
      "http://server.example.org:443/", "https://server.example.org.evil.org/", "http://192.168.1.6:32400/",
    ] {
      #expect(try !isAllowed(other), "\(other)")
    }
  }
}
