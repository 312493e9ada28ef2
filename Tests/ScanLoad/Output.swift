import Foundation
import TestSupport

/// How the numbers are written down.
enum Output {
  /// Tables for people, then a line of JSON.
  static func write(_ report: ScanReport, title: String) throws {
    say(
      "## \(title): \(report.shows) shows, \(report.episodes) episodes, \(report.films) films, "
        + "\(report.workers) workers\n")
    table(
      [
        "service", "calls", "a show", "afterwards", "most in 1 s (limit)", "in 10 s (limit)", "429", "asked twice",
        "2nd scan",
      ],
      report.services.map { service in
        [
          service.id, "\(service.calls)", number(service.callsPerShow, 2), "\(service.callsAfterwards)",
          "\(service.mostInSecond) (\(service.allowedInSecond))",
          "\(service.mostInTenSeconds) (\(service.allowedInTenSeconds))", "\(service.refused)", "\(service.repeated)",
          "\(service.callsOfSecondScan)",
        ]
      })
    table(
      ["scan", "requests", "seconds", "requests/s", "p50 ms", "p99 ms", "longest ms", "went wrong", "processor s"],
      [("first", report.first), ("second", report.second)].map { name, pass in
        [
          name, "\(pass.requests)", number(pass.seconds, 1), number(pass.requestsPerSecond, 0),
          number(pass.p50Milliseconds, 2), number(pass.p99Milliseconds, 1), number(pass.longestMilliseconds, 0),
          "\(pass.problems)", number(pass.processorSeconds, 1),
        ]
      })
    say("the longest: \(report.first.slowest); \(report.second.slowest)")
    say(
      "the rates allow the first scan in \(number(report.allowedSeconds, 1)) s: \(number(report.ratio, 3)) times; "
        + "answered without a service: \(number(100 * report.shareFromCache, 2)) % at least; "
        + "memory \(number(report.ownMegabytes, 0)) MB\n")
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    say(String(decoding: try encoder.encode(report), as: UTF8.self) + "\n")
  }

  /// On standard error, unless there is nothing to say.
  static func note(_ text: String) {
    if !text.isEmpty { FileHandle.standardError.write(Data((text + "\n").utf8)) }
  }

  private static func table(_ header: [String], _ rows: [[String]]) {
    for cells in [header, header.map { _ in "---" }] + rows { say("| \(cells.joined(separator: " | ")) |") }
    say("")
  }

  private static func number(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }

  /// At once, though standard output may be a pipe.
  private static func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
}
