import FoundationEssentials

/// "5 s", "250 ms".
package func seconds(_ milliseconds: Int64) -> String {
  milliseconds % 1000 == 0 ? "\(milliseconds / 1000) s" : "\(milliseconds) ms"
}

/// `2026-03-14T12:00:00Z`.
package func timeText(_ milliseconds: Int64) -> String {
  Date(timeIntervalSince1970: Double(milliseconds / 1000)).formatted(.iso8601)
}
