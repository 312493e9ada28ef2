import UsherKit

/// The part of a list that is asked for: 0-based, 20 elements unless said otherwise (protocol §3.7).
struct Paging: Hashable, Sendable {
  static let standardSize = 20

  let start: Int
  /// Nil for all the rest.
  let size: Int?

  init(start: Int, size: Int?) {
    self.start = start
    self.size = size
  }

  /// Query wins over header; negative numbers and other texts count as absent. `standardSize` nil means all.
  init(_ request: ServerRequest, standardSize: Int? = Paging.standardSize) {
    start = Self.number("X-Plex-Container-Start", of: request) ?? 0
    size = Self.number("X-Plex-Container-Size", of: request) ?? standardSize
  }

  /// The elements of the page; empty beyond the end and for size 0.
  func part<Element>(of list: [Element]) -> ArraySlice<Element> {
    let rest = list.dropFirst(start)
    return size.map { rest.prefix($0) } ?? rest
  }

  private static func number(_ name: String, of request: ServerRequest) -> Int? {
    let values = [request.query(name), request.header(name)]
    return values.lazy.compactMap { $0 }.compactMap { Int($0) }.first { $0 >= 0 }
  }
}
