import UsherKit

/// Paths of the features, as the root document names them: Plex appends them to the provider's URL (protocol §0).
enum FeatureKey {
  static let metadata = "/library/metadata"
  static let match = "/library/metadata/matches"
}

/// What a path below a provider asks for.
enum Route: Hashable {
  case root
  case metadata
  case match
  case item(String)
  case children(String)
  case grandchildren(String)
  case images(String)
  case extras(String)

  /// Nil when there is nothing at `path`. Slashes too many do no harm: Plex joins URLs as text, so a root registered
  /// with a slash at its end gives two.
  init?(path: String) {
    let parts = path.split(separator: "/").map(String.init)
    guard !parts.isEmpty else {
      self = .root
      return
    }
    guard parts.count >= 2, parts[0] == "library", parts[1] == "metadata" else { return nil }
    switch parts.count {
    case 2: self = .metadata
    case 3: self = parts[2] == "matches" ? .match : .item(parts[2])
    case 4: self.init(list: parts[3], of: parts[2])
    default: return nil
    }
  }

  private init?(list: String, of key: String) {
    switch list {
    case "children": self = .children(key)
    case "grandchildren": self = .grandchildren(key)
    case "images": self = .images(key)
    case "extras": self = .extras(key)
    default: return nil
    }
  }

  var methods: [String] { self == .match ? ["POST"] : ["GET", "HEAD"] }
}
