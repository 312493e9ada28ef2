import FoundationEssentials
import UsherKit

/// The index of the configured folders, kept in memory and looked after when it is asked for.
///
/// Its functions read files, so they block: they run on threads that the host lends.
actor LocalLibrary {
  /// Seconds for which the folders are not looked at again.
  static let checkInterval: Int64 = 60

  /// What a file said, or nothing where it is not usable.
  private struct Reading {
    let stamp: NFOFile.Stamp
    let items: [NFOItem]
  }

  private let folders: [String]
  private var readings: [String: Reading] = [:]
  /// The last good listing of each folder: one that is gone for a while (a share, a disk) keeps its items.
  private var listings: [String: [NFOFile]] = [:]
  private var problems: Set<String> = []
  private var index = LocalIndex(folders: [])
  private var checked: Int64?

  /// Sorted, so that the order in the configuration changes no id.
  init(folders: [String]) {
    self.folders = Set(folders.map(Self.plain).filter { !$0.isEmpty }).sorted()
  }

  /// The folders that could never be read: an item missing from the index may well be in one of them.
  var unreadable: [String] { folders.filter { listings[$0] == nil } }

  /// The index, made anew when it is older than a minute and a file has come, gone or changed. Throws `.cancelled` when
  /// nobody waits any more; what was read by then is kept.
  func current(_ host: HostContext) throws -> LocalIndex {
    let now = host.nowMilliseconds
    if let checked, checked <= now, now - checked < Self.checkInterval * 1000 { return index }
    var hasChanged = checked == nil
    var seen: Set<String> = []
    for folder in folders {
      do {
        let listing = try NFOFolder(path: folder).list { host.isCancelled }
        report(listing.problems, host)
        hasChanged = hasChanged || listings[folder] != listing.files
        listings[folder] = listing.files
      } catch let error as PluginError where error.kind == .unavailable {
        report([error.text], host)
      }
      for file in listings[folder] ?? [] {
        if host.isCancelled { throw PluginError(.cancelled, "nobody waits for the folder '\(folder)' any more") }
        seen.insert(file.path)
        if readings[file.path]?.stamp != file.stamp { readings[file.path] = read(file, host) }
      }
    }
    if hasChanged {
      readings = readings.filter { seen.contains($0.key) }
      index = LocalIndex(
        folders: folders.map { folder in
          LocalIndex.Folder(
            path: folder, files: (listings[folder] ?? []).map { ($0, readings[$0.path]?.items ?? []) })
        })
      report(index.problems, host)
    }
    checked = now
    return index
  }

  private func read(_ file: NFOFile, _ host: HostContext) -> Reading {
    do {
      guard file.stamp.size <= NFODocument.maximumSize else { throw NFOError(description: "is larger than 4 MiB") }
      guard let data = FileManager.default.contents(atPath: file.path) else {
        throw NFOError(description: "cannot be read")
      }
      return Reading(stamp: file.stamp, items: try NFOItem.items(try NFODocument.roots([UInt8](data))))
    } catch {
      host.log(.warning, "\(file.path) is left out: it \(error)")
      return Reading(stamp: file.stamp, items: [])
    }
  }

  /// Each sentence once, not every minute.
  private func report(_ sentences: [String], _ host: HostContext) {
    for sentence in sentences where problems.insert(sentence).inserted { host.log(.warning, sentence) }
  }

  private static func plain(_ folder: String) -> String {
    var folder = folder.trimmed
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    return folder
  }
}
