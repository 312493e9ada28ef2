/// A film, show, season or episode of a fake media server.
public struct FakePlexItem: Sendable {
  /// Plex's numbers of the types.
  public enum Kind: Int, Sendable, CaseIterable {
    case movie = 1
    case show, season, episode

    public var name: String {
      switch self {
      case .movie: "movie"
      case .show: "show"
      case .season: "season"
      case .episode: "episode"
      }
    }
  }

  /// One version of the film: its files.
  public struct Media: Sendable {
    public var id: Int
    public var parts: [Part]
    public init(id: Int, parts: [Part]) { (self.id, self.parts) = (id, parts) }
  }

  public struct Part: Sendable {
    public var id: Int
    public var file: String
    public var size: Int
    public init(id: Int, file: String, size: Int) { (self.id, self.file, self.size) = (id, file, size) }
  }

  public var key: Int
  public var kind: Kind
  public var title: String
  public var guid: String
  public var guids: [String] = []
  public var year: Int?
  public var index: Int?
  public var parent: Int?
  public var grandparent: Int?
  public var addedAt = 1_700_000_000
  public var updatedAt: Int? = 1_700_000_100
  public var deletedAt: Int?
  public var duration: Int?
  public var summary = ""
  public var released: String?
  public var media: [Media] = []

  public init(key: Int, kind: Kind, title: String, guid: String) {
    (self.key, self.kind, self.title, self.guid) = (key, kind, title, guid)
  }
}

/// What of a row a client does not want to have.
struct FakeRowOptions: Hashable, Sendable {
  var includesGuids = false
  var leavesOutTexts = false
  var leavesOutPeople = false
  /// Key and title of the library, which only an item's own document repeats in its row.
  var sectionKey: Int?
  var sectionTitle: String?
}

extension FakePlexItem {
  /// The row as Plex lists it; `family` gives the show and the season of an episode.
  func element(_ options: FakeRowOptions, parent: FakePlexItem?, grandparent: FakePlexItem?, leaves: (Int, Int)?)
    -> FakeElement
  {
    var row: [(String, FakeElement.Value?)] = [
      ("ratingKey", .text(String(key))),
      ("key", .text("/library/metadata/\(key)" + (kind == .show || kind == .season ? "/children" : ""))),
      ("guid", .text(guid)), ("type", .text(kind.name)), ("title", .text(title)),
    ]
    for (prefix, relative) in [("parent", parent), ("grandparent", grandparent)] {
      guard let relative else { continue }
      row += [
        (prefix + "RatingKey", .text(String(relative.key))),
        (prefix + "Key", .text("/library/metadata/\(relative.key)")),
        (prefix + "Guid", .text(relative.guid)), (prefix + "Title", .text(relative.title)),
      ]
    }
    if let key = options.sectionKey {
      row += [
        ("librarySectionID", .number(key)), ("librarySectionTitle", options.sectionTitle.map { .text($0) }),
        ("librarySectionKey", .text("/library/sections/\(key)")),
      ]
    }
    if !options.leavesOutTexts { row.append(("summary", .text(summary))) }
    row += [
      ("index", index.map { .number($0) }), ("parentIndex", kind == .episode ? parent?.index.map { .number($0) } : nil),
      ("year", year.map { .number($0) }), ("thumb", .text("/library/metadata/\(key)/thumb/\(updatedAt ?? addedAt)")),
      ("duration", duration.map { .number($0) }), ("originallyAvailableAt", released.map { .text($0) }),
      ("addedAt", .number(addedAt)), ("updatedAt", updatedAt.map { .number($0) }),
      ("deletedAt", deletedAt.map { .number($0) }),
    ]
    if let leaves {
      row += [
        ("childCount", .number(leaves.0)), ("leafCount", .number(leaves.1)), ("viewedLeafCount", .number(0)),
      ]
    }
    var children = media.map { mediaElement($0) }
    if !options.leavesOutPeople, kind == .movie || kind == .episode {
      children.append(FakeElement("Director", [("tag", .text("A. Person"))]))
      children.append(FakeElement("Writer", [("tag", .text("B. Writer"))]))
    }
    if options.includesGuids { children += guids.map { FakeElement("Guid", [("id", .text($0))]) } }
    let name = kind == .show || kind == .season ? "Directory" : "Video"
    return FakeElement(name, list: "Metadata", row, children)
  }

  private func mediaElement(_ media: Media) -> FakeElement {
    let parts = media.parts.map { part in
      FakeElement(
        "Part",
        [
          ("id", .number(part.id)), ("key", .text("/library/parts/\(part.id)/\(addedAt)/file.mkv")),
          ("duration", duration.map { .number($0) }), ("file", .text(part.file)), ("size", .number(part.size)),
          ("container", .text("mkv")), ("videoProfile", .text("main 10")),
        ])
    }
    return FakeElement(
      "Media",
      [
        ("id", .number(media.id)), ("duration", duration.map { .number($0) }), ("bitrate", .number(8000)),
        ("width", .number(1920)), ("height", .number(1080)), ("aspectRatio", .text("1.78")),
        ("audioChannels", .number(6)), ("audioCodec", .text("eac3")), ("videoCodec", .text("hevc")),
        ("videoResolution", .text("1080")), ("container", .text("mkv")), ("videoFrameRate", .text("24p")),
      ], parts)
  }
}
