import CUsher
import MetadataModel

extension PluginError.Kind {
  /// The kind for a failing status of usher.h; a number that the header does not name counts as a fault.
  package init(status: Int32) {
    switch status {
    case USHER_NOT_FOUND: self = .notFound
    case USHER_BAD_REQUEST: self = .badRequest
    case USHER_UNSUPPORTED: self = .unsupported
    case USHER_UNAUTHORIZED: self = .unauthorized
    case USHER_UNAVAILABLE: self = .unavailable
    case USHER_CANCELLED: self = .cancelled
    default: self = .fault
    }
  }

  /// The number that crosses the boundary.
  package var status: Int32 {
    switch self {
    case .notFound: USHER_NOT_FOUND
    case .badRequest: USHER_BAD_REQUEST
    case .unsupported: USHER_UNSUPPORTED
    case .unauthorized: USHER_UNAUTHORIZED
    case .unavailable: USHER_UNAVAILABLE
    case .cancelled: USHER_CANCELLED
    case .fault: USHER_FAULT
    }
  }
}

extension PluginError {
  /// What a failing status and its sentence say.
  package init(status: Int32, text: String) {
    let kind = Kind(status: status)
    self.init(kind, text.isEmpty ? "the host gave no reason (\(kind.rawValue))" : text)
  }

  /// What crosses the boundary for an error that a plugin threw: a `PluginError` as it is, cancellation as such,
  /// everything else as a fault with its text.
  package init(thrown error: any Error) {
    switch error {
    case let error as PluginError: self = error
    case is CancellationError: self.init(.cancelled, "cancelled: nobody waits for the answer")
    default: self.init(.fault, JSONCoding.path(of: error))
    }
  }
}
