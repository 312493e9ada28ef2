import FoundationEssentials
import UsherKit

/// An NFO file as a folder's listing shows it.
struct NFOFile: Sendable, Hashable {
  /// When and how large: a file is read again when this differs.
  struct Stamp: Sendable, Hashable {
    let modified: Date
    let size: Int
  }

  /// Names of the folders below the configured one, then the file's.
  let components: [String]
  let path: String
  let stamp: Stamp

  /// Names of the folders below the configured one.
  var folders: [String] { Array(components.dropLast()) }
  var name: String { components.last ?? "" }
  /// The name without `.nfo`.
  var stem: String { String(name.dropLast(4)) }
}

/// Finds the NFO files of a configured folder.
struct NFOFolder {
  /// Levels of folders below the configured one, and entries seen in all, that are looked at.
  static let maximumDepth = 6
  static let maximumEntries = 200_000

  /// As configured: absolute, or relative to the working directory.
  let path: String

  /// What a walk through the folder found.
  struct Listing: Sendable {
    /// By path.
    var files: [NFOFile] = []
    /// Sentences about what had to be left out.
    var problems: [String] = []
  }

  /// Walks through the folder. Blocks. Links to folders are not followed, links to files only inside the folder, and
  /// hidden names are passed over. Throws when the folder itself cannot be read, or when `isCancelled` says so.
  func list(isCancelled: () -> Bool) throws -> Listing {
    let files = FileManager.default
    guard let top = try? files.contentsOfDirectory(atPath: path) else {
      throw PluginError(.unavailable, "folder '\(path)' cannot be read: it must exist and be readable")
    }
    let real = URL(filePath: path).resolvingSymlinksInPath().path
    var listing = Listing()
    var entries = 0
    var waiting: [(names: [String], folder: [String])] = [(top, [])]
    while let (names, folder) = waiting.popLast() {
      if isCancelled() { throw PluginError(.cancelled, "nobody waits for the folder '\(path)' any more") }
      for name in names.sorted() where !name.hasPrefix(".") {
        entries += 1
        guard entries <= Self.maximumEntries else {
          listing.problems.append("folder '\(path)' has more than \(Self.maximumEntries) entries: the rest is left out")
          return Self.sorted(listing)
        }
        let components = folder + [name]
        let full = path + "/" + components.joined(separator: "/")
        if name.lowercased().hasSuffix(".nfo") {
          if let stamp = stamp(full, inside: real) {
            listing.files.append(NFOFile(components: components, path: full, stamp: stamp))
          }
        } else if components.count <= Self.maximumDepth, isFolder(full) {
          if let below = try? files.contentsOfDirectory(atPath: full) {
            waiting.append((below, components))
          } else {
            listing.problems.append("folder '\(full)' cannot be read: it is left out")
          }
        }
      }
    }
    return Self.sorted(listing)
  }

  private static func sorted(_ listing: Listing) -> Listing {
    var listing = listing
    listing.files.sort { $0.path < $1.path }
    return listing
  }

  private func isFolder(_ path: String) -> Bool {
    var isDirectory = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory else { return false }
    return (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) == nil
  }

  /// Nil for everything but a regular file inside the folder.
  private func stamp(_ path: String, inside real: String) -> NFOFile.Stamp? {
    guard var attributes = try? FileManager.default.attributesOfItem(atPath: path) else { return nil }
    if attributes[.type] as? FileAttributeType == .typeSymbolicLink {
      let target = URL(filePath: path).resolvingSymlinksInPath().path
      guard target.hasPrefix(real.hasSuffix("/") ? real : real + "/"),
        let ofTarget = try? FileManager.default.attributesOfItem(atPath: target)
      else { return nil }
      attributes = ofTarget
    }
    guard attributes[.type] as? FileAttributeType == .typeRegular,
      let modified = attributes[.modificationDate] as? Date,
      let size = attributes[.size] as? UInt
    else { return nil }
    return NFOFile.Stamp(modified: modified, size: Int(clamping: size))
  }
}
