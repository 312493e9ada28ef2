/// A token of plex.tv or of one server. Texts made from it never show it.
public struct PlexToken: Hashable, Sendable, Codable, CustomStringConvertible, CustomDebugStringConvertible {
  /// Only for the header of a request and the owner's own file.
  public let secret: String

  public init(_ secret: String) { self.secret = secret }
  public init(from decoder: any Decoder) throws { secret = try decoder.singleValueContainer().decode(String.self) }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(secret)
  }

  public var description: String { "(hidden)" }
  public var debugDescription: String { "(hidden)" }
}

/// Who asks: plex.tv knows an installation by an identifier that stays the same for life.
public struct ClientIdentity: Hashable, Sendable {
  public let identifier: String
  public let version: String

  public init(identifier: String, version: String = "1.0.0") {
    self.identifier = identifier
    self.version = version
  }

  /// The headers of every request; JSON is asked for, XML understood.
  func headers(_ token: PlexToken?) -> [String: String] {
    var headers = [
      "Accept": "application/json", "X-Plex-Client-Identifier": identifier, "X-Plex-Product": "Usher",
      "X-Plex-Version": version, "X-Plex-Device-Name": "Usher", "X-Plex-Platform": "Linux",
    ]
    headers["X-Plex-Token"] = token?.secret
    return headers
  }
}
