import UsherKit

/// What a guid of Plex says: who wrote it, and which external id it carries, if any.
public struct PlexGuid: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable {
    /// plex://: the same for everybody.
    case plex
    /// imdb://, tmdb://, tvdb://, mbid://.
    case external
    /// An agent of the old kind that carries an external id.
    case legacy
    /// A custom metadata provider: means something to that provider only.
    case custom
    /// Files without a match, or home videos: means something on their server only.
    case local
    /// Anything else, kept as it is.
    case opaque
  }

  public var raw: String
  public var kind: Kind
  /// Everything before "://", in lower case.
  public var scheme: String
  /// "imdb", "tmdb", "tvdb", "anidb", …; nil when no external id may be derived.
  public var source: String?
  public var value: String
  /// "movie", "show", "season", "episode", where the guid says it.
  public var itemType: String?
  /// Of the show that `value` names.
  public var season: Int?
  public var episode: Int?
  public var isServerScoped: Bool { kind == .local }

  /// Understands any text; what is unknown is opaque, never an error.
  public init(_ raw: String) {
    self.raw = raw
    kind = .opaque
    scheme = ""
    value = raw
    guard let mark = raw.range(ofFirst: "://") else {
      readBare()
      return
    }
    scheme = raw[..<mark.lowerBound].lowercased()
    let rest = raw[mark.upperBound...].prefix { $0 != "?" && $0 != "#" }
    let segments = rest.split(separator: "/").map { $0.utf8.percentDecoded() }
    value = segments.joined(separator: "/")
    read(segments)
  }

  /// Very old items have a bare id of IMDb.
  private mutating func readBare() {
    if let id = Self.normalised("imdb", raw) { (kind, source, value) = (.legacy, "imdb", id) }
  }

  private mutating func read(_ segments: [String]) {
    switch scheme {
    case "plex":
      kind = .plex
      if segments.count >= 2 { (itemType, value) = (segments[0], segments[1]) }
    case "imdb", "tmdb", "tvdb", "mbid", "anidb", "tvmaze":
      take(scheme, segments.first ?? "", as: .external)
    case "local", "com.plexapp.agents.none", "com.plexapp.agents.localmedia": kind = .local
    case let scheme where scheme.hasPrefix("tv.plex.agents.custom."): readCustom(segments)
    case let scheme where scheme.hasPrefix("tv.plex.agents.nfo"): readNFO(segments)
    case let scheme where scheme.hasPrefix("com.plexapp.agents."):
      readLegacy(String(scheme.dropFirst("com.plexapp.agents.".count)), segments)
    default: break
    }
  }

  /// Whatever the provider's name and key look like, no id of another service may be read out of them.
  private mutating func readCustom(_ segments: [String]) {
    kind = .custom
    if segments.count >= 2, ["movie", "show", "season", "episode"].contains(segments[0]) {
      (itemType, value) = (segments[0], segments[1...].joined(separator: "/"))
    }
  }

  private mutating func readNFO(_ segments: [String]) {
    if segments.count >= 2 { itemType = segments[0] }
    let parts = (segments.last ?? "").split(separator: "_", maxSplits: 1).map(String.init)
    if parts.count == 2, ["imdb", "tmdb", "tvdb"].contains(parts[0]) { take(parts[0], parts[1], as: .legacy) }
  }

  private mutating func readLegacy(_ agent: String, _ segments: [String]) {
    let first = segments.first ?? ""
    switch agent {
    case "imdb": take("imdb", first, as: .legacy)
    case "themoviedb", "tmdb", "cmdb": take("tmdb", first, as: .legacy)
    case "thetvdb", "abstvdb":
      take("tvdb", first, as: .legacy)
      takeNumbers(segments.dropFirst())
    case "hama": readHama(segments)
    case "xbmcnfo": take(first.hasPrefix("tt") ? "imdb" : "tmdb", first, as: .legacy)
    case "xbmcnfotv":
      take("tvdb", first, as: .legacy)
      takeNumbers(segments.dropFirst())
    case "mcm":
      guard first.hasPrefix("MCM_TV_A_") else { return }
      take("tvdb", String(first.dropFirst("MCM_TV_A_".count)), as: .legacy)
      takeNumbers(segments.dropFirst())
    default: break
    }
  }

  /// "tvdb2-371310", "anidb-1234", "tsdb-5": a digit behind the source is its variant, tsdb is TMDB's series.
  private mutating func readHama(_ segments: [String]) {
    let text = (segments.first ?? "").prefix { $0 != "[" && $0 != " " }
    let parts = text.split(separator: "-", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return }
    var name = parts[0].lowercased()
    if name.last?.isNumber ?? false { name.removeLast() }
    take(name == "tsdb" ? "tmdb" : name, parts[1], as: .legacy)
    takeNumbers(segments.dropFirst())
  }

  private mutating func take(_ source: String, _ value: String, as kind: Kind) {
    guard let id = Self.normalised(source, value) else { return }
    (self.kind, self.source, self.value) = (kind, source, id)
  }

  private mutating func takeNumbers(_ segments: ArraySlice<String>) {
    let numbers = segments.prefix(2).map { Int($0) }
    if let season = numbers.first { self.season = season }
    if numbers.count == 2 { episode = numbers[1] }
  }

  /// imdb as "tt" and at least seven digits, numbers without zeros before them; nil when it is none.
  static func normalised(_ source: String, _ value: String) -> String? {
    switch source {
    case "imdb":
      let digits = value.hasPrefix("tt") ? value.dropFirst(2) : value[...]
      guard digits.utf8.count >= 7, digits.utf8.count <= 10, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
      else { return nil }
      return "tt\(digits)"
    case "mbid": return value.isEmpty ? nil : value.lowercased()
    default:
      guard let number = Int64(value), number > 0 else { return nil }
      return String(number)
    }
  }
}

/// Every id of an item, from its guid and its list of external ids.
public struct PlexIDs: Sendable, Hashable {
  public var guids: [PlexGuid]
  /// Sources of which the item has two different ids; the first of them counts.
  public var conflicts: [String]

  public init(guid: String, ids: [String]) {
    var seen: Set<String> = []
    guids = ([guid] + ids).filter { !$0.isEmpty && seen.insert($0).inserted }.map { PlexGuid($0) }
    var values: [String: Set<String>] = [:]
    for guid in guids where guid.season == nil {
      if let source = guid.source { values[source, default: []].insert(guid.value) }
    }
    conflicts = values.filter { $0.value.count > 1 }.keys.sorted()
  }

  /// The id of a source that look-ups use.
  public func first(_ source: String) -> String? { guids.first { $0.source == source }?.value }
}

extension String {
  fileprivate func range(ofFirst mark: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(mark) { return start..<index(start, offsetBy: mark.count) }
      start = index(after: start)
    }
    return nil
  }
}
