/// A server that plex.tv lists for an account, with the addresses that it may be reached at.
public struct DiscoveredServer: Sendable, Hashable {
  public struct Connection: Sendable, Hashable {
    public var uri: String
    public var address: String
    public var port: Int
    public var isLocal: Bool
    public var isRelay: Bool
    public var isIPv6: Bool
  }

  public var name: String
  public var machineIdentifier: String
  public var version: String
  public var isOwned: Bool
  public var publicAddressMatches: Bool
  public var httpsRequired: Bool
  /// Good for this server only; the account's own is refused by servers of others.
  public var token: PlexToken?
  public var connections: [Connection]

  /// Addresses to try, the best first: local, remote, relay; in each https before http, IPv4 before IPv6. Names of
  /// certificates are kept as plex.tv gives them.
  public var candidates: [Candidate] {
    var found: [(rank: Int, candidate: Candidate)] = []
    for connection in connections {
      // Another household's local addresses mean nothing here, unless it is this household.
      if connection.isLocal, !isOwned, !publicAddressMatches { continue }
      let base = connection.isRelay ? 200 : connection.isLocal ? 0 : 100
      let way = connection.isRelay ? Way.relay : connection.isLocal ? .local : .remote
      let isSecure = connection.uri.hasPrefix("https://")
      found.append(
        (base + (isSecure ? 0 : 20) + (connection.isIPv6 ? 1 : 0), Candidate(address: connection.uri, way: way)))
      if isSecure, !connection.isRelay, !httpsRequired, !connection.address.isEmpty {
        let host = connection.isIPv6 ? "[\(connection.address)]" : connection.address
        found.append(
          (base + 20 + (connection.isIPv6 ? 1 : 0), Candidate(address: "http://\(host):\(connection.port)", way: way)))
      }
    }
    return found.sorted { $0.rank < $1.rank }.map(\.candidate)
  }

  public enum Way: String, Sendable, Codable {
    case local, remote, relay
  }

  public struct Candidate: Sendable, Hashable {
    public var address: String
    public var way: Way
  }
}

extension PlexAccount {
  /// Servers that the account may use.
  public func servers() async throws -> [DiscoveredServer] {
    let list = try await read(
      "GET", addresses.main + "/api/v2/resources",
      [("includeHttps", "1"), ("includeRelay", "1"), ("includeIPv6", "1")])
    return list.children.compactMap { resource in
      let provides = (resource.text("provides") ?? "").split(separator: ",")
      guard provides.contains("server"), let machine = resource.text("clientIdentifier") else { return nil }
      let connections = resource.list("connections", of: "connection").compactMap { connection in
        connection.text("uri").map {
          DiscoveredServer.Connection(
            uri: $0, address: connection.text("address") ?? "", port: connection.integer("port") ?? 32400,
            isLocal: connection.flag("local"), isRelay: connection.flag("relay"), isIPv6: connection.flag("IPv6"))
        }
      }
      return DiscoveredServer(
        name: resource.text("name") ?? machine, machineIdentifier: machine,
        version: resource.text("productVersion") ?? "", isOwned: resource.flag("owned"),
        publicAddressMatches: resource.flag("publicAddressMatches"), httpsRequired: resource.flag("httpsRequired"),
        token: resource.text("accessToken").map { PlexToken($0) }, connections: connections)
    }
  }

  /// The best address at which this very server answers: all are tried at once, and the best of those that answer is
  /// taken, not the fastest. Throws `.unreachable` when none does.
  public func best(of server: DiscoveredServer) async throws -> DiscoveredServer.Candidate {
    let candidates = server.candidates
    let answering = await withTaskGroup(of: Int?.self) { group in
      for (rank, candidate) in candidates.enumerated() {
        group.addTask {
          let client = try? ServerClient(
            address: candidate.address, name: server.name, token: nil, identity: identity, transport: transport)
          let facts = try? await client?.identityFacts(timeout: 5)
          return facts?.machineIdentifier == server.machineIdentifier ? rank : nil
        }
      }
      return await group.reduce(into: [Int]()) { found, rank in if let rank { found.append(rank) } }
    }
    guard let rank = answering.min() else {
      throw PlexError(
        .unreachable,
        "'\(server.name)' answers at none of its \(candidates.count) addresses; is it running, and can this machine reach it?"
      )
    }
    return candidates[rank]
  }
}
