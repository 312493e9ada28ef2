/// Why an operation of a plugin or of the host gave no answer: the same kinds on both sides of the contract.
///
/// `text` is a sentence for people: what failed, where, and what would be right. No secret ever stands in it.
public struct PluginError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One per failing `usher_status` of usher.h.
  public enum Kind: String, Hashable, Sendable, Codable {
    /// The source has no such item: an answer, not a fault.
    case notFound
    case badRequest
    /// This operation or kind is not offered.
    case unsupported
    /// The source refused the credentials.
    case unauthorized
    /// Source or network failed; a later try may do.
    case unavailable
    /// Nobody waits any more, or the deadline passed.
    case cancelled
    /// A bug, or data that cannot be understood.
    case fault
  }

  public let kind: Kind
  public let text: String

  public init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }

  public var description: String { text }
}
