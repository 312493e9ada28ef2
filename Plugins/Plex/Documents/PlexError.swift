public import UsherKit

/// Why something asked of a media server or of plex.tv did not happen; `text` is a sentence that says what to do.
public struct PlexError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Kind: Hashable, Sendable {
    /// The token was refused.
    case unauthorized
    /// The token is good but not the owner's.
    case notOwner
    /// No connection, no answer, or one that is a failure of the server.
    case unreachable
    /// The server is starting or in maintenance.
    case serverStarting
    /// Another server answers at the address.
    case wrongServer
    case notFound
    case badRequest
    case conflict
    /// The server is too old for what was asked.
    case unsupportedVersion
    /// plex.tv has retired the endpoint: what it would say is unknown, never empty.
    case endpointGone
    case rateLimited
    case twoFactorRequired
    /// The answer cannot be understood.
    case unreadable
    /// A list that was read over several pages changed or had holes.
    case unstable
    /// The user must choose, or allow, something first.
    case needsDecision
    case alreadyShared
    case alreadyInvited
    case userUnknown
    case ownAccount
    case cancelled
  }

  public let kind: Kind
  public let text: String

  public init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = Redaction.clean(text)
  }

  public var description: String { text }

  /// The same as the error that a plugin's call ends with.
  public var asPluginError: PluginError {
    switch kind {
    case .unauthorized, .notOwner, .twoFactorRequired: PluginError(.unauthorized, text)
    case .notFound, .userUnknown: PluginError(.notFound, text)
    case .unsupportedVersion, .endpointGone: PluginError(.unsupported, text)
    case .cancelled: PluginError(.cancelled, text)
    default: PluginError(.unavailable, text)
    }
  }
}

/// Keeps tokens out of texts that people or logs see.
public enum Redaction {
  private static let marks = ["X-Plex-Token=", "accessToken=", "authToken=", "token="]

  /// The text with the value of every token in a URL or document replaced.
  public static func clean(_ text: String) -> String {
    var text = text
    for mark in marks {
      var parts: [Substring] = []
      var rest = text[...]
      while let place = rest.firstRange(ofIgnoringCase: mark) {
        parts.append(rest[..<place.upperBound])
        parts.append("(hidden)")
        rest = rest[place.upperBound...].drop { !$0.isWhitespace && $0 != "&" && $0 != "," && $0 != ">" }
      }
      if !parts.isEmpty { text = parts.joined() + rest }
    }
    return text
  }
}

extension Substring {
  /// Where an ASCII text stands first, whatever the case of its letters.
  fileprivate func firstRange(ofIgnoringCase text: String) -> Range<Index>? {
    let wanted = Array(text.lowercased().utf8)
    let bytes = Array(utf8)
    guard bytes.count >= wanted.count else { return nil }
    for start in 0...(bytes.count - wanted.count)
    where bytes[start..<(start + wanted.count)].elementsEqual(
      wanted,
      by: {
        ($0 | ((0x41...0x5A).contains($0) ? 0x20 : 0)) == $1
      })
    {
      let first = utf8.index(utf8.startIndex, offsetBy: start)
      return first..<utf8.index(first, offsetBy: wanted.count)
    }
    return nil
  }
}
