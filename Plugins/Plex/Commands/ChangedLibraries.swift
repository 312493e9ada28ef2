/// Libraries that a server told of, until they have been quiet for a while: what comes by the hundred during a scan is
/// one sync in the end.
struct ChangedLibraries {
  /// Milliseconds without news after which a library is due.
  let settle: Int64
  /// Milliseconds after the first news at which it is due though there is no end of them.
  var longest: Int64 { max(settle * 6, 30_000) }

  private var news: [String: (first: Int64, last: Int64)] = [:]

  init(settle: Int64) { self.settle = settle }

  mutating func note(_ keys: Set<String>, now: Int64) {
    for key in keys { news[key] = (news[key]?.first ?? now, now) }
  }

  /// Those that are due; they are forgotten.
  mutating func due(now: Int64) -> [String] {
    let keys = news.filter { now - $0.value.last >= settle || now - $0.value.first >= longest || now < $0.value.first }
      .keys.sorted()
    for key in keys { news[key] = nil }
    return keys
  }

  /// Everything has just been looked at.
  mutating func forgetAll() { news = [:] }
}
