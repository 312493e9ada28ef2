import Answers
package import Library
package import MetadataModel
package import PluginCalls
package import Routes

/// What `/explain/…` answers: what was asked, what came of it, and why.
private struct ExplanationDocument: Encodable {
  var request: MatchRequest?
  var candidates: [Candidate]?
  var item: MediaItem?
  /// Why there is no answer.
  var failure: String?
  var explanation: Trace.Snapshot
}

extension MediaLibrary {
  /// How the answer to `question` comes about, as JSON; a failure is part of it.
  package func explanation(
    of question: ExplainQuestion, provider: String, call: CallInfo
  ) async throws(PluginError) -> [UInt8] {
    let trace = Trace()
    var document = ExplanationDocument(explanation: trace.snapshot)
    do throws(PluginError) {
      switch question {
      case .match(let request):
        document.request = request
        document.candidates = try await match(request, provider: provider, call: call, trace: trace).candidates
      case .item(let request):
        document.item = try await fetch(request, provider: provider, call: call, trace: trace)
      }
    } catch {
      document.failure = error.text
    }
    document.explanation = trace.snapshot
    guard let bytes = try? JSONCoding.encode(document) else {
      throw PluginError(.fault, "the explanation cannot be written as JSON")
    }
    return bytes
  }
}
