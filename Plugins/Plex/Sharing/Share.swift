import PlexServers
import UsherKit

/// A library as plex.tv numbers it: its own number, not the server's key.
public struct SharedLibrary: Sendable, Hashable {
  public var id: Int
  public var key: String
  public var title: String
}

/// What somebody may see and do on one server. A share that is not accepted yet is an invitation.
public struct Share: Sendable, Hashable {
  public var id: Int
  public var userID: Int?
  public var username: String
  public var email: String
  public var isAccepted: Bool
  public var libraries: [SharedLibrary]
  public var settings: ShareSettings

  /// A friend who has no share.
  public init(without friend: Friend) {
    (id, userID, username, email) = (0, friend.id, friend.username, friend.email)
    (isAccepted, libraries, settings) = (true, [], ShareSettings())
  }

  init(
    id: Int, userID: Int?, username: String, email: String, isAccepted: Bool, libraries: [SharedLibrary],
    settings: ShareSettings
  ) {
    (self.id, self.userID, self.username, self.email) = (id, userID, username, email)
    (self.isAccepted, self.libraries, self.settings) = (isAccepted, libraries, settings)
  }

  /// What the owner calls them.
  public var who: String { username.isEmpty ? email : username }

  /// Whether a name, address or number means this one.
  func isFor(_ who: String) -> Bool {
    username.lowercased() == who || email.lowercased() == who || userID.map(String.init) == who
  }
}

/// What an invited account may do. Kept whole when libraries change: blanks would wipe the owner's restrictions.
public struct ShareSettings: Sendable, Hashable {
  /// Download, and so on: names as plex.tv has them.
  public var allowances: [String: Bool] = [:]
  public var numbers: [String: Int] = [:]
  /// Filters like "contentRating=G%2CPG".
  public var filters: [String: String] = [:]

  static let allowanceNames = ["allowSync", "allowChannels", "allowCameraUpload", "allowSubtitleAdmin"]
  static let filterNames = ["filterMovies", "filterTelevision", "filterMusic", "filterPhotos", "filterAll"]

  public init() {}

  /// What an invitation has unless told otherwise: nothing is allowed but to watch.
  public static var standard: ShareSettings {
    var settings = ShareSettings()
    for name in allowanceNames { settings.allowances[name] = false }
    settings.numbers["allowTuners"] = 0
    for name in filterNames { settings.filters[name] = "" }
    return settings
  }

  /// Words that a user may give for what to allow.
  public static let words = [
    "sync": "allowSync", "channels": "allowChannels", "camera": "allowCameraUpload",
    "subtitles": "allowSubtitleAdmin",
  ]

  init(_ element: PlexElement) {
    for name in Self.allowanceNames where element.attributes[name] != nil { allowances[name] = element.flag(name) }
    if let tuners = element.integer("allowTuners") { numbers["allowTuners"] = tuners }
    for name in Self.filterNames { if let filter = element.attributes[name] { filters[name] = filter } }
  }

  /// As the second version of plex.tv's interface takes them.
  var value: CommandValue {
    var members: [String: CommandValue] = [:]
    for (name, flag) in allowances { members[name] = .boolean(flag) }
    for (name, number) in numbers { members[name] = .integer(number) }
    for (name, filter) in filters { members[name] = .text(filter) }
    return .object(members)
  }

  /// As the first version takes them.
  var oldValue: CommandValue {
    var members: [String: CommandValue] = [:]
    for name in ["allowSync", "allowCameraUpload", "allowChannels"] {
      members[name] = .text(allowances[name] ?? false ? "1" : "0")
    }
    for name in ["filterMovies", "filterTelevision", "filterMusic"] { members[name] = .text(filters[name] ?? "") }
    return .object(members)
  }
}

/// A friend of the account, with a share or without one.
public struct Friend: Sendable, Hashable {
  public var id: Int
  public var username: String
  public var email: String
}
