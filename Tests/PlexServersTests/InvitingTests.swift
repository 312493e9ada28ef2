import PlexCatalogue
import PlexServers
import PlexSharing
import TestSupport
import Testing

/// Invitations, by the new interface of plex.tv and by the old one.
final class SharingDesk {
  let server: FakePlexServer
  let fake: FakePlexTV
  let wire = Wire()
  let folder: ScratchFolder
  let log: InvitationLog

  init() throws {
    server = try FakePlexServer()
    server.addMovies(1)
    server.addShows(1, episodes: 1)
    fake = try FakePlexTV()
    fake.add(server)
    fake.add(.init(id: 2, username: "friend", email: "friend@example.org"))
    folder = try ScratchFolder()
    log = InvitationLog(try Catalogue(folder: folder.path))
  }

  deinit {
    server.stop()
    fake.stop()
  }

  func account() throws -> PlexAccount {
    try PlexAccount(
      token: PlexToken(fake.token), identity: identity, transport: wire,
      addresses: PlexTVAddresses(main: fake.url, clients: fake.url))
  }

  var known: KnownServer {
    KnownServer(
      name: "Fake", machineIdentifier: server.machineIdentifier, address: server.url, way: .local, isOwned: true,
      token: PlexToken(server.ownerToken))
  }

  func libraries() async throws -> [PlexLibrary] {
    try await ServerClient(
      address: server.url, name: "Fake", token: PlexToken(server.ownerToken), identity: identity, transport: wire
    ).libraries()
  }

  func invite(_ who: String, _ titles: [String], _ settings: ShareSettings = .standard) async throws
    -> InvitationOutcome
  {
    let there = try await libraries()
    return try await Inviting(account(), known, log: log).invite(
      who, to: there.filter { titles.contains($0.title) }, of: there, settings: settings)
  }

  func client() throws -> SharingClient { SharingClient(try account(), machineIdentifier: server.machineIdentifier) }
}

@Suite struct InvitingTests {
  /// Ways of plex.tv: the new interface, and the old one when the new is retired or unknown.
  enum Way: CaseIterable {
    case new, retired, unknown

    func apply(_ fake: FakePlexTV) {
      fake.misbehave { ($0.newSharesAreGone, $0.newSharesAreUnknown) = (self == .retired, self == .unknown) }
    }
  }

  @Test(arguments: Way.allCases) func aFriendGetsTheLibrariesByPlexTVsOwnNumbers(_ way: Way) async throws {
    let desk = try SharingDesk()
    way.apply(desk.fake)
    #expect(try await desk.invite("  Friend ", ["Movies"]) == .invited)
    let share = try #require(desk.fake.shares.first)
    #expect(share.libraries == [900_017] && share.userID == 2 && !share.isAccepted)
    let pending = try await desk.client().shares()
    #expect(pending.map(\.who) == ["friend"] && pending.map(\.isAccepted) == [false])
    #expect(pending.first?.libraries.map(\.title) == ["Movies"])
  }

  @Test(arguments: Way.allCases) func whatTheyHadStays(_ way: Way) async throws {
    let desk = try SharingDesk()
    way.apply(desk.fake)
    var settings = ShareSettings.standard
    settings.allowances["allowSync"] = true
    settings.filters["filterMovies"] = "contentRating=G%2CPG"
    _ = try await desk.invite("friend", ["Movies"], settings)
    desk.fake.acceptInvitations()
    #expect(try await desk.invite("friend@example.org", ["TV Shows"]) == .widened)
    let share = try #require(desk.fake.shares.first)
    #expect(desk.fake.shares.count == 1 && share.libraries == [900_017, 900_034])
    #expect(share.settings["filterMovies"] == "contentRating=G%2CPG")
    #expect(["true", "1"].contains(share.settings["allowSync"] ?? ""))
  }

  @Test func everyReasonIsToldApartAndRecorded() async throws {
    let desk = try SharingDesk()
    func kind(_ who: String, _ titles: [String] = ["Movies"]) async throws -> PlexError.Kind? {
      do {
        _ = try await desk.invite(who, titles)
        return nil
      } catch let error as PlexError {
        return error.kind
      }
    }
    #expect(try await kind("OWNER@example.org") == .ownAccount)
    #expect(try await kind("owner") == .ownAccount)
    #expect(try await kind("nobody") == .userUnknown)
    #expect(try await kind("friend", []) == .needsDecision)
    #expect(try await kind("friend") == nil)
    #expect(try await kind("friend") == .alreadyInvited)
    desk.fake.acceptInvitations()
    #expect(try await kind("friend") == .alreadyShared)
    #expect(try await kind("new@example.org") == nil)
    let outcomes = try desk.log.entries().map(\.outcome)
    #expect(
      outcomes.reversed() == [
        "ownAccount", "ownAccount", "userUnknown", "failed", "invited", "alreadyInvited", "alreadyShared", "invited",
      ])
    #expect(try desk.log.entries().allSatisfy { $0.at > 1_700_000_000_000 })
    #expect(try desk.log.counts().first { $0.outcome == "invited" }?.count == 2)
  }

  @Test func noListOfLibrariesIsEverEmpty() async throws {
    let desk = try SharingDesk()
    desk.fake.misbehave { $0.missingLibraries = 1 }
    let error = await #expect(throws: PlexError.self) { try await desk.invite("friend", ["TV Shows"]) }
    #expect(error?.kind == .unstable && error?.text.contains("'TV Shows'") == true)
    #expect(desk.fake.shares.isEmpty)
    let bodies = desk.fake.requests.filter { $0.method != "GET" }
    #expect(bodies.isEmpty)
  }

  @Test func aShareThatWasNotKeptIsNoSuccess() async throws {
    let desk = try SharingDesk()
    desk.fake.misbehave { $0.losesShares = true }
    let error = await #expect(throws: PlexError.self) { try await desk.invite("friend", ["Movies"]) }
    #expect(error?.kind == .unstable)
  }

  @Test func anInterfaceThatIsGoneIsUnknownNotEmpty() async throws {
    let desk = try SharingDesk()
    desk.fake.misbehave { $0.newSharesAreGone = true }
    #expect(try await desk.client().shares() == [])
    let elsewhere = SharingClient(try desk.account(), machineIdentifier: "unknown")
    await #expect(throws: PlexError.self) { try await elsewhere.shares() }
  }

  @Test(arguments: Way.allCases) func anInvitationIsTakenBackAndAShareEnded(_ way: Way) async throws {
    let desk = try SharingDesk()
    way.apply(desk.fake)
    let inviting = Inviting(try desk.account(), desk.known, log: desk.log)
    _ = try await desk.invite("friend", ["Movies"])
    #expect(try await inviting.uninvite("FRIEND").count == 1)
    #expect(desk.fake.shares.isEmpty)
    let error = await #expect(throws: PlexError.self) { try await inviting.uninvite("friend") }
    #expect(error?.kind == .userUnknown)
  }

  @Test func friendsWithoutAShareAreListedToo() async throws {
    let desk = try SharingDesk()
    desk.fake.befriend(.init(id: 3, username: "other", email: "other@example.org"))
    #expect(try await desk.client().friends().map(\.username) == ["other"])
  }
}
