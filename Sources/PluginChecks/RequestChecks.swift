import CUsher
import MetadataModel
import PluginHosting

/// Checks of what operations reply.
enum RequestChecks {
  static let all: [Trial] = [
    Trial("valid-replies", "When its service is down it replies by the rules, or fails with a sentence.") { bench in
      try expectSound(try bench.opened(.answers(503)))
    },
    Trial("unknown-items", "When its service knows nothing it replies by the rules, or fails with a sentence.") {
      bench in
      let subject = try bench.opened(.answers(404))
      for sample in subject.samples where sample.name.hasPrefix("fetch") {
        if case .returned(USHER_OK, let reply) = subject.run(sample).outcome, !subject.services.urls.isEmpty {
          throw CheckFailure("\(sample.name) succeeded with \(reply.bytes?.count ?? 0) bytes: nobody knows that item")
        }
      }
      return try expectSound(subject)
    },
    Trial("malformed-requests", "A request that is no JSON, or of another shape, is a bad request.") { bench in
      let subject = try bench.opened(.answers(503))
      let requests = [
        "", "nonsense", "{\"kind\":", "[]", "{\"kind\":5,\"id\":5}", "{\"kind\":\"movie\",\"id\":\"-\"}", "\u{0}",
      ]
      for operation in subject.operations {
        for request in requests.map({ Array($0.utf8) }) + [[0xFF, 0xFE], Array(repeating: 0x5B, count: 100_000)] {
          let outcome = subject.run(Sample("", operation, request)).outcome
          guard case .returned(let status, _) = outcome, status == USHER_BAD_REQUEST || status == USHER_UNSUPPORTED
          else {
            let start = String(decoding: request.prefix(30), as: UTF8.self)
            throw CheckFailure("\(operation.rawValue) with '\(start)' gave \(Self.text(outcome)), expected BAD_REQUEST")
          }
        }
      }
      return subject.operations.isEmpty ? "does not apply: it is no source" : ""
    },
    Trial("unknown-members", "Members of a request that it does not know are ignored.") { bench in
      let subject = try bench.opened(.answers(503))
      for operation in subject.operations {
        for kind in subject.manifest.kinds {
          let id = "\"kind\":\"\(kind.rawValue)\",\"id\":\"\(subject.manifest.id)-\(kind.rawValue)-1\""
          let plain = subject.run(Sample("", operation, Array("{\(id)}".utf8))).outcome
          let more = "{\(id),\"zzNew\":{\"a\":[1,null,{}]},\"zzOther\":true}"
          let outcome = subject.run(Sample("", operation, Array(more.utf8))).outcome
          guard Self.text(plain) == Self.text(outcome) else {
            throw CheckFailure(
              "\(operation.rawValue) gave \(Self.text(outcome)) with, \(Self.text(plain)) without unknown members")
          }
        }
      }
      return subject.operations.isEmpty ? "does not apply: it is no source" : ""
    },
    Trial("allowed-hosts", "It asks only hosts that its manifest names.") { bench in
      let hosts = Set(try bench.manifest().hosts.map { $0.lowercased() })
      var count = 0
      for status in [404, 503] {
        let subject = try bench.opened(.answers(status))
        for sample in subject.samples { _ = subject.run(sample) }
        for url in subject.services.urls where !hosts.contains(host(of: url)) {
          throw CheckFailure("it asked \(url.prefix { $0 != "?" }), whose host its manifest does not name")
        }
        count += subject.services.urls.count
      }
      return "\(count) requests"
    },
  ]

  private static func expectSound(_ subject: Subject) throws -> String {
    for sample in subject.samples {
      if let complaint = sample.complaint(about: subject.run(sample).outcome, of: subject.plugin) {
        throw CheckFailure(complaint)
      }
    }
    return "\(subject.samples.count) calls"
  }

  static func text(_ outcome: CallOutcome) -> String {
    switch outcome {
    case .gaveUp(let error): error.text
    case .returned(let status, _): PluginError.Kind(status: status)?.rawValue ?? "success"
    }
  }

  /// The host name of a URL in lower case; empty when there is none.
  static func host(of url: String) -> String {
    guard let colon = url.firstIndex(of: ":"), url[colon...].hasPrefix("://") else { return "" }
    let rest = url[url.index(colon, offsetBy: 3)...].prefix { !"/?#".contains($0) }
    let place = rest.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    return place.prefix { $0 != ":" }.lowercased()
  }
}
