import Fetching
import PluginHosting
import PluginLoading
import Support

extension PluginStatus {
  /// The same with how the plugin's service is: a plugin in order whose service is left alone shows as suspended.
  func with(_ trouble: ServiceTrouble?, _ time: any TimeSource) -> PluginStatus {
    guard state == .ready, let trouble else { return self }
    let next =
      trouble.nextTry > time.wallMilliseconds
      ? "next try at \(timeText(trouble.nextTry))" : "it is tried again with the next request"
    return PluginStatus(
      id: id, manifest: manifest, state: .suspended, reason: "its service is left alone: \(trouble.reason); \(next)")
  }
}
