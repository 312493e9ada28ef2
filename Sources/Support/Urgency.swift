/// How much somebody minds waiting; decides whose turn it is where many wait for one service.
public enum Urgency: Int, Sendable, Comparable, CaseIterable {
  /// Nobody waits: refreshing, fetching ahead.
  case background
  /// A program waits, as in a scan.
  case normal
  /// A person waits.
  case interactive

  public static func < (left: Urgency, right: Urgency) -> Bool { left.rawValue < right.rawValue }
}
