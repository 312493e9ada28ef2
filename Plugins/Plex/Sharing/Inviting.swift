public import PlexServers
import UsherKit

/// What came of an invitation.
public enum InvitationOutcome: String, Sendable {
  /// A new invitation is on its way.
  case invited
  /// They had a share or an invitation; libraries were added to it.
  case widened
  case alreadyShared
  case alreadyInvited
  case userUnknown
  case ownAccount
  case removed
  case failed
}

/// Invites people to libraries of one server, and records every attempt.
public struct Inviting {
  private let client: SharingClient
  private let account: PlexAccount
  private let log: InvitationLog
  private let server: KnownServer

  public init(_ account: PlexAccount, _ server: KnownServer, log: InvitationLog) {
    client = SharingClient(account, machineIdentifier: server.machineIdentifier)
    self.account = account
    self.server = server
    self.log = log
  }

  /// Shares libraries with a user name or address. What they had stays; what the owner restricted stays. Throws when
  /// nothing changed, with a kind for each reason; the attempt is recorded in every case.
  public func invite(
    _ who: String, to chosen: [PlexLibrary], of there: [PlexLibrary], settings: ShareSettings
  ) async throws -> InvitationOutcome {
    let who = who.trimmed.lowercased()
    let titles = chosen.map(\.title)
    do {
      let outcome = try await attempt(who, chosen, there, settings)
      try record(who, titles, outcome, "")
      return outcome
    } catch let error as PlexError {
      try record(who, titles, Self.outcome(of: error), error.text)
      throw error
    }
  }

  private func record(
    _ who: String, _ libraries: [String], _ outcome: InvitationOutcome, _ detail: String
  ) throws(PlexError) {
    try log.record(
      server: server.machineIdentifier, who: who, libraries: libraries, outcome: outcome, detail: detail,
      at: account.transport.nowMilliseconds)
  }

  private static func outcome(of error: PlexError) -> InvitationOutcome {
    switch error.kind {
    case .alreadyShared: .alreadyShared
    case .alreadyInvited: .alreadyInvited
    case .userUnknown: .userUnknown
    case .ownAccount: .ownAccount
    default: .failed
    }
  }

  private func attempt(
    _ who: String, _ chosen: [PlexLibrary], _ there: [PlexLibrary], _ settings: ShareSettings
  ) async throws -> InvitationOutcome {
    guard !chosen.isEmpty else { throw SharingClient.noLibraries }
    guard !who.isEmpty, !who.contains(where: { $0.isWhitespace }) else {
      throw PlexError(.userUnknown, "'\(who)' is neither a user name nor an address")
    }
    let owner = try await account.user()
    guard who != owner.username.lowercased(), who != owner.email.lowercased(), who != String(owner.id) else {
      throw PlexError(.ownAccount, "'\(who)' is the account that owns the server; it has every library already")
    }
    let numbered = try await client.libraries(expecting: there)
    let wanted = chosen.compactMap { library in numbered.first { $0.key == library.key }?.id }
    let known = try await client.shares().first { $0.isFor(who) }
    if let known { return try await widen(known, wanted) }
    try await create(who, wanted, settings)
    return .invited
  }

  private func widen(_ share: Share, _ wanted: [Int]) async throws -> InvitationOutcome {
    let had = share.libraries.map(\.id)
    guard wanted.contains(where: { !had.contains($0) }) else {
      throw share.isAccepted
        ? PlexError(.alreadyShared, "'\(share.who)' has these libraries already")
        : PlexError(.alreadyInvited, "'\(share.who)' is invited to these libraries already and has not accepted yet")
    }
    let all = had + wanted.filter { !had.contains($0) }
    try await client.update(share, all)
    try await verify(share.who.lowercased(), all)
    return .widened
  }

  private func create(_ who: String, _ wanted: [Int], _ settings: ShareSettings) async throws {
    // The old interface wants friends by number.
    let friend = try? await client.friends().first { $0.username.lowercased() == who || $0.email.lowercased() == who }
    do {
      try await client.create(who, wanted, settings, friend: friend?.id)
    } catch let error as PlexError where error.kind == .unreachable {
      // Nobody knows whether it arrived: sending it again could invite twice, so the list decides.
      guard try await client.shares().contains(where: { $0.isFor(who) }) else { throw error }
    } catch let error as PlexError {
      throw Self.explained(error, who)
    }
    try await verify(who, wanted)
  }

  /// plex.tv says why in words only.
  private static func explained(_ error: PlexError, _ who: String) -> PlexError {
    let text = error.text.lowercased()
    if text.contains("already") {
      return PlexError(.alreadyShared, "plex.tv says that this server is shared with '\(who)' already")
    }
    if text.contains("yourself") || text.contains("your own") {
      return PlexError(.ownAccount, "'\(who)' is the account that owns the server")
    }
    if text.contains("find user") || text.contains("user not found") || (error.kind == .notFound) {
      return PlexError(
        .userUnknown, "plex.tv knows no user '\(who)'; with an e-mail address an invitation reaches them all the same")
    }
    return error
  }

  private func verify(_ who: String, _ wanted: [Int]) async throws {
    for attempt in 0..<2 {
      if attempt > 0 { try await account.transport.pause(milliseconds: 2000) }
      guard let share = try await client.shares().first(where: { $0.isFor(who) }) else { continue }
      let has = Set(share.libraries.map(\.id))
      if wanted.allSatisfy(has.contains) { return }
    }
    throw PlexError(.unstable, "plex.tv took the invitation of '\(who)' but does not show it; look at it in Plex")
  }

  /// Takes an invitation back, or ends a share and, when it was the only one, the friendship. The attempt is recorded.
  public func uninvite(_ who: String) async throws -> [Share] {
    let who = who.trimmed.lowercased()
    do {
      let shares = try await client.shares().filter { $0.isFor(who) }
      guard !shares.isEmpty else {
        throw PlexError(.userUnknown, "'\(who)' has neither a share of '\(server.name)' nor an invitation to it")
      }
      for share in shares { try await client.end(share) }
      try record(who, shares.flatMap { $0.libraries.map(\.title) }, .removed, "")
      return shares
    } catch let error as PlexError {
      try record(who, [], Self.outcome(of: error), error.text)
      throw error
    }
  }
}
