/// How many requests below a path one address may make.
public struct PathLimit: Sendable {
  /// Without a slash at its end; empty for every path.
  public var path: String
  /// nil for as many as it likes.
  public var perMinute: Int?

  public init(path: String, perMinute: Int?) {
    self.path = path
    self.perMinute = perMinute
  }
}

/// The limits of a server: the first whose path a target lies below counts. Costs nothing when there are none.
package struct PathLimits: Sendable {
  private struct Rule: Sendable {
    var path: [UInt8]
    var counts: AddressCounts?
  }

  private let rules: [Rule]

  package init(_ limits: [PathLimit]) {
    rules = limits.map { limit in
      Rule(path: Array(limit.path.utf8), counts: limit.perMinute.map { AddressCounts(perMinute: $0) })
    }
  }

  package var isEmpty: Bool { rules.isEmpty }
  /// Seconds after which `address` may ask for `target` (as it was sent) again; nil when it may now, which counts.
  package func secondsToWait(_ target: UnsafeBufferPointer<UInt8>, _ address: ClientAddress, now: Int64) -> Int? {
    let path = Self.withoutAuthority(target)
    guard let rule = rules.first(where: { Self.lies(path, below: $0.path) }) else { return nil }
    return rule.counts?.secondsToWait(address, now: now)
  }

  private static func lies(_ path: Slice<UnsafeBufferPointer<UInt8>>, below root: [UInt8]) -> Bool {
    guard path.starts(with: root), let next = path.dropFirst(root.count).first else { return path.elementsEqual(root) }
    return root.isEmpty || next == UInt8(ascii: "/") || next == UInt8(ascii: "?")
  }

  /// `http://host/path` counts like `/path` (RFC 9112 §3.2.2).
  private static func withoutAuthority(
    _ target: UnsafeBufferPointer<UInt8>
  ) -> Slice<UnsafeBufferPointer<UInt8>> {
    let all = target[...]
    guard let scheme = ["http://", "https://"].first(where: { all.starts(with: $0.utf8) }) else { return all }
    return all.dropFirst(scheme.utf8.count).drop { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
  }
}
