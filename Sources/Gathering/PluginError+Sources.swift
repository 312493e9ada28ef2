package import MetadataModel

extension PluginError {
  /// The source works, and will say the same again.
  var isRefusal: Bool {
    switch kind {
    case .notFound, .unsupported, .badRequest: true
    case .unauthorized, .unavailable, .cancelled, .fault: false
    }
  }

  /// One failure for several. One whose time was up stays that: who has more time may ask again.
  init(joining failures: [PluginError]) {
    let kind: Kind = failures.contains { $0.kind == .cancelled } ? .cancelled : .unavailable
    self.init(kind, failures.map(\.text).joined(separator: "; "))
  }

  /// What a provider that is not declared adult says of an item of explicit content.
  package static func explicit(_ id: ItemID) -> PluginError {
    PluginError(.notFound, "\(id): explicit items are answered only by providers declared adult")
  }
}
