/// Names one item of one source for good: `tvmaze-show-82`.
///
/// The text form is what media servers store for years, so a source builds `value` from ids that never change at the
/// service, never from titles or positions. It fits Plex's rating keys (protocol §3.2): letters, digits, `_` and `-`.
public struct ItemID: Hashable, Sendable {
  /// Longest text form accepted, in bytes.
  public static let maximumLength = 128

  /// The plugin id: lower-case letters and digits.
  public let source: String
  public let kind: MediaKind
  /// The source's own id, opaque to everybody else; letters, digits, `_` and `-`.
  public let value: String

  /// Gives nil when a part is empty, has a character that is not allowed, or the whole is too long.
  public init?(source: String, kind: MediaKind, value: String) {
    guard Self.isWord(source), Self.isWord(kind.rawValue), !value.isEmpty, value.utf8.allSatisfy(Self.isKeyByte),
      source.utf8.count + kind.rawValue.utf8.count + value.utf8.count + 2 <= Self.maximumLength
    else { return nil }
    self.source = source
    self.kind = kind
    self.value = value
  }

  /// Reads the text form `source-kind-value`; nil when it is not one.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    self.init(source: String(parts[0]), kind: MediaKind(rawValue: String(parts[1])), value: String(parts[2]))
  }

  private static func isWord(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
  }

  private static func isKeyByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
    default: false
    }
  }
}

extension ItemID: CustomStringConvertible {
  /// The text form: `source-kind-value`.
  public var description: String { "\(source)-\(kind.rawValue)-\(value)" }
}

extension ItemID: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let id = ItemID(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is not an item id of the form source-kind-value")
    }
    self = id
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
