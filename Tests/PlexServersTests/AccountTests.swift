import Foundation
import TestSupport
import Testing
import UsherKit

@testable import PlexServers

/// Signing in, finding servers, and keeping tokens to ourselves.
@Suite struct AccountTests {
  private func account(_ fake: FakePlexTV, _ wire: Wire, token: String? = nil) throws -> PlexAccount {
    try PlexAccount(
      token: token.map { PlexToken($0) }, identity: identity, transport: wire,
      addresses: PlexTVAddresses(main: fake.url, clients: fake.url))
  }

  @Test func aCodeSignsInOnceTheUserTypedIt() async throws {
    let fake = try FakePlexTV()
    defer { fake.stop() }
    let account = try account(fake, Wire())
    let pin = try await account.makePin()
    #expect(pin.code.count == 4)
    #expect(try await account.token(for: pin) == nil)
    fake.grantPins()
    #expect(try await account.waitForToken(pin).secret == fake.token)
    let identifiers = Set(fake.requests.compactMap { $0.headers["x-plex-client-identifier"] })
    #expect(identifiers == ["usher-test"])
  }

  @Test func aVoidCodeAndOneThatNobodyTypedEnd() async throws {
    let fake = try FakePlexTV()
    defer { fake.stop() }
    let wire = Wire()
    let account = try account(fake, wire)
    let pin = try await account.makePin()
    let late = await #expect(throws: PlexError.self) { try await account.waitForToken(pin) }
    #expect(late?.text.contains("not used in time") ?? false)
    #expect(wire.pauses.allSatisfy { $0 >= 2000 })
    fake.expirePins()
    let void = await #expect(throws: PlexError.self) { try await account.token(for: pin) }
    #expect(void?.kind == .notFound)
  }

  @Test func tooManyQuestionsAreWaitedOutOnce() async throws {
    let fake = try FakePlexTV()
    defer { fake.stop() }
    let wire = Wire()
    let account = try account(fake, wire, token: fake.token)
    fake.misbehave { $0.throttled = 1 }
    #expect(try await account.user().username == "owner")
    #expect(wire.pauses == [1000])
    fake.misbehave { $0.throttled = 2 }
    let error = await #expect(throws: PlexError.self) { try await account.user() }
    #expect(error?.kind == .rateLimited)
  }

  @Test func aVoidTokenIsToldApart() async throws {
    let fake = try FakePlexTV()
    defer { fake.stop() }
    let error = await #expect(throws: PlexError.self) { try await account(fake, Wire(), token: "void").user() }
    #expect(error?.kind == .unauthorized)
  }

  @Test func theBestAddressIsTakenNotTheFirst() async throws {
    let server = try FakePlexServer()
    let fake = try FakePlexTV()
    defer {
      server.stop()
      fake.stop()
    }
    fake.add(
      FakePlexTV.Resource(
        name: "Fake", machineIdentifier: server.machineIdentifier, accessToken: "server-token",
        connections: [
          .init(uri: server.url, address: "127.0.0.1", port: Int(server.port), isLocal: false, isRelay: true),
          .init(uri: server.url + "/", address: "127.0.0.1", port: Int(server.port), isLocal: false),
          .init(uri: "http://127.0.0.1:9", address: "127.0.0.1", port: 9, isLocal: true),
        ]))
    let account = try account(fake, Wire(), token: fake.token)
    let found = try #require(try await account.servers().first)
    #expect(found.token?.secret == "server-token")
    #expect(found.candidates.map(\.way) == [.local, .remote, .relay])
    #expect(try await account.best(of: found).way == .remote)
    server.misbehave { $0.machineIdentifier = "another" }
    let error = await #expect(throws: PlexError.self) { try await account.best(of: found) }
    #expect(error?.kind == .unreachable)
  }

  @Test func secureNamesOfCertificatesAreKeptAndComeFirst() {
    let secure = DiscoveredServer.Connection(
      uri: "https://192-168-1-5.0123456789abcdef0123456789abcdef.plex.direct:32400", address: "192.168.1.5",
      port: 32400,
      isLocal: true, isRelay: false, isIPv6: false)
    var server = DiscoveredServer(
      name: "S", machineIdentifier: "m", version: "", isOwned: true, publicAddressMatches: true, httpsRequired: false,
      token: nil, connections: [secure])
    #expect(server.candidates.map(\.address) == [secure.uri, "http://192.168.1.5:32400"])
    server.httpsRequired = true
    #expect(server.candidates.map(\.address) == [secure.uri])
    (server.isOwned, server.publicAddressMatches) = (false, false)
    #expect(server.candidates.isEmpty)
  }

  @Test func tokensAreReadableByTheirOwnerOnly() throws {
    let folder = try ScratchFolder()
    var book = try ServerBook.load(from: folder.path)
    book.accountToken = PlexToken("very-secret")
    book.keep(
      KnownServer(
        name: "A", machineIdentifier: "m", address: "http://x", way: .local, isOwned: true,
        token: PlexToken("other-secret")))
    try book.save(to: folder.path)
    let path = folder.path + "/" + ServerBook.fileName
    let rights = { try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int }
    #expect(try rights() == 0o600)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    #expect(try ServerBook.load(from: folder.path) == book)
    #expect(try rights() == 0o600)
    #expect(!"\(book) \(String(reflecting: book))".contains("secret"))
    #expect(try ServerBook.load(from: folder.path).clientIdentifier == book.clientIdentifier)
  }

  @Test func aBrokenBookSaysWhichFile() throws {
    let folder = try ScratchFolder()
    try "{".write(toFile: folder.path + "/servers.json", atomically: true, encoding: .utf8)
    let error = #expect(throws: PlexError.self) { try ServerBook.load(from: folder.path) }
    #expect(error?.text.contains("servers.json") ?? false)
  }

  @Test func errorsNeverShowTokens() {
    let text = PlexError(
      .unreachable, "GET http://x/y?x-plex-token=abc123&z=1 failed, accessToken=\"def456\" token=ghi789"
    ).text
    #expect(!text.contains("abc123") && !text.contains("def456") && !text.contains("ghi789"))
    #expect(text.contains("z=1"))
  }
}

/// The three verdicts of a test.
@Suite struct ServerTestTests {
  @Test func reachableAuthorisedAndOwnerAreApart() async throws {
    let fake = try FakePlexServer()
    defer { fake.stop() }
    fake.addMovies(1)
    fake.share(with: "friend-token", sections: [1])
    func verdict(_ token: String, _ machine: String? = nil) async throws -> [ServerVerdict.Answer] {
      let client = try ServerClient(
        address: fake.url + "/", name: "Fake", token: PlexToken(token), identity: identity, transport: Wire())
      let verdict = try await client.test(expecting: machine)
      #expect(!verdict.sentences.isEmpty)
      return [verdict.reachable, verdict.authorised, verdict.owner]
    }
    #expect(try await verdict(fake.ownerToken) == [.yes, .yes, .yes])
    #expect(try await verdict("friend-token") == [.yes, .yes, .no])
    #expect(try await verdict("wrong") == [.yes, .no, .unknown])
    #expect(try await verdict(fake.ownerToken, "another") == [.no, .unknown, .unknown])
    fake.misbehave { $0.answersHTML = true }
    #expect(try await verdict(fake.ownerToken) == [.no, .unknown, .unknown])
  }

  @Test func theTokenIsInTheHeaderAndNowhereElse() async throws {
    let fake = try FakePlexServer()
    defer { fake.stop() }
    let client = try ServerClient(
      address: fake.url, name: "Fake", token: PlexToken(fake.ownerToken), identity: identity, transport: Wire())
    _ = try await client.identityFacts()
    _ = try await client.libraries()
    #expect(fake.requests.allSatisfy { !$0.query.contains(fake.ownerToken) })
    #expect(fake.requests.map { $0.headers["x-plex-token"] } == [nil, fake.ownerToken])
  }

  @Test(arguments: ["ftp://x", "http://x/?X-Plex-Token=y", "http://user@x", ""])
  func anAddressThatIsNoneIsRefused(_ address: String) {
    #expect(throws: PlexError.self) {
      try ServerClient(address: address, name: "", token: nil, identity: identity, transport: Wire())
    }
  }
}
