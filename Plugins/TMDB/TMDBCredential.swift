import UsherKit

/// What TMDB takes as proof of an account: its v3 key in the query or its v4 token in a header, never both.
enum TMDBCredential: Sendable {
  case key(String)
  case token(String)

  /// Longer than any key: keys have 32 hexadecimal digits, tokens are JSON web tokens of about 200 characters.
  private static let longestKey = 64

  /// Tells them apart by their form. Throws `.badRequest` for a text that can be neither.
  init(_ setting: String) throws {
    let text = setting.trimmed
    if text.hasPrefix("eyJ"), text.utf8.count > 32, text.utf8.allSatisfy(Self.isTokenByte) {
      self = .token(text)
    } else if !text.isEmpty, text.utf8.count <= Self.longestKey, text.utf8.allSatisfy(\.isIdentifierByte) {
      self = .key(text)
    } else {
      throw PluginError(
        .badRequest,
        "setting 'apiKey' is neither a key of TMDB (32 hexadecimal digits) nor its API read access token (begins with eyJ)"
      )
    }
  }

  var headers: [String: String] {
    switch self {
    case .key: ["Accept": "application/json"]
    case .token(let token): ["Accept": "application/json", "Authorization": "Bearer \(token)"]
    }
  }

  var parameters: [(String, String)] {
    switch self {
    case .key(let key): [("api_key", key)]
    case .token: []
    }
  }

  /// `text` with the secret taken out, for errors: a service may repeat what it was sent.
  func redacted(_ text: String) -> String { text.replacing(secret, with: "…") }

  private var secret: String {
    switch self {
    case .key(let text), .token(let text): text
    }
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    byte.isIdentifierByte || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "=")
  }
}

extension UInt8 {
  /// Letters, digits, `-` and `_`.
  var isIdentifierByte: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
    default: false
    }
  }
}
