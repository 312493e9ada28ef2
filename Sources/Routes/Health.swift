import Configuration
import HTTPServer
import PluginHosting
import Support

/// How the host is: for people, load balancers and supervisors.
struct Health: Sendable {
  private struct Report: Encodable {
    var status: String
    var service = "usher"
    var version: String
    var uptimeSeconds: Int64
    var reasons: [String]?
  }

  private let plugins: PluginHost
  private let statuses: @Sendable () -> [PluginStatus]
  private let providers: [ProviderConfiguration]
  private let isStoreOpen: @Sendable () -> Bool
  private let version: String
  private let time: any TimeSource
  private let started: Int64

  init(_ parts: RouteParts) {
    plugins = parts.plugins
    statuses = parts.statuses
    providers = parts.configuration.providers
    isStoreOpen = parts.isStoreOpen
    version = parts.version
    time = parts.time
    started = parts.time.monotonicNanoseconds
  }

  /// 200 as long as the process answers; the status says "degraded" when something is not right.
  func summary() -> Response {
    let reasons = troubles() + ailments()
    return .json(200, encoding: report(reasons.isEmpty ? "healthy" : "degraded", reasons))
  }

  func live() -> Response { .json(200, encoding: report("healthy", [])) }

  /// 200 when the store is open and every provider has its server and a usable source, else 503 with the reasons.
  func ready() -> Response {
    let reasons = troubles()
    return .json(reasons.isEmpty ? 200 : 503, encoding: report(reasons.isEmpty ? "healthy" : "unready", reasons))
  }

  private func report(_ status: String, _ reasons: [String]) -> Report {
    Report(
      status: status, version: version,
      uptimeSeconds: (time.monotonicNanoseconds - started) / 1_000_000_000,
      reasons: reasons.isEmpty ? nil : reasons)
  }

  /// Sources of a provider that cannot be asked, though they are switched on.
  private func ailments() -> [String] {
    let used = Set(providers.flatMap(\.sources))
    return statuses().filter { used.contains($0.id) && $0.state != .ready && $0.state != .disabled }
      .map { "source '\($0.id)' is \($0.state.rawValue): \($0.reason)" }
  }

  private func troubles() -> [String] {
    var reasons = isStoreOpen() ? [] : ["the store is not open"]
    let states = Dictionary(plugins.statuses.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for provider in providers {
      if let server = states[provider.server], server.state != .ready {
        reasons.append("provider '\(provider.name)': its server '\(server.id)' is \(server.state.rawValue)")
      }
      let usable = provider.sources.contains { states[$0]?.state == .ready }
      if !usable {
        reasons.append("provider '\(provider.name)': no source is usable (\(provider.sources.joined(separator: ", ")))")
      }
    }
    return reasons
  }
}
