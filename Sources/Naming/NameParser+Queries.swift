public import MetadataModel

extension NameParser {
  /// What to ask a source of scenes for: `full` is site, day, performers and title; `plain` is performers and title alone.
  ///
  /// A catalogue number is asked for by itself. Both are empty when the name says nothing.
  public func queries(of name: ParsedName) -> (full: String, plain: String) {
    if let code = name.code { return (code, code) }
    var plain = name.performers ?? []
    if let title = name.title { plain.append(title) }
    let day = name.date.map { [$0.description] } ?? []
    let full = (name.site.map { [$0] } ?? []) + day + plain
    return (full.joined(separator: " "), plain.joined(separator: " "))
  }
}
