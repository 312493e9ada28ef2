import Foundation
import Support

/// The built program with sources whose services know a library, and a media server that scans it twice.
public final class ScanStage {
  /// Sources in the order of the chain; films are asked of TMDB alone.
  public enum Source: String, Sendable {
    case tmdb, tvmaze

    /// What the real service allows one address.
    var limit: WatchedService.Limit {
      switch self {
      case .tmdb: .init(count: 40, milliseconds: 1000, connections: 20)
      case .tvmaze: .init(count: 20, milliseconds: 10_000)
      }
    }
  }

  private struct Rate: Decodable {
    var perSecond: Double
    var burst: Int
  }

  private struct Manifest: Decodable { var rateLimit: Rate }

  private struct Stand {
    let id: String
    let service: WatchedService
    let server: LoopbackServer
  }

  private let library: ScanLibrary
  private let usher: UsherProgram
  private let stands: [Stand]

  public init(_ library: ScanLibrary, sources: [Source], latencyMilliseconds: Int) throws {
    self.library = library
    stands = try sources.map { source in
      let answer = Self.service(source, library)
      let service = WatchedService(latencyMilliseconds: latencyMilliseconds, limit: source.limit, answer)
      return Stand(
        id: source.rawValue, service: service,
        server: try LoopbackServer(keepsRequests: false) { service.reply(to: $0) })
    }
    usher = try UsherProgram(configuration: Self.configuration(sources, stands.map(\.server.url)))
  }

  deinit { for stand in stands { stand.server.stop() } }

  /// Scans everything twice. Blocks until both scans are over and the program has ended.
  public func run(workers: Int, environment: [String: String] = [:]) throws -> ScanReport {
    var services = try stands.map { try described($0, environment) }
    let running = try usher.serve(environment: environment)
    let plex = BusyPlex(library, workers: workers)
    var spent = [running.processorSeconds]
    let first = plex.scan(port: running.port)
    spent.append(running.processorSeconds)
    let callsOfScan = stands.map(\.service.calls)
    settle()
    for (place, stand) in stands.enumerated() { services[place].note(stand.service, callsOfScan: callsOfScan[place]) }
    spent.append(running.processorSeconds)
    let second = plex.scan(port: running.port)
    spent.append(running.processorSeconds)
    settle()
    for (place, stand) in stands.enumerated() {
      services[place].callsOfSecondScan = stand.service.calls - services[place].calls
      services[place].callsPerShow = Double(services[place].calls) / Double(max(1, library.shows.count))
    }
    let memory = running.ownMegabytes
    return ScanReport(
      shows: library.shows.count, episodes: library.episodeCount, films: library.films.count, workers: workers,
      services: services, first: .init(first, processorSeconds: spent[1] - spent[0]),
      second: .init(second, processorSeconds: spent[3] - spent[2]), ownMegabytes: memory,
      problems: first.problems + second.problems, exitStatus: running.stop())
  }

  /// Waits for what goes on after the last answer.
  private func settle() {
    for stand in stands { stand.service.waitUntilQuiet(milliseconds: 1500) }
  }

  private func described(_ stand: Stand, _ environment: [String: String]) throws -> ScanReport.Service {
    let told = try usher.run(["plugins", "info", stand.id, "--json"], environment: environment)
    guard let manifest = try? JSONDecoder().decode(Manifest.self, from: Data(told.output.utf8)) else {
      throw LoopbackError(text: "usher plugins info \(stand.id): \(told.output)\(told.errors)")
    }
    var service = ScanReport.Service(id: stand.id)
    service.perSecond = manifest.rateLimit.perSecond
    service.burst = manifest.rateLimit.burst
    return service
  }

  private static func service(
    _ source: Source, _ library: ScanLibrary
  ) -> @Sendable (LoopbackRequest) -> LoopbackReply {
    switch source {
    case .tmdb:
      let fake = FakeTMDB(library)
      return { fake.reply(to: $0) }
    case .tvmaze:
      let fake = FakeTVmaze(library)
      return { fake.reply(to: $0) }
    }
  }

  private static func configuration(_ sources: [Source], _ urls: [String]) throws -> String {
    var plugins: [String: Any] = ["plex": ["enabled": true]]
    for (source, url) in zip(sources, urls) {
      let settings = source == .tmdb ? ["baseURL": url + "/3", "apiKey": FakeTMDB.key] : ["baseURL": url]
      plugins[source.rawValue] = ["enabled": true, "settings": settings]
    }
    func provider(_ kind: String, _ path: String, _ sources: [Source]) -> [String: Any] {
      [
        "server": "plex", "path": path, "kind": kind, "title": "Scan \(kind)",
        "identifier": "tv.plex.agents.custom.usher.scan\(kind)", "sources": sources.map(\.rawValue),
      ]
    }
    var providers = ["tv": provider("show", "/tv", sources)]
    if sources.contains(.tmdb) { providers["movie"] = provider("movie", "/movie", [.tmdb]) }
    let document: [String: Any] = ["log": ["level": "warning"], "plugins": plugins, "providers": providers]
    return String(decoding: try JSONSerialization.data(withJSONObject: document), as: UTF8.self)
  }
}

extension ScanReport.Service {
  /// Takes down what the service saw so far.
  fileprivate mutating func note(_ service: WatchedService, callsOfScan: Int) {
    calls = service.calls
    callsAfterwards = calls - callsOfScan
    mostInSecond = service.most(withinMilliseconds: 1000)
    mostInTenSeconds = service.most(withinMilliseconds: 10_000)
    allowedInSecond = Int(Double(burst) + perSecond)
    allowedInTenSeconds = Int(Double(burst) + 10 * perSecond)
    atOnce = service.atOnce
    refused = service.refused
    repeated = service.repeated.values.reduce(0) { $0 + $1 - 1 }
    allowedSeconds = max(0, Double(callsOfScan - burst) / perSecond)
  }
}
