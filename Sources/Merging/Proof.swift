public import MetadataModel
import TitleMatching

/// Whether two records are of one work (design: two works are merged only when identity is proven).
public enum Proof: Hashable, Sendable {
  /// The rule that proves it.
  case same(String)
  /// They cannot be: a sentence.
  case different(String)
  case unproven

  /// A shared external id and none that differs; or the same kind, folded title and year, and, when both know it, about
  /// the same length or as many seasons.
  ///
  /// - Parameter seasons: how many regular seasons each has; nil when nobody looked.
  public static func of(
    _ one: MediaItem, _ other: MediaItem, seasons: (one: Int?, other: Int?) = (nil, nil)
  ) -> Proof {
    guard one.kind == other.kind else {
      return .different("\(one.id) is a \(one.kind.rawValue), \(other.id) a \(other.kind.rawValue)")
    }
    let (left, right) = (identities(of: one), identities(of: other))
    let common = left.sorted.filter { right[$0.namespace] != nil }
    if let odd = common.first(where: { right[$0.namespace] != $0.value }) {
      return .different(
        "\(one.id) has the \(odd.namespace) id \(odd.value), \(other.id) \(right[odd.namespace] ?? "none")")
    }
    if let shared = common.first { return .same("\(shared.namespace) id \(shared.value)") }
    guard let year = year(of: one), year == self.year(of: other), shareTitle(one, other) else { return .unproven }
    if one.kind == .movie, let first = one.duration, let second = other.duration, !isAlike(first, second) {
      return .different("same title and year, but \(first / 60_000) and \(second / 60_000) minutes long")
    }
    if let first = seasons.one, let second = seasons.other, abs(first - second) > 1 {
      return .different("same title and year, but \(first) and \(second) seasons")
    }
    return .same("title and year")
  }

  /// Ids by namespace; a record's own id counts under its source's name.
  public static func identities(of item: MediaItem) -> ExternalIDs {
    var ids = item.externalIDs
    if ids[item.id.source] == nil { ids[item.id.source] = item.id.value }
    return ids
  }

  private static func year(of item: MediaItem) -> Int? { item.year ?? item.released?.year }

  private static func shareTitle(_ one: MediaItem, _ other: MediaItem) -> Bool {
    let left = names(of: one).map { FoldedTitle($0) }
    let right = names(of: other).map { FoldedTitle($0) }
    return left.contains { title in right.contains { TitleScore.grade(title, $0) > .similar } }
  }

  private static func names(of item: MediaItem) -> [String] {
    [item.title, item.originalTitle].compactMap { $0 } + item.alternativeTitles.prefix(maximumNames)
  }

  /// A source that sends very many names is not listened to for longer.
  private static let maximumNames = 20

  /// Cuts and frame rates differ: a tenth, or five minutes.
  private static func isAlike(_ one: Int, _ other: Int) -> Bool {
    let (difference, overflow) = one.subtractingReportingOverflow(other)
    return !overflow && difference.magnitude <= max(300_000, max(one, other) / 10).magnitude
  }
}
