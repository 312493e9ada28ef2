public import UsherKit

/// The library behind a media server, for its tests: items in memory, or an answer of the test's own per operation.
public final class FakeLibrary: LibraryInterface {
  /// A question that the server asked.
  public struct Question: Sendable, Hashable {
    public let operation: String
    /// JSON.
    public let request: [UInt8]
  }

  private typealias Responder = @Sendable ([UInt8]) async throws -> [UInt8]

  private struct State: Sendable {
    var responders: [String: Responder] = [:]
    var questions: [Question] = []
  }

  public let provider: Provider
  private let items: [MediaItem]
  private let state = Guarded(State())

  /// Children and episodes are found by what `items` say of their parents, and answered in their order here.
  public init(provider: Provider, items: [MediaItem] = []) {
    self.provider = provider
    self.items = items
  }

  /// Answers an operation ("match", "fetch", "children", "grandchildren", "images") by `body` instead of the items.
  public func answer<Request: Decodable & SendableMetatype, Reply: Encodable & SendableMetatype>(
    _ operation: String, _ body: @escaping @Sendable (Request) async throws -> Reply
  ) {
    let responder: Responder = { request in
      try JSONCoding.encode(try await body(try JSONCoding.decode(Request.self, from: request)))
    }
    state.withLock { $0.responders[operation] = responder }
  }

  /// Every question, in the order in which they came.
  public var questions: [Question] { state.withLock { $0.questions } }

  public func ask(_ operation: String, _ request: [UInt8]) async throws -> [UInt8] {
    let responder = state.withLock { state in
      state.questions.append(Question(operation: operation, request: request))
      return state.responders[operation]
    }
    if let responder { return try await responder(request) }
    if operation == "match" {
      return try JSONCoding.encode(MatchReply(candidates: candidates(try JSONCoding.decode(from: request))))
    }
    return try answer(operation, try JSONCoding.decode(ItemRequest.self, from: request).id)
  }

  private func answer(_ operation: String, _ id: ItemID) throws -> [UInt8] {
    guard let item = items.first(where: { $0.id == id }) else { throw PluginError(.notFound, "there is no \(id)") }
    switch operation {
    case "fetch": return try JSONCoding.encode(item)
    case "images": return try JSONCoding.encode(ArtworkList(artwork: item.artwork))
    case "children": return try JSONCoding.encode(ItemList(items: items.filter { $0.parent?.id == id }))
    case "grandchildren": return try JSONCoding.encode(ItemList(items: items.filter { $0.grandparent?.id == id }))
    default: throw PluginError(.unsupported, "the library has no operation '\(operation)'")
    }
  }

  /// The item of that id; otherwise those of the kind and title, one unless a person chooses.
  private func candidates(_ request: MatchRequest) -> [Candidate] {
    let found = items.filter { item in
      guard item.kind == request.kind else { return false }
      if let id = request.id { return item.id == id }
      if request.externalIDs?.shares(anyWith: item.externalIDs) == true { return true }
      return item.title.lowercased() == request.title?.lowercased()
        && (request.year == nil || item.year == nil || request.year == item.year)
    }
    return (request.manual == true ? found : Array(found.prefix(1))).map { item in
      var candidate = Candidate(id: item.id, title: item.title, year: item.year)
      candidate.externalIDs = item.externalIDs
      return candidate
    }
  }
}

extension JSONCoding {
  fileprivate static func decode<Value: Decodable>(from bytes: [UInt8]) throws -> Value {
    try decode(Value.self, from: bytes)
  }
}
