package import CUsher
package import MetadataModel

/// The only place where a status of usher.h becomes a `PluginError` and back.
extension PluginError.Kind {
  /// Nil for `USHER_OK`; a number that is not named counts as a fault.
  package init?(status: usher_status) {
    switch status {
    case USHER_OK: return nil
    case USHER_NOT_FOUND: self = .notFound
    case USHER_BAD_REQUEST: self = .badRequest
    case USHER_UNSUPPORTED: self = .unsupported
    case USHER_UNAUTHORIZED: self = .unauthorized
    case USHER_UNAVAILABLE: self = .unavailable
    case USHER_CANCELLED: self = .cancelled
    default: self = .fault
    }
  }

  package var status: usher_status {
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

/// True for a number that usher.h gives a name.
package func isNamed(_ status: usher_status) -> Bool { (USHER_OK...USHER_FAULT).contains(status) }
