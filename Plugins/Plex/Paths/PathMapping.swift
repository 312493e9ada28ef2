public import PlexCatalogue
public import PlexServers

/// Says where a server's files lie on this machine.
public struct PathRule: Sendable, Hashable {
  public var id: Int64
  public var server: String
  /// The library that it is for; nil for all of the server's.
  public var library: String?
  /// As the server has it: "/media/tv", "D:\TV", "\\nas\share\tv".
  public var prefix: String
  public var local: String

  public init(id: Int64 = 0, server: String, library: String? = nil, prefix: String, local: String) {
    self.id = id
    self.server = server
    self.library = library
    self.prefix = prefix
    self.local = local
  }
}

/// Where a file of a server lies on this machine.
public enum MappedPath: Sendable, Hashable {
  case mapped(String, by: PathRule)
  /// No rule fits: the path as the server has it.
  case unmapped(String)

  public var path: String {
    switch self {
    case .mapped(let path, _), .unmapped(let path): path
    }
  }
}

/// Applies rules: the longest prefix by whole segments wins, a library's own rule before one for the whole server.
public struct PathMapping: Sendable {
  private let rules: [PathRule]

  /// Rules of one server.
  public init(_ rules: [PathRule]) { self.rules = rules }

  public func map(_ path: String, library: String? = nil) -> MappedPath {
    guard let wanted = ServerPath(path) else { return .unmapped(path) }
    var best: (rule: PathRule, prefix: ServerPath)?
    for rule in rules where rule.library == nil || rule.library == library {
      guard let prefix = ServerPath(rule.prefix), wanted.begins(with: prefix) else { continue }
      if let known = best {
        let (new, old) = (prefix.segments.count, known.prefix.segments.count)
        guard new > old || (new == old && rule.library != nil && known.rule.library == nil) else { continue }
      }
      best = (rule, prefix)
    }
    guard let best else { return .unmapped(path) }
    let rest = wanted.segments.dropFirst(best.prefix.segments.count)
    let separator = best.rule.local.contains("\\") && !best.rule.local.contains("/") ? "\\" : "/"
    var local = best.rule.local
    while local.count > 1, local.hasSuffix(separator) { local.removeLast() }
    guard !rest.isEmpty else { return .mapped(local, by: best.rule) }
    let joint = local.hasSuffix(separator) ? "" : separator
    return .mapped(local + joint + rest.joined(separator: separator), by: best.rule)
  }
}

/// A path as some server writes it, in segments: never touched by this machine's own rules for paths.
public struct ServerPath: Sendable, Hashable {
  public enum Style: Sendable, Hashable {
    case posix, drive, share
  }

  public var style: Style
  /// Of a drive the first is "D:", of a share the first two are host and share.
  public var segments: [String]

  /// Nil for a path that is relative, or that steps up by `..`.
  public init?(_ path: String) {
    let first = path.unicodeScalars.first
    let isDrive = path.utf8.count >= 2 && path.dropFirst().first == ":" && (first?.properties.isAlphabetic ?? false)
    if path.hasPrefix("\\\\") || path.hasPrefix("//") {
      style = .share
    } else if isDrive {
      style = .drive
    } else if path.hasPrefix("/") {
      style = .posix
    } else {
      return nil
    }
    // On POSIX a backslash is a letter of a name like any other.
    let separators: Set<Character> = style == .posix ? ["/"] : ["/", "\\"]
    segments = path.split { separators.contains($0) }.map(String.init).filter { $0 != "." }
    guard !segments.contains("..") else { return nil }
  }

  /// By whole segments; case counts on POSIX only. Composed and decomposed letters are the same.
  public func begins(with prefix: ServerPath) -> Bool {
    guard style == prefix.style, segments.count >= prefix.segments.count else { return false }
    return zip(segments, prefix.segments).allSatisfy { mine, other in
      // Swift compares texts by canonical equivalence: what macOS writes decomposed is equal.
      style == .posix ? mine == other : mine.lowercased() == other.lowercased()
    }
  }
}

extension Catalogue {
  /// Rules of a server, or of all.
  public func pathRules(server: String? = nil) throws(PlexError) -> [PathRule] {
    let query = try database.query(
      "SELECT id, server, library, prefix, local FROM path_rule WHERE ?1 IS NULL OR server = ?1 ORDER BY server, prefix",
      [CatalogueValue(server)])
    var rules: [PathRule] = []
    while try query.next() {
      let library = query.text(2)
      rules.append(
        PathRule(
          id: query.integer(0), server: query.text(1), library: library.isEmpty ? nil : library, prefix: query.text(3),
          local: query.text(4)))
    }
    return rules
  }

  /// Adds a rule, or changes where an old one leads. Throws for a prefix that no server's path could have.
  public func add(_ rule: PathRule) throws(PlexError) {
    guard ServerPath(rule.prefix) != nil else {
      throw PlexError(
        .badRequest, "'\(rule.prefix)' is no path of a server; those are like /media/tv, D:\\TV or \\\\nas\\share\\tv")
    }
    try database.run(
      """
      INSERT INTO path_rule (server, library, prefix, local) VALUES (?, ?, ?, ?)
      ON CONFLICT (server, library, prefix) DO UPDATE SET local = excluded.local
      """, [.text(rule.server), .text(rule.library ?? ""), .text(rule.prefix), .text(rule.local)])
  }

  /// Removes a server's rules for a prefix; gives how many there were.
  public func removePathRules(server: String, prefix: String) throws(PlexError) -> Int {
    try database.run("DELETE FROM path_rule WHERE server = ? AND prefix = ?", [.text(server), .text(prefix)])
    return database.changes
  }
}
