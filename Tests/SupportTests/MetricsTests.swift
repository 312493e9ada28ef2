import Support
import Testing

@Suite struct MetricsTests {
  private let metrics = Metrics()

  @Test func rendersEveryMetricByNameAndLabels() {
    metrics.counter("b_total", help: "Second.", labels: ["route": "/x", "status": "200"]).add(3)
    metrics.counter("b_total", help: "Second.", labels: ["route": "/a", "status": "200"]).add()
    metrics.gauge("a_state", help: "First.") { 0.5 }
    #expect(
      metrics.render() == """
        # HELP a_state First.
        # TYPE a_state gauge
        a_state 0.5
        # HELP b_total Second.
        # TYPE b_total counter
        b_total{route="/a",status="200"} 1
        b_total{route="/x",status="200"} 3

        """)
  }

  @Test func aHistogramCountsUpToEachLimit() {
    let histogram = metrics.histogram("seconds", help: "Time.", labels: ["provider": "tv"])
    for nanoseconds: Int64 in [500_000, 600_000, 2_000_000_000, 90_000_000_000] {
      histogram.record(nanoseconds: nanoseconds)
    }
    #expect(
      metrics.render() == """
        # HELP seconds Time.
        # TYPE seconds histogram
        seconds_bucket{provider="tv",le="0.0005"} 1
        seconds_bucket{provider="tv",le="0.001"} 2
        seconds_bucket{provider="tv",le="0.005"} 2
        seconds_bucket{provider="tv",le="0.01"} 2
        seconds_bucket{provider="tv",le="0.05"} 2
        seconds_bucket{provider="tv",le="0.1"} 2
        seconds_bucket{provider="tv",le="0.5"} 2
        seconds_bucket{provider="tv",le="1.0"} 2
        seconds_bucket{provider="tv",le="2.5"} 3
        seconds_bucket{provider="tv",le="5.0"} 3
        seconds_bucket{provider="tv",le="10.0"} 3
        seconds_bucket{provider="tv",le="30.0"} 3
        seconds_bucket{provider="tv",le="85.0"} 3
        seconds_bucket{provider="tv",le="+Inf"} 4
        seconds_sum{provider="tv"} 92.0011
        seconds_count{provider="tv"} 4

        """)
  }

  @Test func theSameNameAndLabelsAreTheSameMetric() {
    let first = metrics.counter("n_total", help: "N.", labels: ["a": "1"])
    #expect(metrics.counter("n_total", help: "N.", labels: ["a": "1"]) === first)
    #expect(metrics.counter("n_total", help: "N.", labels: ["a": "2"]) !== first)
    let seconds = metrics.histogram("s", help: "S.")
    #expect(metrics.histogram("s", help: "S.") === seconds)
  }

  @Test(arguments: [("\\", #"\\"#), ("\"", #"\""#), ("a\nb", #"a\nb"#), ("a\r\nb", "a\r\\nb"), ("ü", "ü")])
  func labelValuesAreEscaped(value: String, text: String) {
    metrics.counter("n_total", help: "N.", labels: ["a": value]).add()
    #expect(metrics.render() == "# HELP n_total N.\n# TYPE n_total counter\nn_total{a=\"\(text)\"} 1\n")
  }

  @Test func countingFromManyThreadsLosesNothing() async {
    let counter = metrics.counter("n_total", help: "N.")
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 { group.addTask { for _ in 0..<1000 { counter.add() } } }
    }
    #expect(counter.value == 8000)
  }
}
