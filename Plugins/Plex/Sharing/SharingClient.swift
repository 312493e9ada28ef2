public import PlexServers
import UsherKit

/// Asks plex.tv for the shares of one server: the interface of Plex Web first, the old one when that is gone. When both
/// are, the answer is an error: unknown, never empty.
public struct SharingClient: Sendable {
  let account: PlexAccount
  let machineIdentifier: String

  public init(_ account: PlexAccount, machineIdentifier: String) {
    self.account = account
    self.machineIdentifier = machineIdentifier
  }

  var newShares: String { account.addresses.clients + "/api/v2/shared_servers" }
  var oldServer: String { account.addresses.main + "/api/servers/\(machineIdentifier)" }

  /// What `first` gives; what `second` gives when plex.tv has retired the first way.
  func either<Value>(_ first: () async throws -> Value, or second: () async throws -> Value) async throws -> Value {
    do {
      return try await first()
    } catch let error as PlexError where error.kind == .endpointGone {
      return try await second()
    }
  }

  /// plex.tv's numbers of the server's libraries. They must be all of those that the server itself lists: plex.tv's
  /// list is incomplete at times, and then is asked for once more.
  public func libraries(expecting there: [PlexLibrary]) async throws -> [SharedLibrary] {
    var missing: [String] = []
    for attempt in 0..<2 {
      if attempt > 0 { try await account.transport.pause(milliseconds: 3000) }
      let found = try await listLibraries()
      missing = there.filter { library in !found.contains { $0.key == library.key } }.map { "'\($0.title)'" }
      if missing.isEmpty { return found }
    }
    throw PlexError(
      .unstable,
      "plex.tv does not list \(missing.joined(separator: ", ")) of this server at the moment; nothing was shared. "
        + "Try again in a few minutes")
  }

  private func listLibraries() async throws -> [SharedLibrary] {
    try await either {
      let server = try await account.read("GET", account.addresses.clients + "/api/v2/servers/\(machineIdentifier)")
      return server.list("librarySections", of: "librarySection").compactMap(Self.library)
    } or: {
      let container = try await account.read("GET", oldServer).container
      guard let server = container.first("Server") else { return [] }
      return server.all("Section").compactMap(Self.library)
    }
  }

  private static func library(_ element: PlexElement) -> SharedLibrary? {
    guard let id = element.integer("id"), let key = element.text("key") else { return nil }
    return SharedLibrary(id: id, key: key, title: element.text("title") ?? "")
  }

  /// Shares of this server, accepted and pending.
  public func shares() async throws -> [Share] {
    try await either {
      let accepted = try await account.read("GET", newShares + "/owned/accepted")
      let pending = try await account.read("GET", newShares + "/invites/owned/pending")
      return accepted.children.compactMap { share($0, isAccepted: true) }
        + pending.children.flatMap { invite in
          invite.all("sharedServers").compactMap { share($0, isAccepted: false, address: invite.text("invitedEmail")) }
        }
    } or: {
      let container = try await account.read("GET", oldServer + "/shared_servers").container
      return container.all("SharedServer").compactMap(Self.oldShare)
    }
  }

  private func share(_ element: PlexElement, isAccepted: Bool, address: String? = nil) -> Share? {
    guard element.text("machineIdentifier") == machineIdentifier, let id = element.integer("id"),
      element.text("deletedAt") == nil, element.text("leftAt") == nil
    else { return nil }
    let invited = element.first("invited")
    return Share(
      id: id, userID: element.integer("invitedId") ?? invited?.integer("id"),
      username: invited?.text("username") ?? invited?.text("title") ?? "",
      email: invited?.text("email") ?? element.text("invitedEmail") ?? address ?? "", isAccepted: isAccepted,
      libraries: element.list("libraries", of: "library").compactMap(Self.library),
      settings: ShareSettings(element.first("sharingSettings") ?? PlexElement()))
  }

  private static func oldShare(_ element: PlexElement) -> Share? {
    guard let id = element.integer("id") else { return nil }
    let user = element.integer("userID")
    return Share(
      id: id, userID: user == 0 ? nil : user, username: element.text("username") ?? "",
      email: element.text("email") ?? "", isAccepted: element.text("acceptedAt") != nil,
      libraries: element.all("Section").filter { $0.flag("shared") }.compactMap(library),
      settings: ShareSettings(element))
  }

  /// Friends of the account, those without a share too.
  public func friends() async throws -> [Friend] {
    try await either {
      let list = try await account.read("GET", account.addresses.clients + "/api/v2/friends")
      return list.children.compactMap(Self.friend)
    } or: {
      let container = try await account.read("GET", account.addresses.main + "/api/users/").container
      return container.all("User").compactMap(Self.friend)
    }
  }

  private static func friend(_ element: PlexElement) -> Friend? {
    element.integer("id").map {
      Friend(
        id: $0, username: element.text("username") ?? element.text("title") ?? "", email: element.text("email") ?? "")
    }
  }

  /// Shares libraries with somebody who has no share yet. `libraries` is never empty: for plex.tv that means all.
  func create(_ who: String, _ libraries: [Int], _ settings: ShareSettings, friend: Int?) async throws {
    guard !libraries.isEmpty else { throw Self.noLibraries }
    _ = try await either {
      try await account.read(
        "POST", newShares,
        body: try Self.body([
          "machineIdentifier": .text(machineIdentifier), "invitedEmail": .text(who), "skipFriendship": true,
          "librarySectionIds": .list(libraries.map { .integer($0) }), "settings": settings.value,
        ]))
    } or: {
      let invited: (String, CommandValue) = friend.map { ("invited_id", .integer($0)) } ?? ("invited_email", .text(who))
      let shared: CommandValue = .object([
        "library_section_ids": .list(libraries.map { .integer($0) }), invited.0: invited.1,
      ])
      return try await account.read(
        "POST", oldServer + "/shared_servers",
        body: try Self.body([
          "server_id": .text(machineIdentifier), "shared_server": shared, "sharing_settings": settings.oldValue,
        ]))
    }
  }

  /// Changes the libraries of a share; what it allows is sent back as it is.
  func update(_ share: Share, _ libraries: [Int]) async throws {
    guard !libraries.isEmpty else { throw Self.noLibraries }
    let ids: CommandValue = .list(libraries.map { .integer($0) })
    _ = try await either {
      try await account.read(
        "POST", newShares + "/\(share.id)",
        body: try Self.body(["librarySectionIds": ids, "settings": share.settings.value]))
    } or: {
      try await account.read(
        "PUT", oldServer + "/shared_servers/\(share.id)",
        body: try Self.body([
          "server_id": .text(machineIdentifier), "shared_server": .object(["library_section_ids": ids]),
        ]))
    }
  }

  /// Ends a share, or takes an invitation back.
  func end(_ share: Share) async throws {
    _ = try await either {
      try await account.read("DELETE", newShares + "/\(share.id)")
    } or: {
      try await account.read("DELETE", oldServer + "/shared_servers/\(share.id)")
    }
  }

  /// Ends the friendship of the account.
  func remove(_ friend: Friend) async throws {
    _ = try await account.read("DELETE", account.addresses.main + "/api/v2/sharings/\(friend.id)")
  }

  static let noLibraries = PlexError(
    .needsDecision, "say which libraries to share; an empty list would share all of them")

  private static func body(_ members: [String: CommandValue]) throws -> [UInt8] {
    try JSONCoding.encode(CommandValue.object(members))
  }
}
