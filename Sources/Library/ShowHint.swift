import MetadataModel
import TitleMatching

/// A show that a season or an episode may belong to.
struct ShowHint: Hashable, Sendable {
  var title: String
  /// Only when the name itself says so: a season's or an episode's year is not the show's (protocol §2.1).
  var year: Int?

  /// What `request` says of the show of a season or an episode, the surest first.
  ///
  /// Plex sends a season with its show's title alone, so that two shows of one name could not be told apart; but the
  /// show's folder stands in the file's path, and people write the year there.
  static func all(from request: MatchRequest) -> [ShowHint] {
    guard let title = request.showTitle, !title.isEmpty else { return [] }
    let year = FoldedTitle.split(title).year ?? folderYear(of: title, in: request.file ?? "")
    let plain = ShowHint(title: title, year: nil)
    return year.map { [ShowHint(title: title, year: $0), plain] } ?? [plain]
  }

  /// The year in the name of the folder that is called like the show: 2014 in "Harbor Lights (2014)/Season 01/x.mkv".
  private static func folderYear(of title: String, in path: String) -> Int? {
    let wanted = FoldedTitle(FoldedTitle.split(title).base).strict
    let folders = path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).dropLast().suffix(maximumFolders)
    for folder in folders.reversed() where folder.utf8.count <= maximumFolderBytes {
      let parts = FoldedTitle.split(String(folder))
      if let year = parts.year, FoldedTitle(parts.base).strict == wanted { return year }
    }
    return nil
  }

  /// A path comes from outside: only so much of it is looked at.
  private static let maximumFolders = 8
  private static let maximumFolderBytes = 300
}
