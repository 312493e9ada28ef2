package import MetadataModel

/// One way to understand a name.
package struct Reading {
  package var kind: NameKind
  package var parsed = ParsedName()
  /// Other titles that the name may mean, the likeliest first; the first is `parsed.title`.
  package var titles: [String] = []
  /// 0 to 1.
  package var confidence = 0.0

  package init(kind: NameKind) { self.kind = kind }

  package mutating func addTitle(_ title: String?) {
    guard let title, !titles.contains(title) else { return }
    titles.append(title)
  }
}
