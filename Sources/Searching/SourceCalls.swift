package import Answers
package import MetadataModel
package import PluginCalls
package import Support

/// Asks sources on behalf of one call, and notes in the trace what came of it.
package struct SourceCalls: Sendable {
  package let call: CallInfo
  package let time: any TimeSource
  package let trace: Trace?

  package init(call: CallInfo, time: any TimeSource, trace: Trace?) {
    self.call = call
    self.time = time
    self.trace = trace
  }

  /// What `body` gets from `source`; every sentence thrown begins with the source's id. Throws `.unavailable` without
  /// asking when the source cannot be used now.
  package func ask<Value: Sendable>(
    _ source: any Source, _ operation: String,
    _ body: (any Source, CallInfo) async throws(PluginError) -> Value
  ) async throws(PluginError) -> Value {
    let start = time.monotonicNanoseconds
    let notes = CallNotes()
    var asking = call
    asking.notes = notes
    do throws(PluginError) {
      if let reason = source.unusable { throw PluginError(.unavailable, "cannot be asked: \(reason)") }
      let value = try await body(source, asking)
      if notes.hasStale { call.notes?.noteStale() }
      note(source, operation, "answered", since: start)
      return value
    } catch {
      note(source, operation, "\(error.kind.rawValue): \(error.text)", since: start)
      if error.kind == .unavailable || error.kind == .fault { await notes.disownResponses() }
      let isNamed = error.text.hasPrefix("\(source.id):")
      throw isNamed ? error : PluginError(error.kind, "\(source.id): \(error.text)")
    }
  }

  private func note(_ source: any Source, _ operation: String, _ outcome: String, since start: Int64) {
    guard let trace else { return }
    let milliseconds = Double(time.monotonicNanoseconds - start) / 1e6
    trace.add(
      Trace.Step(
        source: source.id, operation: operation, outcome: outcome, milliseconds: milliseconds, origin: "source"))
  }
}
