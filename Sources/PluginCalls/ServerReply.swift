/// A media-server front's answer to it.
public struct ServerReply: Sendable {
  public var status: Int
  public var headers: [(name: String, value: String)]
  public var body: [UInt8]
  /// Seconds for which the same bytes may answer the same request; 0 for never. Was the header `Usher-Fresh-For`.
  public var freshFor: Int

  public init(status: Int, headers: [(name: String, value: String)], body: [UInt8]) {
    self.status = status
    self.body = body
    let isFreshness = { (name: String) in name.lowercased() == "usher-fresh-for" }
    freshFor = max(0, headers.first { isFreshness($0.name) }.flatMap { Int($0.value) } ?? 0)
    self.headers = headers.filter { !isFreshness($0.name) }
  }
}
