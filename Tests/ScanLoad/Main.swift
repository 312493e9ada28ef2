import Foundation
import TestSupport

/// A media server that scans a big library through the built program, for `Scripts/bench scan`:
///
///     ScanLoad [SHOWS [WORKERS]] [--any-time] [--one | --chain]
///
/// Scans so many shows and films (1,000 of each otherwise) through TMDB, then fewer shows through TMDB and TVmaze, each
/// twice; prints tables and the numbers as JSON. `--one` leaves the latter out, `--chain` the former; `--any-time` judges
/// everything but the time. Ends non-zero when something is not as it has to be.
@main
enum Main {
  private static let latencyMilliseconds = 30
  private static let episodesEach = 40
  /// How much longer than the rate makes it a scan may take.
  private static let ratio = 1.1

  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    let numbers = arguments.compactMap { Int($0) }
    let limit = arguments.contains("--any-time") ? nil : ratio
    let shows = max(1, numbers.first ?? 1000)
    let workers = max(1, numbers.dropFirst().first ?? 16)
    // TVmaze lets two calls a second through: so many shows that it takes as long as the others.
    let chained = max(4, shows * 6 / 100)
    let plans: [(title: String, sources: [ScanStage.Source], library: ScanLibrary)] = [
      ("TMDB", [.tmdb], ScanLibrary(shows: shows, episodesEach: episodesEach, films: shows)),
      ("TMDB and TVmaze", [.tmdb, .tvmaze], ScanLibrary(shows: chained, episodesEach: episodesEach, films: 0)),
    ]
    var failures: [String] = []
    for plan in plans where !arguments.contains(plan.sources.count > 1 ? "--one" : "--chain") {
      let stage = try ScanStage(plan.library, sources: plan.sources, latencyMilliseconds: latencyMilliseconds)
      let report = try stage.run(workers: workers)
      try Output.write(report, title: plan.title)
      failures += report.failures(ratio: limit).map { "\(plan.title): \($0)" }
      Output.note(report.problems.prefix(20).joined(separator: "\n"))
    }
    Output.note(failures.joined(separator: "\n"))
    exit(failures.isEmpty ? 0 : 1)
  }
}
