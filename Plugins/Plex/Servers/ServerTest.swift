/// What a test of a server found: three verdicts apart, each with a sentence.
public struct ServerVerdict: Sendable {
  public enum Answer: String, Sendable {
    case yes, no
    /// Not asked, since an earlier question was answered no.
    case unknown
  }

  public var reachable = Answer.unknown
  public var authorised = Answer.unknown
  public var owner = Answer.unknown
  public var sentences: [String] = []
  public var facts: ServerFacts?
  public var libraries = 0
  /// Milliseconds that the first answer took.
  public var latency: Int64 = 0
}

extension ServerClient {
  /// Asks in turn whether the server answers and is the one that was stored, whether it takes the token, and whether
  /// the token is its owner's. Throws only when nobody waits any more.
  public func test(expecting machineIdentifier: String?) async throws -> ServerVerdict {
    var verdict = ServerVerdict()
    let start = transport.nowMilliseconds
    do {
      let facts = try await identityFacts()
      verdict.latency = transport.nowMilliseconds - start
      verdict.facts = facts
      if let machineIdentifier, machineIdentifier != facts.machineIdentifier {
        verdict.reachable = .no
        verdict.sentences = ["another server answers at \(address); connect again with 'usher plex connect'"]
        return verdict
      }
      verdict.reachable = .yes
      verdict.sentences = ["answers at \(address) within \(verdict.latency) ms"]
    } catch let error as PlexError where error.kind != .cancelled {
      verdict.reachable = .no
      verdict.sentences = [error.text]
      return verdict
    }
    try await testToken(&verdict)
    return verdict
  }

  private func testToken(_ verdict: inout ServerVerdict) async throws {
    do {
      verdict.libraries = try await libraries().count
      verdict.authorised = .yes
      verdict.sentences.append("the token is good")
      let isOwner = try await isOwner()
      verdict.owner = isOwner ? .yes : .no
      verdict.sentences.append(isOwner ? "it is the owner's" : "it is not the owner's: only reading is possible")
      if let facts = try? await facts() { verdict.facts = facts }
    } catch let error as PlexError where error.kind != .cancelled {
      if verdict.authorised == .unknown { verdict.authorised = error.kind == .unauthorized ? .no : .unknown }
      verdict.sentences.append(error.text)
    }
  }
}
