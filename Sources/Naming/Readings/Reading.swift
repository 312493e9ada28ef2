import MetadataModel

/// One way to understand a name.
struct Reading {
  var kind: NameKind
  var parsed = ParsedName()
  /// Other titles that the name may mean, the likeliest first; the first is `parsed.title`.
  var titles: [String] = []
  /// 0 to 1.
  var confidence = 0.0

  mutating func addTitle(_ title: String?) {
    guard let title, !titles.contains(title) else { return }
    titles.append(title)
  }
}
