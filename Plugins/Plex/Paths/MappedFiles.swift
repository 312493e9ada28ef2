import Glibc
import PlexCatalogue
import PlexServers
public import UsherKit

/// Where the files that media servers name lie on this machine, by the rules of `usher plex paths`. From every thread;
/// what a command changes counts from the next question on.
public final class MappedFiles: Sendable {
  private struct Known {
    var catalogue: Catalogue?
    /// Moves when another program writes.
    var version: Int64?
    var servers: [Server] = []
  }

  private struct Server {
    var mapping: PathMapping
    /// Folders that names may begin in, with the library that is there; nil for a rule's own.
    var roots: [(path: String, library: String?)]
    var libraries: [String]
  }

  private let folder: String
  private let known = Guarded(Known())

  /// No file is looked at for more places than these.
  private static let mostPlaces = 32

  /// Of a data folder, which need not have a catalogue yet.
  public init(folder: String) { self.folder = folder }

  /// Where the file may lie that some server calls `name`: in full, or below a folder of a library. Nothing when no rule
  /// fits.
  public func places(of name: String) -> [LocalFile] {
    guard (1...4096).contains(name.utf8.count) else { return [] }
    return known.withLock { known in
      refresh(&known)
      var found: [LocalFile] = []
      for place in known.servers.flatMap({ Self.places(of: name, $0) }) where !found.contains(place) {
        found.append(place)
        if found.count == Self.mostPlaces { break }
      }
      return found
    }
  }

  private static func places(of name: String, _ server: Server) -> [LocalFile] {
    let whole = ([nil] + server.libraries.map(Optional.some)).map { server.mapping.map(name, library: $0) }
    let below = server.roots.map { root in
      let separator = root.path.contains("\\") ? "\\" : "/"
      let rest = name.drop { $0 == "/" || $0 == "\\" }
      return server.mapping.map(root.path + separator + rest, library: root.library)
    }
    return (whole + below).compactMap { mapped in
      guard case .mapped(let path, let rule) = mapped else { return nil }
      return LocalFile(folder: rule.local, path: path)
    }
  }

  /// Reads the rules when they may be others than before. A catalogue that cannot be read has no rules.
  private func refresh(_ known: inout Known) {
    do {
      if known.catalogue == nil {
        guard access(folder + "/" + Catalogue.fileName, R_OK) == 0 else { return }
        known.catalogue = try Catalogue(reading: folder)
      }
      guard let catalogue = known.catalogue else { return }
      let version = try catalogue.database.integer("PRAGMA data_version")
      guard version != known.version else { return }
      known.servers = try Self.servers(catalogue)
      known.version = version
    } catch {
      known = Known()
    }
  }

  private static func servers(_ catalogue: Catalogue) throws(PlexError) -> [Server] {
    let rules = try catalogue.pathRules()
    return try Set(rules.map(\.server)).sorted().map { server throws(PlexError) in
      let own = rules.filter { $0.server == server }
      let libraries = try catalogue.libraries(server: server)
      return Server(
        mapping: PathMapping(own),
        roots: libraries.flatMap { library in library.roots.map { ($0, library.uuid) } }
          + own.map { ($0.prefix, $0.library) },
        libraries: libraries.map(\.uuid))
    }
  }
}
