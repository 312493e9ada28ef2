import Answers
import Gathering
import MetadataModel
import PluginCalls
import Searching
import Support

extension MediaLibrary {
  /// The reply's JSON, without what the provider or the request rules out. One lookup when the decision is kept; with a
  /// trace it is always made anew.
  func matchBytes(
    _ request: MatchRequest, _ chain: Chain, _ call: CallInfo, _ trace: Trace?
  ) async throws(PluginError) -> [UInt8] {
    try await matchAnswer(request, chain, call, trace).bytes
  }

  /// A kept decision that may be shown. `isProvisional`: a source failed, so that it may be another one soon.
  func matchAnswer(
    _ request: MatchRequest, _ chain: Chain, _ call: CallInfo, _ trace: Trace?
  ) async throws(PluginError) -> (bytes: [UInt8], isProvisional: Bool) {
    if request.manual == true { call.urgency.raise(to: .interactive) }
    let request = await hinted(request.bounded, chain)
    if let name = request.parsedName { trace?.add(name) }
    guard chain.answers(request.kind) else { return (try AnswerJSON.encoded(MatchReply(candidates: [])), false) }
    let matching = Matching(library: self, chain: chain, calls: SourceCalls(call: call, time: time, trace: trace))
    let question = try question(request, chain)
    do throws(PluginError) {
      if trace != nil { return try await decidedAnew(request, matching, question) }
      let answer = try await cache.answer(question, call, nil)
      return (try shown(answer, request, matching), answer.isStale)
    } catch  where error.kind == .notFound {
      return (try AnswerJSON.encoded(MatchReply(candidates: [])), false)
    }
  }

  /// With what the file's name says, and its hash when a source of the chain knows files by it.
  private func hinted(_ request: MatchRequest, _ chain: Chain) async -> MatchRequest {
    var request = nameHints.complete(request, of: chain.provider)
    let places = request.localFiles ?? []
    request.localFiles = nil
    guard let file = request.file, let fileHints,
      chain.sources.contains(where: { $0.manifest.namespaces.contains("oshash") })
    else { return request }
    request.oshash = await fileHints.oshash(of: file, at: places, provider: chain.provider.name)
    return request
  }

  /// Kept decisions only help when sources fail.
  private func decidedAnew(
    _ request: MatchRequest, _ matching: Matching, _ question: Question
  ) async throws(PluginError) -> (bytes: [UInt8], isProvisional: Bool) {
    do throws(PluginError) {
      let decision = try await matching.decide(request)
      return (try AnswerJSON.encoded(MatchReply(candidates: decision.candidates)), decision.isProvisional)
    } catch  where error.kind == .unavailable {
      guard let kept = await cache.peek(question), !kept.bytes.isEmpty else { throw error }
      matching.calls.trace?.add(
        Trace.Step(source: "library", operation: "match", outcome: "answered", milliseconds: 0, origin: "stale"))
      return (try shown(kept, request, matching), true)
    }
  }

  /// Only a provider that was declared adult when the answer was kept, and no longer is, has anything to take out here.
  private func shown(_ answer: Answer, _ request: MatchRequest, _ matching: Matching) throws(PluginError) -> [UInt8] {
    guard answer.hasAdult, !matching.sources.mayShowExplicit(request) else { return answer.bytes }
    let reply = try AnswerJSON.decoded(MatchReply.self, answer.bytes)
    return try AnswerJSON.encoded(MatchReply(candidates: reply.candidates.filter { $0.isAdult != true }))
  }

  /// "No match" is kept as an absence, so that it never stands in when sources fail.
  private func question(_ request: MatchRequest, _ chain: Chain) throws(PluginError) -> Question {
    let freshness = freshness
    let era = pinEra.withLock { $0 }
    let name = "\(era)|" + String(decoding: try AnswerJSON.encoded(request), as: UTF8.self)
    return Question(
      key: CacheKey(space: chain.matchSpace, name: name), operation: "match",
      subject: "a match for '\((request.showTitle ?? request.title ?? "").prefix(60))'",
      negativeSeconds: freshness.provisional,
      inspect: { bytes in
        guard let reply = try? JSONCoding.decode(MatchReply.self, from: bytes) else { return nil }
        return reply.candidates.contains { $0.isAdult == true }
      },
      make: { (call, trace) async throws(PluginError) -> MadeAnswer in
        let calls = SourceCalls(call: call, time: self.time, trace: trace)
        let decision = try await Matching(library: self, chain: chain, calls: calls).decide(request)
        guard let best = decision.candidates.first else { throw PluginError(.notFound, "no source has a match") }
        if request.manual != true { self.warmUp(best.id, of: request, chain, requestID: call.requestID) }
        return MadeAnswer(
          bytes: try AnswerJSON.encoded(MatchReply(candidates: decision.candidates)),
          hasAdult: decision.candidates.contains { $0.isAdult == true },
          seconds: decision.isProvisional ? min(freshness.provisional, freshness.match) : freshness.match,
          isMakeshift: decision.isProvisional)
      })
  }
}
