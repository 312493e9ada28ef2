import UsherKit

/// Where a media server may have the files of a work: the folders and the name that its NFO stands for.
struct MediaPlace: Sendable {
  /// Lower-case names, the configured folder's own first.
  let folders: [String]
  /// The media file's name without its ending; nil when everything in the folder belongs to the work.
  let stem: String?
  /// How many of the names are below the configured folder.
  private let depth: Int

  init(_ file: NFOFile, in folder: String, isWholeFolder: Bool) {
    folders = Self.names(folder) + file.folders.map { $0.lowercased() }
    stem = isWholeFolder ? nil : file.stem.lowercased()
    depth = file.folders.count + (isWholeFolder ? 0 : 1)
  }

  /// How many names, from the end on, a media file's path has in common with this place; nil when it is another's.
  /// The two machines may see the folders under different roots, so the beginning does not count.
  func agreement(with path: [String]) -> Int? {
    guard let name = path.last, depth > 0 else { return nil }
    if let stem {
      guard Self.stem(name) == stem else { return nil }
      let shared = 1 + Self.common(folders, Array(path.dropLast()))
      return shared >= min(2, depth) ? shared : nil
    }
    // A show's files lie in folders below its own; a server may also tell the folder itself.
    let best = (1...path.count).map { Self.common(folders, Array(path.prefix($0))) }.max() ?? 0
    return best > 0 ? best : nil
  }

  /// The lower-case names of a path of Linux or Windows.
  static func names(_ path: String) -> [String] {
    path.lowercased().split { $0 == "/" || $0 == "\\" }.map(String.init).filter { $0 != "." }
  }

  private static func stem(_ name: String) -> String {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }

  private static func common(_ left: [String], _ right: [String]) -> Int {
    zip(left.reversed(), right.reversed()).prefix { $0 == $1 }.count
  }
}

/// Titles in the form in which they are compared: lower case, letters and digits, one space between words.
enum LocalTitle {
  static func folded(_ title: String) -> String {
    title.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
  }

  /// All names that an item goes by, folded.
  static func names(_ item: MediaItem) -> Set<String> {
    let others = [item.originalTitle, item.sortTitle].compactMap { $0 } + item.alternativeTitles
    return Set(([item.title] + others).map(folded)).filter { !$0.isEmpty }
  }

  /// Without the "(1922)" at its end that file names carry.
  static func withoutYear(_ title: String) -> String {
    let parts = title.trimmed.split(separator: " ")
    guard parts.count > 1, let last = parts.last, last.utf8.count == 6, last.hasPrefix("("), last.hasSuffix(")"),
      last.dropFirst().dropLast().allSatisfy({ $0.isASCII && $0.isNumber })
    else { return title }
    return parts.dropLast().joined(separator: " ")
  }
}

extension LocalIndex {
  /// Works that fit, the surest first: this very item, one with an id in common, the NFO beside the file, the title.
  func candidates(_ request: MatchRequest) -> [Candidate] {
    let known = works.filter { $0.id.kind == request.kind }
    var found = known.filter { $0.id == request.id }.map { (id: $0.id, score: 1.0) }
    if let ids = request.externalIDs {
      found += known.filter { $0.externalIDs.shares(anyWith: ids) }.map { (id: $0.id, score: 1.0) }
    }
    if found.isEmpty || request.manual == true {
      found += besideFile(request, known).map { (id: $0, score: 0.9) } + titled(request, known)
    }
    var seen: Set<ItemID> = []
    return found.filter { seen.insert($0.id).inserted }.compactMap { hit in
      items[hit.id].map { candidate($0, hit.score) }
    }
  }

  private func besideFile(_ request: MatchRequest, _ known: [Work]) -> [ItemID] {
    guard let path = request.file.map(MediaPlace.names), !path.isEmpty else { return [] }
    let rated = known.compactMap { work in
      work.places.compactMap { $0.agreement(with: path) }.max().map { (agreement: $0, id: work.id) }
    }
    let best = rated.map(\.agreement).max()
    return rated.filter { $0.agreement == best }.map(\.id)
  }

  private func titled(_ request: MatchRequest, _ known: [Work]) -> [(id: ItemID, score: Double)] {
    guard let title = request.title ?? request.showTitle else { return [] }
    let asked = Set([title, LocalTitle.withoutYear(title)].map(LocalTitle.folded)).filter { !$0.isEmpty }
    var equal: [(id: ItemID, score: Double)] = []
    var similar: [(id: ItemID, score: Double)] = []
    for work in known {
      if !work.names.isDisjoint(with: asked) {
        equal.append((work.id, 0.8))
      } else if request.manual == true, work.names.contains(where: { name in asked.contains { name.contains($0) } }) {
        similar.append((work.id, 0.4))
      }
    }
    return equal + similar
  }

  private func candidate(_ item: MediaItem, _ score: Double) -> Candidate {
    var candidate = Candidate(id: item.id, title: item.title, year: item.year)
    candidate.originalTitle = item.originalTitle
    candidate.alternativeTitles = item.alternativeTitles.isEmpty ? nil : item.alternativeTitles
    candidate.released = item.released
    candidate.summary = item.summary
    candidate.poster = item.firstArtwork(.coverPoster)
    candidate.externalIDs = item.externalIDs.isEmpty ? nil : item.externalIDs
    candidate.score = score
    return candidate
  }
}
