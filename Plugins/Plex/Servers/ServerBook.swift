import FoundationEssentials
import Glibc
import UsherKit

/// A server that the user connected.
public struct KnownServer: Sendable, Hashable, Codable {
  /// What the user calls it.
  public var name: String
  public var machineIdentifier: String
  public var address: String
  public var way: DiscoveredServer.Way
  public var isOwned: Bool
  public var token: PlexToken?

  public init(
    name: String, machineIdentifier: String, address: String, way: DiscoveredServer.Way, isOwned: Bool,
    token: PlexToken?
  ) {
    self.name = name
    self.machineIdentifier = machineIdentifier
    self.address = address
    self.way = way
    self.isOwned = isOwned
    self.token = token
  }
}

/// The servers and tokens that the user connected, in a file that only its owner may read.
public struct ServerBook: Sendable, Codable, Hashable {
  /// The same for the life of this installation: plex.tv lists it among the user's devices.
  public var clientIdentifier: String
  public var accountToken: PlexToken?
  public var servers: [KnownServer]

  public static let fileName = "servers.json"

  /// What the folder holds; a new book with an identifier of its own when it holds none. A file that others could
  /// read is closed to them.
  public static func load(from folder: String) throws(PlexError) -> ServerBook {
    let path = folder + "/" + fileName
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else {
      guard errno == ENOENT else { throw PlexError(.badRequest, "\(path) cannot be read: error \(errno)") }
      return ServerBook(clientIdentifier: "usher-" + UUID().uuidString.lowercased(), accountToken: nil, servers: [])
    }
    defer { close(descriptor) }
    fchmod(descriptor, 0o600)
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while case let count = read(descriptor, &chunk, chunk.count), count > 0 { bytes += chunk[..<count] }
    do {
      return try JSONCoding.decode(ServerBook.self, from: bytes)
    } catch {
      throw PlexError(
        .unreadable, "\(path) cannot be understood (\(JSONCoding.path(of: error))); remove it and connect again")
    }
  }

  /// Writes the book in one step: a crash leaves the old one.
  public func save(to folder: String) throws(PlexError) {
    let path = folder + "/" + Self.fileName
    let part = path + ".\(getpid()).new"
    let bytes: [UInt8]
    do { bytes = try JSONCoding.encode(self) } catch { throw PlexError(.badRequest, "the servers cannot be written") }
    unlink(part)
    let descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw PlexError(.badRequest, "\(part) cannot be made: error \(errno)") }
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      sent += count
    }
    let isWhole = sent == bytes.count && fsync(descriptor) == 0
    close(descriptor)
    guard isWhole, rename(part, path) == 0 else {
      unlink(part)
      throw PlexError(.badRequest, "\(path) cannot be written: error \(errno)")
    }
  }

  /// Adds a server, or puts it in the place of the same one.
  public mutating func keep(_ server: KnownServer) {
    if let place = servers.firstIndex(where: { $0.machineIdentifier == server.machineIdentifier }) {
      servers[place] = server
    } else {
      servers.append(server)
    }
  }

  /// The server of that name or identifier, or the only one. Throws a sentence that lists what there is.
  public func server(_ name: String?) throws(PlexError) -> KnownServer {
    guard !servers.isEmpty else {
      throw PlexError(.notFound, "no server is connected; begin with 'usher plex connect'")
    }
    let names = servers.map { "'\($0.name)'" }.joined(separator: ", ")
    guard let name else {
      guard servers.count == 1 else {
        throw PlexError(.needsDecision, "several servers are connected, say which one with its name: \(names)")
      }
      return servers[0]
    }
    let found = servers.filter { $0.machineIdentifier == name || $0.name.lowercased() == name.lowercased() }
    guard let server = found.first else {
      throw PlexError(.notFound, "no server '\(name)' is connected; there are \(names)")
    }
    guard found.count == 1 else {
      throw PlexError(.needsDecision, "several servers are called '\(name)'; say its identifier instead")
    }
    return server
  }
}
