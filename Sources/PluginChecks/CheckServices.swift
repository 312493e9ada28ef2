import MetadataModel
import PluginCalls
import PluginHosting
import Support

/// A host without a network: every service answers the same, or nothing until the call is cancelled.
final class CheckServices: HostServices {
  enum Behaviour: Sendable {
    case answers(Int)
    case hangs
  }

  private let behaviour: Behaviour
  private let asked = Lock<[String]>([])
  private let kept = Lock<[[UInt8]: [UInt8]]>([:])

  init(_ behaviour: Behaviour) { self.behaviour = behaviour }

  /// URLs that were asked for.
  var urls: [String] { asked.withLock { $0 } }

  func fetch(_ request: OutgoingRequest) async throws(PluginError) -> OutgoingResponse {
    asked.withLock { $0.append(request.url) }
    switch behaviour {
    case .answers(let status):
      return OutgoingResponse(status: status, headers: [], body: Array("nothing here".utf8))
    case .hangs: throw await Self.cancellation()
    }
  }

  func cached(_ key: [UInt8], of plugin: String) -> [UInt8]? { kept.withLock { $0[key] } }

  func remember(_ value: [UInt8], for key: [UInt8], of plugin: String, seconds: Int64) -> Bool {
    kept.withLock { $0[key] = seconds == 0 ? nil : value }
    return true
  }

  func ask(
    _ operation: String, _ request: [UInt8], provider: Provider, call: CallInfo
  ) async throws(PluginError) -> [UInt8] {
    switch behaviour {
    case .answers(404): throw PluginError(.notFound, "no source has it")
    case .answers(let status): throw PluginError(.unavailable, "every source answered \(status)")
    case .hangs: throw await Self.cancellation()
    }
  }

  func dataDirectory(of plugin: String) throws(PluginError) -> String {
    guard let path = ScratchFolder.path else { throw PluginError(.unavailable, "there is no folder for scratch files") }
    return path
  }

  func origin(of url: String) throws(PluginError) -> String {
    guard !RequestChecks.host(of: url).isEmpty else { throw PluginError(.badRequest, "'\(url)' names no host") }
    return url
  }

  /// Waits until the Task is cancelled.
  private static func cancellation() async -> PluginError {
    while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
    return PluginError(.cancelled, "nobody waits any more")
  }
}
