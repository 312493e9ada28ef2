import UsherKit

/// Texts, numbers and addresses as both versions of the API write them.
enum TVDBText {
  private static let pictures = "https://artworks.thetvdb.com"

  /// Nil for nothing, and for placeholders of names not known yet.
  static func name(_ text: String?) -> String? {
    guard let text = text?.trimmed, !text.isEmpty, !["TBA", "TBD"].contains(text) else { return nil }
    return text
  }

  /// Plain text, nil when nothing is left of it.
  static func summary(_ text: String?) -> String? {
    let text = String.plainText(html: text ?? "")
    return text.isEmpty ? nil : text
  }

  static func date(_ text: String?) -> CalendarDate? { text.flatMap { CalendarDate($0) } }

  /// Nil for what no film or episode lasts.
  static func milliseconds(_ minutes: Int?) -> Int? {
    minutes.flatMap { (1...10_000).contains($0) ? $0 * 60_000 : nil }
  }

  /// Each once, without empty ones.
  static func unique(_ texts: [String]) -> [String] {
    var seen: Set = [""]
    return texts.filter { seen.insert($0).inserted }
  }

  /// An absolute https address; nil for none. Relative ones belong to the service's picture host, and those of v3 stand
  /// below `/banners/` even where they do not say so.
  static func picture(_ path: String?) -> String? {
    guard let path, !path.isEmpty, path.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
    if path.hasPrefix("https://") { return path }
    if path.hasPrefix("http://") { return "https://" + path.dropFirst("http://".count) }
    return path.contains("://") ? nil : pictures + (path.hasPrefix("/") ? "" : "/banners/") + path
  }

  /// From 0 to 10; none where nobody voted.
  static func ratings(_ value: Double?, _ votes: Int?) -> [Rating] {
    guard let value, value > 0, value <= 10 else { return [] }
    return [Rating(origin: "tvdb", value: value, votes: votes.flatMap { $0 > 0 ? $0 : nil })]
  }

  /// What the service and people write into `remoteIds`, as far as the shared model has a name for it.
  static func externalIDs(_ remote: [TVDBRemoteID], own: Int) -> ExternalIDs {
    let namespaces = ["imdb": "imdb", "themoviedb.com": "tmdb", "tv maze": "tvmaze", "wikidata": "wikidata"]
    var ids: ExternalIDs = ["tvdb": String(own)]
    for id in remote {
      guard let namespace = namespaces[id.sourceName.lowercased()], ids[namespace] == nil else { continue }
      // People paste whole addresses there.
      if namespace != "imdb" || id.id.hasPrefix("tt") { ids[namespace] = id.id }
    }
    return ids
  }
}

/// Name and summary of an episode, each from the first language that has it.
struct TVDBEpisodeTexts: Sendable {
  private(set) var name: String?
  private(set) var summary: String?
  /// TheTVDB's code for the name's language, or where there is no name for that of the summary.
  private(set) var language: String?

  /// Takes what is still missing.
  mutating func fill(_ name: String?, _ summary: String?, _ language: String?) {
    if self.name == nil, let name = TVDBText.name(name) { (self.name, self.language) = (name, language) }
    if self.summary == nil, let summary = TVDBText.summary(summary) {
      (self.summary, self.language) = (summary, self.language ?? language)
    }
  }
}
