import CUsher
import PluginHosting
import PluginLoading
import Support

/// Checks that call no operation.
enum LoadChecks {
  /// When one of these fails, no other check can be made.
  static let preconditions: Set<String> = ["one-entry", "loads"]
  /// The check that looks at the clock.
  static let timed = "load-time"

  static let all: [Trial] = [
    Trial("one-entry", "It is a library that exports exactly one plugin entry.") { bench in
      guard !ExportedSymbols.names(in: bench.library, prefix: "").isEmpty else {
        throw CheckFailure("\(bench.library) is no shared library, or exports nothing")
      }
      let entries = bench.entries
      guard entries.count == 1 else {
        throw CheckFailure(entries.isEmpty ? "it exports none" : "it exports \(entries.joined(separator: ", "))")
      }
      _ = try bench.id()
      return ""
    },
    Trial("loads", "It loads, its manifest is valid, and its id is the one in the entry's name.") { bench in
      let manifest = try bench.manifest()
      return "\(manifest.id) \(manifest.version): \(manifest.interfaces.joined(separator: ", "))"
    },
    Trial("any-minor", "Its entry answers hosts of other minor versions.") { bench in
      let id = try bench.id()
      let name = PluginName(id)
      let entry = try PluginLibrary.entry(bench.library, id, name)
      let table = try PluginLibrary(path: bench.library, id: id).table
      let (oldest, newest) = name.inside { (entry(0), entry(1000)) }
      guard newest != nil else { throw CheckFailure("it gives NULL to a host of version 1.1000") }
      guard oldest != nil || table.pointee.abi_minor > 0 else {
        throw CheckFailure("it gives NULL to a host of version 1.0")
      }
      return ""
    },
    Trial(timed, "It is loaded and open within 100 ms, waits for a free processor not counted.") { bench in
      let id = try bench.id()
      let (start, waited) = (SystemTime().monotonicNanoseconds, RunQueue.waitedNanoseconds)
      _ = try bench.opened(.answers(503), id: id)
      let passed = SystemTime().monotonicNanoseconds - start
      let milliseconds = max(0, passed - (RunQueue.waitedNanoseconds - waited)) / 1_000_000
      guard milliseconds < 100 else { throw CheckFailure("it took \(milliseconds) ms") }
      return "\(milliseconds) ms"
    },
    Trial("open-is-local", "Opening it makes no request.") { bench in
      let subject = try bench.opened(.answers(503))
      if let url = subject.services.urls.first { throw CheckFailure("it asked \(url)") }
      guard subject.opened.side.strayRequests.value == 0 else { throw CheckFailure("it sent a request without a call") }
      return ""
    },
    Trial("open-twice", "It can be open twice at the same time, and be closed twice.") { bench in
      let subject = try bench.opened(.answers(503))
      let table = subject.opened.library.table
      try subject.opened.library.name.inside {
        Result {
          let first = try open(table, subject)
          let second = try open(table, subject)
          table.pointee.close(first)
          table.pointee.close(second)
        }
      }.get()
      guard let sample = subject.samples.first else { return "" }
      if let complaint = sample.complaint(about: subject.run(sample).outcome, of: subject.plugin) {
        throw CheckFailure("after closing two others, \(complaint)")
      }
      return ""
    },
    Trial("unknown-interface", "It gives NULL for an interface that it does not have.") { bench in
      let opened = try bench.opened(.answers(503)).opened
      for id in ["", "no-such-interface/1"]
        + opened.library.manifest.interfaces.flatMap({ [$0 + "x", $0 + "0", " " + $0] })
      where opened.interface(id) != nil {
        throw CheckFailure("it gives a table for '\(id)'")
      }
      return ""
    },
  ]

  private static func open(
    _ table: UnsafePointer<usher_plugin>, _ subject: Subject
  ) throws -> UnsafeMutableRawPointer? {
    var instance: UnsafeMutableRawPointer?
    var why = [CChar](repeating: 0, count: 1024)
    let status = table.pointee.open(table, subject.opened.host.pointer, &instance, &why, why.count)
    guard status == USHER_OK else {
      let reason = String(decoding: why.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      throw CheckFailure("the second time it fails with status \(status): \(reason)")
    }
    return instance
  }
}
