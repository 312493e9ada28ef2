public import UsherKit

/// One answer of a list: its rows and what the server says of the whole list.
public struct ItemPage: Sendable {
  public var items: [PlexItem] = []
  /// Rows that came, with those that are no items (a season list begins with "All episodes").
  public var received = 0
  /// Rows with a rating key that is no number, which nothing can be done with.
  public var unreadable = 0
  /// Items of the whole list; nil when the server does not say.
  public var total: Int?

  /// Reads a page in either form. Throws `.unreadable`.
  public static func read(_ response: HTTPResponse, from place: String) throws(PlexError) -> ItemPage {
    var sink = ItemSink()
    try PlexDocument.read(response, from: place, into: &sink)
    guard sink.hasContainer else { throw PlexError(.unreadable, "the answer of \(place) holds no MediaContainer") }
    var page = sink.page
    page.total = page.total ?? response.headers["x-plex-container-total-size"].flatMap { Int($0) }
    return page
  }
}

/// Builds items straight from the reader's calls: lists are long.
struct ItemSink: ElementSink {
  private enum Level { case document, container, row, media, part, id, other }

  private(set) var page = ItemPage()
  private(set) var hasContainer = false
  private var levels: [Level] = []
  private var item = PlexItem()
  private var hasKey = false
  private var isBadKey = false
  private var file = PlexFile()
  private var firstFileOfMedia = 0
  private var media: (id: Int64, resolution: String, container: String) = (0, "", "")
  // What XML writes once for all rows.
  private var shared = PlexItem()

  mutating func begin(_ name: LentText) -> Bool {
    let level = level(of: name)
    guard level != .other else { return false }
    levels.append(level)
    switch level {
    case .container: hasContainer = true
    case .row:
      item = PlexItem()
      (hasKey, isBadKey) = (false, false)
    case .media:
      media = (0, "", "")
      firstFileOfMedia = item.files.count
    case .part: file = PlexFile()
    default: break
    }
    return true
  }

  private func level(of name: LentText) -> Level {
    switch levels.last {
    case nil: name.equals("MediaContainer") ? .container : .document
    case .document: name.equals("MediaContainer") ? .container : .other
    case .container:
      name.equals("Metadata") || name.equals("Video") || name.equals("Directory") || name.equals("Track")
        || name.equals("Photo") ? .row : .other
    case .row: name.equals("Media") ? .media : name.equals("Guid") ? .id : .other
    case .media: name.equals("Part") ? .part : .other
    default: .other
    }
  }

  mutating func attribute(_ name: LentText, _ value: LentText) {
    switch levels.last {
    case .container: container(name, value)
    case .row: row(name, value)
    case .media:
      if name.equals("id") { media.id = value.integer ?? 0 }
      if name.equals("videoResolution") { media.resolution = value.string }
      if name.equals("container") { media.container = value.string }
    case .part: part(name, value)
    case .id: if name.equals("id") { item.ids.append(value.string) }
    default: break
    }
  }

  mutating func end() {
    switch levels.popLast() {
    case .row: finishRow()
    case .part: item.files.append(file)
    case .media:
      for place in firstFileOfMedia..<item.files.count {
        item.files[place].media = media.id
        item.files[place].resolution = media.resolution
        if item.files[place].container.isEmpty { item.files[place].container = media.container }
      }
    default: break
    }
  }

  private mutating func finishRow() {
    page.received += 1
    if isBadKey { page.unreadable += 1 }
    guard hasKey, !isBadKey else { return }
    if item.parentTitle.isEmpty { item.parentTitle = shared.parentTitle }
    if item.grandparentTitle.isEmpty { item.grandparentTitle = shared.grandparentTitle }
    if item.kind == .episode, item.parentIndex == nil { item.parentIndex = shared.parentIndex }
    page.items.append(item)
  }

  private mutating func container(_ name: LentText, _ value: LentText) {
    if name.equals("totalSize") { page.total = value.integer.map { Int($0) } }
    if name.equals("parentTitle") { shared.parentTitle = value.string }
    if name.equals("grandparentTitle") { shared.grandparentTitle = value.string }
    if name.equals("parentIndex") { shared.parentIndex = value.integer }
  }

  private mutating func row(_ name: LentText, _ value: LentText) {
    switch name.count {
    case 4:
      if name.equals("guid") { item.guid = value.string }
      if name.equals("type") { item.kind = Self.kind(value) }
      if name.equals("year") { item.year = value.integer }
    case 5:
      if name.equals("title") { item.title = value.string }
      if name.equals("index") { item.index = value.integer }
    case 7: if name.equals("addedAt") { item.addedAt = value.integer }
    case 8: if name.equals("duration") { item.duration = value.integer }
    case 9:
      if name.equals("ratingKey") {
        hasKey = true
        isBadKey = value.integer == nil
        item.ratingKey = value.integer ?? 0
      }
      if name.equals("updatedAt") { item.updatedAt = value.integer }
      if name.equals("deletedAt") { item.deletedAt = value.integer }
      if name.equals("leafCount") { item.leafCount = value.integer }
    case 10: if name.equals("childCount") { item.childCount = value.integer }
    case 11:
      if name.equals("parentIndex") { item.parentIndex = value.integer }
      if name.equals("parentTitle") { item.parentTitle = value.string }
    case 15: if name.equals("parentRatingKey") { item.parentKey = value.integer }
    case 16: if name.equals("grandparentTitle") { item.grandparentTitle = value.string }
    case 20: if name.equals("grandparentRatingKey") { item.grandparentKey = value.integer }
    case 21: if name.equals("originallyAvailableAt") { item.released = value.string }
    default: break
    }
  }

  private static func kind(_ value: LentText) -> PlexItemKind? {
    PlexItemKind.allCases.first { value.elementsEqual($0.name.utf8) }
  }

  private mutating func part(_ name: LentText, _ value: LentText) {
    switch name.count {
    case 2: if name.equals("id") { file.part = value.integer ?? 0 }
    case 4:
      if name.equals("file") { file.path = value.string }
      if name.equals("size") { file.size = value.integer ?? 0 }
    case 8: if name.equals("duration") { file.duration = value.integer ?? 0 }
    case 9: if name.equals("container") { file.container = value.string }
    default: break
    }
  }
}
