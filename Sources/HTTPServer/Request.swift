/// A whole request, as it came.
public struct Request: Sendable {
  /// GET, HEAD, POST, PUT, DELETE or PATCH.
  public var method: String
  /// What stands between method and version, undecoded.
  public var target: String
  /// The target before the question mark, undecoded.
  public var path: String
  /// The target after the question mark, undecoded; empty when there is none.
  public var query: String
  /// In the order in which they came.
  public var headers: [(name: String, value: String)]
  public var body: [UInt8]
  /// Whether the connection came from this machine. A proxy here makes that of everybody.
  public var isFromThisMachine: Bool
  /// The caller's `X-Request-Id`, or one made here.
  public var requestID: String

  public init(
    method: String, target: String, headers: [(name: String, value: String)] = [], body: [UInt8] = [],
    requestID: String = "", isFromThisMachine: Bool = false
  ) {
    self.isFromThisMachine = isFromThisMachine
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
    self.requestID = requestID
    // By bytes: a mark that combines with the question mark would make it another character, and a query may have
    // secrets in it, a path is logged.
    let local = Self.withoutAuthority(target)
    let mark = local.utf8.firstIndex(of: UInt8(ascii: "?"))
    path = String(local[..<(mark ?? local.endIndex)])
    query = mark.map { String(local[$0...].utf8.dropFirst()) ?? "" } ?? ""
  }

  /// The first header of that name, in any case.
  public func header(_ name: String) -> String? {
    headers.first { Self.isSame($0.name, name) }?.value
  }

  private static func isSame(_ left: String, _ right: String) -> Bool {
    left.utf8.count == right.utf8.count && zip(left.utf8, right.utf8).allSatisfy { $0.lowercased == $1.lowercased }
  }

  /// A server must take `http://host/path` too (RFC 9112 §3.2.2).
  private static func withoutAuthority(_ target: String) -> Substring {
    guard !target.hasPrefix("/"), let scheme = ["http://", "https://"].first(where: { target.hasPrefix($0) }) else {
      return target[...]
    }
    let rest = target.dropFirst(scheme.count)
    guard let start = rest.utf8.firstIndex(where: { [UInt8(ascii: "/"), UInt8(ascii: "?")].contains($0) }) else {
      return "/"
    }
    return rest.utf8[start] == UInt8(ascii: "/") ? rest[start...] : "/" + rest[start...]
  }
}

extension UInt8 {
  /// The byte with an ASCII capital made small.
  var lowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
}
