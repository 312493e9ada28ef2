public import ClientLimits
public import Configuration
import HTTPServer

extension Configuration {
  /// The limits for the server, in the order in which it looks at them: a provider has its own or none, everything else
  /// the general one. Empty when nothing is limited.
  public var pathLimits: [PathLimit] {
    let own = providers.map { PathLimit(path: $0.root, perMinute: $0.limit?.perMinute) }
    let limits = own + [PathLimit(path: "", perMinute: limit?.perMinute)]
    return limits.contains { $0.perMinute != nil } ? limits : []
  }
}
