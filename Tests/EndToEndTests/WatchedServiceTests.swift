import Support
import TestSupport
import Testing

/// What judges a scan must see a scan that goes wrong.
@Suite struct WatchedServiceTests {
  private let request = LoopbackRequest(method: "GET", target: "/a", headers: [:])

  @Test func whoAsksTooOftenIsRefusedAndSeen() {
    let service = WatchedService(latencyMilliseconds: 0, limit: .init(count: 3, milliseconds: 60_000)) { _ in
      .json("{}")
    }
    for _ in 0..<5 { _ = service.reply(to: request) }
    #expect(service.calls == 5)
    #expect(service.refused == 2)
    #expect(service.most(withinMilliseconds: 60_000) == 5)
    #expect(service.repeated == ["/a": 5])
  }

  @Test func aReportNamesEveryLimitThatWasPassed() {
    var service = ScanReport.Service(id: "tmdb")
    (service.calls, service.callsOfSecondScan, service.repeated, service.refused) = (9, 1, 2, 3)
    (service.mostInSecond, service.allowedInSecond) = (5, 4)
    (service.mostInTenSeconds, service.allowedInTenSeconds) = (7, 6)
    #expect(service.failures.count == 5, "\(service.failures)")
    (service.callsOfSecondScan, service.repeated, service.refused) = (0, 0, 0)
    (service.mostInSecond, service.mostInTenSeconds) = (4, 6)
    #expect(service.failures == [])
    service.calls = 0
    #expect(service.failures == ["tmdb: was never asked"])
  }
}
