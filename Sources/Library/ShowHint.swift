import MetadataModel
import TitleMatching

/// A show that a season or an episode may belong to.
struct ShowHint: Hashable, Sendable {
  var title: String
  /// Only when the name itself says so: a season's or an episode's year is not the show's (protocol §2.1).
  var year: Int?
  /// Ids that stand on the show's folder.
  var externalIDs: ExternalIDs?

  /// What `request` says of the show of a season or an episode, the surest first.
  ///
  /// Plex sends a season with its show's title alone, so that two shows of one name could not be told apart; but the
  /// show's folder stands in the file's path, and people write the year there.
  static func all(from request: MatchRequest) -> [ShowHint] {
    let ids = request.kind == .season ? request.externalIDs : request.parsedName?.ids
    var others = (request.alternativeTitles ?? []).map { ShowHint(title: $0, year: request.parsedName?.year) }
    guard let title = request.showTitle, !title.isEmpty else {
      // Only the file's name tells of the show.
      if !others.isEmpty { others[0].externalIDs = ids }
      return others
    }
    let year = FoldedTitle.split(title).year ?? folderYear(of: title, in: request.file ?? "")
    let named = year.map { [ShowHint(title: title, year: $0, externalIDs: ids)] } ?? []
    return named + [ShowHint(title: title, year: nil, externalIDs: ids)] + others
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
