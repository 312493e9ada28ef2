import Synchronization

/// A number that only grows. Adding costs one atomic instruction; from every thread.
public final class Counter: Sendable {
  private let count = Atomic<Int>(0)
  public init() {}
  public func add(_ amount: Int = 1) { count.add(amount, ordering: .relaxed) }
  public var value: Int { count.load(ordering: .relaxed) }
}

/// Counts durations in buckets. From every thread.
public final class Histogram: Sendable {
  /// Upper limits in seconds; what is slower counts in the last bucket, without a limit.
  public static let limits: [Double] = [0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 85]

  private let buckets: [Counter]
  private let totalMicroseconds = Counter()

  public init() { buckets = (0...Self.limits.count).map { _ in Counter() } }

  public func record(nanoseconds: Int64) {
    let seconds = Double(nanoseconds) / 1e9
    let bucket = Self.limits.firstIndex { seconds <= $0 } ?? Self.limits.count
    buckets[bucket].add()
    totalMicroseconds.add(Int(nanoseconds / 1000))
  }

  /// Observations up to each limit, then all of them; and the sum in seconds.
  public var snapshot: (cumulative: [Int], sum: Double) {
    var running = 0
    let cumulative = buckets.map { bucket in
      running += bucket.value
      return running
    }
    return (cumulative, Double(totalMicroseconds.value) / 1e6)
  }
}

/// Every metric of the process, and their Prometheus text (exposition format 0.0.4).
///
/// Asking for the same name and labels again gives the same object. Ask once and keep it where requests are served:
/// asking takes a lock. From every thread.
public final class Metrics: Sendable {
  public typealias Labels = KeyValuePairs<String, String>

  private enum Series {
    case counter(Counter)
    case histogram(Histogram)
    case gauge(@Sendable () -> Double)
    case countedElsewhere(@Sendable () -> Int)
  }

  private struct Family {
    var help: String
    var series: [String: Series] = [:]
  }

  private let families = Lock<[String: Family]>([:])

  public init() {}

  public func counter(_ name: String, help: String, labels: Labels = [:]) -> Counter {
    families.withLock { families in
      let key = Self.text(of: labels)
      if case .counter(let counter)? = families[name]?.series[key] { return counter }
      let counter = Counter()
      families[name, default: Family(help: help)].series[key] = .counter(counter)
      return counter
    }
  }

  public func histogram(_ name: String, help: String, labels: Labels = [:]) -> Histogram {
    families.withLock { families in
      let key = Self.text(of: labels)
      if case .histogram(let histogram)? = families[name]?.series[key] { return histogram }
      let histogram = Histogram()
      families[name, default: Family(help: help)].series[key] = .histogram(histogram)
      return histogram
    }
  }

  /// `read` is called when the text is made; it must not block or ask this object.
  public func gauge(_ name: String, help: String, labels: Labels = [:], read: @escaping @Sendable () -> Double) {
    families.withLock { $0[name, default: Family(help: help)].series[Self.text(of: labels)] = .gauge(read) }
  }

  /// A counter whose number is kept elsewhere; the same rules as for `gauge`.
  public func counter(_ name: String, help: String, labels: Labels = [:], read: @escaping @Sendable () -> Int) {
    families.withLock { families in
      families[name, default: Family(help: help)].series[Self.text(of: labels)] = .countedElsewhere(read)
    }
  }

  /// The text that `GET /metrics` answers.
  public func render() -> String {
    var text = ""
    for (name, family) in families.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
      text += "# HELP \(name) \(family.help)\n# TYPE \(name) \(Self.type(of: family))\n"
      for (labels, series) in family.series.sorted(by: { $0.key < $1.key }) {
        Self.append(series, name: name, labels: labels, to: &text)
      }
    }
    return text
  }

  private static func type(of family: Family) -> String {
    switch family.series.first?.value {
    case .counter, .countedElsewhere, nil: "counter"
    case .histogram: "histogram"
    case .gauge: "gauge"
    }
  }

  private static func append(_ series: Series, name: String, labels: String, to text: inout String) {
    let braces = labels.isEmpty ? "" : "{\(labels)}"
    switch series {
    case .counter(let counter): text += "\(name)\(braces) \(counter.value)\n"
    case .countedElsewhere(let read): text += "\(name)\(braces) \(read())\n"
    case .gauge(let read): text += "\(name)\(braces) \(read())\n"
    case .histogram(let histogram):
      let (cumulative, sum) = histogram.snapshot
      let prefix = labels.isEmpty ? "" : labels + ","
      for (index, count) in cumulative.enumerated() {
        let limit = index < Histogram.limits.count ? "\(Histogram.limits[index])" : "+Inf"
        text += "\(name)_bucket{\(prefix)le=\"\(limit)\"} \(count)\n"
      }
      text += "\(name)_sum\(braces) \(sum)\n\(name)_count\(braces) \(cumulative.last ?? 0)\n"
    }
  }

  private static func text(of labels: Labels) -> String {
    labels.map { "\($0.key)=\"\(escaped($0.value))\"" }.joined(separator: ",")
  }

  private static func escaped(_ value: String) -> String {
    // By scalars: a line feed after a carriage return is a part of one character.
    var text = ""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\\": text += "\\\\"
      case "\"": text += "\\\""
      case "\n": text += "\\n"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
