import UsherKit

/// What an id stands for: ids of this source, and the rating keys of an older program that media servers still have.
///
/// Its own are `tpdb-show-1234`, `tpdb-season-1234-2024`, `tpdb-episode-1234-<scene>` and `tpdb-movie-<movie>`: a site's
/// number, which every record of TPDB carries and every filter takes, and an item's uuid. Older keys are
/// `tpdb-site-<slug>`, `tpdb-season-<slug>-<year>`, `tpdb-scene-<uuid>` and `tpdb-movie-<uuid>`.
enum TPDBKey: Equatable {
  /// A site by number, slug or uuid.
  case show(String)
  case season(String, year: Int)
  /// A scene, with its site where the id says it.
  case episode(String, site: Int?)
  case movie(String)

  static let site = MediaKind(rawValue: "site")
  static let scene = MediaKind(rawValue: "scene")

  /// Throws `.notFound` for an id that neither program gave out.
  init(_ id: ItemID) throws {
    guard id.source == TPDBSource.id, let key = Self.read(id.kind, id.value) else {
      throw PluginError(.notFound, "TPDB has no \(id)")
    }
    self = key
  }

  private static func read(_ kind: MediaKind, _ value: String) -> TPDBKey? {
    switch kind {
    case .show, site: return .show(value)
    case .movie: return .movie(value)
    case scene: return .episode(value, site: nil)
    case .season:
      guard let dash = value.lastIndex(of: "-"), dash > value.startIndex,
        let year = plainNumber(value[value.index(after: dash)...]), TPDBListing.possibleYears.contains(year)
      else { return nil }
      return .season(String(value[..<dash]), year: year)
    case .episode:
      guard let dash = value.firstIndex(of: "-"), let site = plainNumber(value[..<dash]) else { return nil }
      let scene = value[value.index(after: dash)...]
      return scene.isEmpty ? nil : .episode(String(scene), site: site)
    default: return nil
    }
  }

  /// In the plain form only, so that every item has one id.
  private static func plainNumber(_ text: Substring) -> Int? {
    Int(text).flatMap { $0 > 0 && String($0) == text ? $0 : nil }
  }

  /// Whether a text of the service can stand in an item id.
  static func isReference(_ text: String) -> Bool {
    text.utf8.count <= 64 && ItemID(source: TPDBSource.id, kind: .movie, value: text) != nil
  }
}

extension ItemID {
  static func show(_ site: Int) throws -> ItemID { try made(.show, String(site)) }
  static func season(_ site: Int, _ year: Int) throws -> ItemID { try made(.season, "\(site)-\(year)") }
  static func episode(_ site: Int, _ scene: String) throws -> ItemID { try made(.episode, "\(site)-\(scene)") }
  static func movie(_ id: String) throws -> ItemID { try made(.movie, id) }

  private static func made(_ kind: MediaKind, _ value: String) throws -> ItemID {
    guard let id = ItemID(source: TPDBSource.id, kind: kind, value: value) else {
      throw PluginError(.unavailable, "TPDB gave an id that cannot be kept: '\(value)'")
    }
    return id
  }
}
