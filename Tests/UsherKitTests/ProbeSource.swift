import Glibc
import UsherKit

/// A source that does what the title of a request says.
struct ProbeSource: MetadataSource {
  static let manifest = PluginManifest(id: "probe", version: "1.2.3", title: "Probe", kinds: [.movie])
  static let export = PluginExport(source: ProbeSource.self, manifest: manifest)
  /// What the call with the title "keep" kept against the rules.
  static let kept = Guarded<HostContext?>(nil)

  private let opening: HostContext

  init(_ host: HostContext) throws {
    opening = host
    if let reason = try host.setting("refuse", as: String.self) { throw PluginError(.unauthorized, reason) }
    if try host.setting("break", as: Bool.self) == true { throw Unexpected() }
  }

  func match(_ request: MatchRequest, _ host: HostContext) async throws -> [Candidate] {
    switch request.title ?? "" {
    case "cancellation": throw CancellationError()
    case "unexpected": throw Unexpected()
    case "sleep": try await Task.sleep(for: .seconds(60))
    case "keep": Self.kept.withLock { $0 = host }
    case "opening": _ = try await opening.get("http://service.test/1")
    case "one": return [candidate(try await host.get("http://service.test/1"))]
    case "three":
      async let first = host.get("http://service.test/1")
      async let second = host.get("http://service.test/2")
      async let third = host.get("http://service.test/3")
      return try await [first, second, third].map(candidate)
    case "host":
      host.log(.warning, "seen at \(host.nowMilliseconds), \(host.remainingMilliseconds) left")
      host.remember([1, 2], for: "key", seconds: 60)
      guard host.cached("key") == [1, 2], host.cached("other") == nil else { throw Unexpected() }
      guard try host.setting("number", as: Int.self) == 7 else { throw Unexpected() }
      guard try host.setting("absent", as: Int.self) == nil else { throw Unexpected() }
      _ = try host.setting("number", as: Bool.self)
    case "not a number":
      var candidate = candidate(HTTPResponse(status: 0))
      candidate.score = .nan
      return [candidate]
    case let title:
      if let kind = PluginError.Kind(rawValue: title) { throw PluginError(kind, "thrown: \(title)") }
    }
    return []
  }

  func fetch(_ request: ItemRequest, _ host: HostContext) async throws -> MediaItem {
    guard request.id.value == "1" else { throw PluginError(.notFound, "there is no \(request.id)") }
    return MediaItem(id: request.id, title: "One, in \(request.language ?? "any language")")
  }

  private func candidate(_ response: HTTPResponse) -> Candidate {
    var candidate = Candidate(id: probeID("1"), title: response.headers["x-title"] ?? "")
    candidate.year = response.status
    return candidate
  }
}

struct Unexpected: Error, CustomStringConvertible {
  var description: String { "something the source did not foresee" }
}

/// An item id of the probe.
func probeID(_ value: String) -> ItemID {
  guard let id = ItemID(source: "probe", kind: .movie, value: value) else { preconditionFailure("no id: \(value)") }
  return id
}

/// A request as JSON, for a movie of that title.
func matchRequest(_ title: String) -> [UInt8] { [UInt8](#"{"kind":"movie","title":"\#(title)"}"#.utf8) }

/// Opens when so many wait at it at once; throws after ten seconds.
final class Gate: Sendable {
  private let waiting = Guarded(0)
  private let count: Int

  init(_ count: Int) { self.count = count }

  func pass() async throws {
    waiting.withLock { $0 += 1 }
    for _ in 0..<2000 {
      if waiting.withLock({ $0 >= count }) { return }
      try await Task.sleep(for: .milliseconds(5))
    }
    throw PluginError(.fault, "only \(waiting.withLock { $0 }) of \(count) came at once")
  }
}

/// The id of the current thread.
func currentThread() -> UInt { UInt(pthread_self()) }
