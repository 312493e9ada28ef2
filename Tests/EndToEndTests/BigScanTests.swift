import TestSupport
import Testing

/// `Scripts/bench scan` in small: a media server with several workers, a library, and the limits of a service.
@Suite(.serialized) @OwnThread struct BigScanTests {
  @Test func aScanStaysWithinTheLimitsOfTheServiceAndTheNextOneAsksNobody() throws {
    let library = ScanLibrary(shows: 12, episodesEach: 9, films: 12)
    let stage = try ScanStage(library, sources: [.tmdb], latencyMilliseconds: 30)
    let report = try stage.run(workers: 8)
    #expect(report.failures() == [])
    #expect(report.problems == [])
    #expect(report.first.episodes == 108)
    // A search and the details, of each show and of each film.
    #expect(report.services.map(\.calls) == [48])
    #expect(report.second.requests == report.first.requests)
  }
}
