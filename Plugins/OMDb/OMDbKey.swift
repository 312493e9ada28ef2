import UsherKit

/// What an id of this source stands for.
enum OMDbKey {
  case movie(String)
  case show(String)
  case season(String, number: Int)
  case episode(String, Place)

  /// Where an episode is found.
  enum Place: Equatable {
    case id(String)
    case number(season: Int, episode: Int)

    /// Nil when only the id is known.
    var season: Int? { if case .number(let season, _) = self { season } else { nil } }

    /// Whether an entry of a season's list is this episode. The season is for the caller to compare.
    func isOf(_ entry: OMDbEpisode) -> Bool {
      switch self {
      case .id(let id): entry.id == id
      case .number(_, let episode): entry.number == episode
      }
    }

    /// `s1e2`; nil for a text of another form.
    init?(numbers text: some StringProtocol) {
      let parts = text.dropFirst().split(separator: "e", omittingEmptySubsequences: false)
      guard text.hasPrefix("s"), parts.count == 2, let season = OMDbKey.number(parts[0]),
        let episode = OMDbKey.number(parts[1])
      else { return nil }
      self = .number(season: season, episode: episode)
    }
  }

  /// Throws `.notFound` for an id that this source never gave out.
  init(_ id: ItemID) throws {
    let parts = id.value.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    if id.source == OMDbSource.id, Self.isIMDb(parts[0]) {
      switch (id.kind, parts.count) {
      case (.movie, 1): self = .movie(parts[0]); return
      case (.show, 1): self = .show(parts[0]); return
      case (.season, 2):
        if let number = Self.number(parts[1]) { self = .season(parts[0], number: number); return }
      case (.episode, 2):
        if Self.isIMDb(parts[1]) { self = .episode(parts[0], .id(parts[1])); return }
        if let place = Place(numbers: parts[1]) { self = .episode(parts[0], place); return }
      default: break
      }
    }
    throw PluginError(.notFound, "OMDb has no \(id)")
  }

  /// `tt` and seven digits or more.
  static func isIMDb(_ text: String) -> Bool {
    text.hasPrefix("tt") && (9...12).contains(text.utf8.count)
      && text.utf8.dropFirst(2).allSatisfy { (0x30...0x39).contains($0) }
  }

  /// A number in its plain form only, so that every item has one id.
  private static func number(_ text: some StringProtocol) -> Int? {
    Int(text).flatMap { (0...9999).contains($0) && String($0) == text ? $0 : nil }
  }
}

extension ItemID {
  /// Throws `.unavailable` for an id that the service wrote in another form than ever.
  static func omdb(_ kind: MediaKind, _ value: String) throws -> ItemID {
    guard let id = ItemID(source: OMDbSource.id, kind: kind, value: value) else {
      throw PluginError(.unavailable, "OMDb gave an id that is none")
    }
    return id
  }
}
