/// Ids of one work at other services, by namespace: `["imdb": "tt0012345", "tvdb": "81189"]`.
///
/// Namespaces are lower-case: `imdb`, `tmdb`, `tvdb`, `tvmaze`, `tpdb`; any other is kept as it is. At most one id per
/// namespace. Order does not matter; JSON is an object.
public struct ExternalIDs: Hashable, Sendable, Codable, ExpressibleByDictionaryLiteral {
  private var values: [String: String]

  public init(_ values: [String: String] = [:]) {
    self.values = [:]
    // Sorted, so that two spellings of one namespace give the same id each time.
    for (namespace, value) in values.sorted(by: { $0.key < $1.key }) where Self.isUsable(value) {
      self[namespace] = value
    }
  }

  public init(dictionaryLiteral elements: (String, String)...) {
    self.init(Dictionary(elements, uniquingKeysWith: { first, _ in first }))
  }

  /// The id in `namespace`, nil when not known. Setting an empty text or one with spaces or slashes removes it.
  public subscript(namespace: String) -> String? {
    get { values[namespace.lowercased()] }
    set {
      let usable = newValue.flatMap { Self.isUsable($0) ? $0 : nil }
      values[namespace.lowercased()] = usable
    }
  }

  public var isEmpty: Bool { values.isEmpty }

  /// Namespace and id, sorted by namespace so that answers are the same each time.
  public var sorted: [(namespace: String, value: String)] {
    values.sorted { $0.key < $1.key }.map { (namespace: $0.key, value: $0.value) }
  }

  /// True when both know an id in the same namespace and it is the same one.
  public func shares(anyWith other: ExternalIDs) -> Bool {
    values.contains { other.values[$0.key] == $0.value }
  }

  /// Reads `imdb://tt0012345` (Plex's form, protocol §3.4); nil when it has another form.
  public static func parse(_ text: some StringProtocol) -> (namespace: String, value: String)? {
    guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") else { return nil }
    let namespace = text[..<colon].lowercased()
    let value = String(text[text.index(colon, offsetBy: 3)...].prefix { $0 != "?" })
    guard !namespace.isEmpty, namespace.utf8.allSatisfy({ (0x61...0x7A).contains($0) }), isUsable(value) else {
      return nil
    }
    return (namespace, value)
  }

  private static func isUsable(_ value: String) -> Bool {
    !value.isEmpty && value.utf8.count <= 200 && value.utf8.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: "/") }
  }

  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode([String: String].self))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(values)
  }
}
