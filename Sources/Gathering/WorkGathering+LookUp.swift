import Answers
import Merging
import MetadataModel
import PluginCalls
import Searching
import Support

extension WorkGathering {
  /// The same, but waits no longer than `soft`: what comes later is there next time.
  func lookUpSoon(_ source: any Source, _ known: ItemID?, _ hints: WorkHints?, _ soft: Deadline) async -> Outcome {
    do throws(PluginError) {
      return try await context.soon(soft, source) { .success(await self.lookUp(source, known, hints)) }
    } catch {
      return .failed(error)
    }
  }

  /// The source's record of the work: by the id known, or found by the hints.
  func lookUp(_ source: any Source, _ known: ItemID?, _ hints: WorkHints?) async -> Outcome {
    // Switched off or without its key, and never heard of the work: it is as if it were not in the chain.
    if known == nil, let reason = source.unusable, !reason.hasPrefix("suspended") { return .nothing }
    let answers = SourceAnswers(context: context, calls: calls)
    do throws(PluginError) {
      guard let id = try await (known != nil ? known : find(at: source, hints)) else { return .nothing }
      let (records, isStale) = try await records(of: id, source, answers)
      guard chain.provider.adult || !records.contains(where: \.item.isAdult) else {
        return .failed(PluginError.explicit(id))
      }
      // After the record: a service may have told of the seasons in the same answer.
      let count = await seasonCount(of: id, source, answers)
      return .records(records.map { $0.with(seasonCount: count) }, isStale: isStale)
    } catch {
      return error.kind == .notFound ? .nothing : .failed(error)
    }
  }

  /// How many regular seasons the source has; nil for films, and when nobody needs to know.
  private func seasonCount(of id: ItemID, _ source: any Source, _ answers: SourceAnswers) async -> Int? {
    guard id.kind == .show, !source.manifest.isPartial, chain.policy.quality[.show]?.weights[.episodes] != nil else {
      return nil
    }
    let list = try? await answers.children(request.about(id), source)
    return list.map { $0.value.items.count { ($0.index ?? 0) > 0 } }
  }

  /// One record per language: the one asked for, and further ones as long as a text that a rule wants is not there.
  private func records(
    of id: ItemID, _ source: any Source, _ answers: SourceAnswers
  ) async throws(PluginError) -> ([Record], isStale: Bool) {
    let first = try await answers.item(request.about(id), source)
    var records = [Record(first.value, source: source.id, askedLanguage: request.language)]
    var isStale = first.isStale
    for language in LanguageOrder.toAsk(chain.policy, Wishes(language: request.language), kind: id.kind)
    where chain.policy.needs(language, beside: records, Wishes(language: request.language)) {
      var inLanguage = request.about(id)
      inLanguage.language = language
      guard let next = try? await answers.item(inLanguage, source) else { continue }
      records.append(Record(next.value, source: source.id, askedLanguage: language))
      isStale = isStale || next.isStale
    }
    return (records, isStale)
  }

  /// The source's own id of the work: by external id where it knows one, else by title and year. Remembered, the lack of
  /// one as well.
  private func find(at source: any Source, _ hints: WorkHints?) async throws(PluginError) -> ItemID? {
    guard let hints else { return nil }
    let match = hints.request(request, adult: chain.provider.adult)
    let name = String(decoding: try AnswerJSON.encoded(match), as: UTF8.self)
    var question = Question(
      key: CacheKey(space: source.id, name: "find|\(name)"), operation: "find", subject: request.id.description,
      negativeSeconds: context.freshness.seconds(for: hints.kind),
      inspect: { (try? JSONCoding.decode([ItemID].self, from: $0)).map { _ in false } },
      make: { (call, trace) async throws(PluginError) -> MadeAnswer in
        let calls = SourceCalls(call: call, time: self.context.time, trace: trace)
        let found = try await SourceSearch(chain: self.chain, calls: calls).only(match, at: source)
        guard let found else { throw PluginError(.notFound, "\(source.id): no such item") }
        return MadeAnswer(
          bytes: try AnswerJSON.encoded([found.id]), hasAdult: false,
          seconds: self.context.freshness.seconds(for: hints.kind))
      })
    question.isPart = true
    do throws(PluginError) {
      let answer = try await context.cache.answer(question, calls.call, calls.trace)
      return try AnswerJSON.decoded([ItemID].self, answer.bytes).first
    } catch  where error.kind == .notFound {
      return nil
    }
  }
}
