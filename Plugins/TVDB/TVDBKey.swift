import UsherKit

/// What an id of this source stands for. Both versions of the API have the same ids.
enum TVDBKey: Hashable {
  case show(Int)
  /// `order` is the service's word for it ("dvd"); nil for the order of broadcast.
  case season(Int, order: String?, number: Int)
  case episode(Int, episode: Int)
  case movie(Int)

  /// Throws `.notFound` for an id that this source never gave out.
  init(_ id: ItemID) throws {
    var parts = id.value.split(separator: "-", omittingEmptySubsequences: false)
    let order = id.kind == .season && parts.count == 3 && TVDBOrder.isWord(parts[1]) ? String(parts.remove(at: 1)) : nil
    let numbers = parts.compactMap(Self.number)
    switch (id.source, id.kind, numbers.count == parts.count ? numbers.count : 0) {
    case (TVDBSource.id, .show, 1): self = .show(numbers[0])
    case (TVDBSource.id, .movie, 1): self = .movie(numbers[0])
    case (TVDBSource.id, .season, 2): self = .season(numbers[0], order: order, number: numbers[1])
    case (TVDBSource.id, .episode, 2): self = .episode(numbers[0], episode: numbers[1])
    default: throw PluginError(.notFound, "TheTVDB has no \(id)")
    }
  }

  /// The plain form only, so that every item has one id.
  static func number(_ text: some StringProtocol) -> Int? {
    Int(text).flatMap { $0 >= 0 && String($0) == text ? $0 : nil }
  }
}

extension ItemID {
  /// Throws `.unavailable` for a value that the service cannot mean.
  static func tvdb(_ key: TVDBKey) throws -> ItemID {
    let (kind, value): (MediaKind, String)
    switch key {
    case .show(let show): (kind, value) = (.show, "\(show)")
    case .movie(let movie): (kind, value) = (.movie, "\(movie)")
    case .season(let show, nil, let number): (kind, value) = (.season, "\(show)-\(number)")
    case .season(let show, let order?, let number): (kind, value) = (.season, "\(show)-\(order)-\(number)")
    case .episode(let show, let episode): (kind, value) = (.episode, "\(show)-\(episode)")
    }
    guard let id = ItemID(source: TVDBSource.id, kind: kind, value: value), (try? TVDBKey(id)) == key else {
      throw PluginError(.unavailable, "TheTVDB gave an id that is none: \(value.prefix(60))")
    }
    return id
  }
}

/// A way in which a show's episodes are numbered, under the service's own word: `official`, `dvd`, `absolute`, …
enum TVDBOrder {
  static let aired = "official"
  static let dvd = "dvd"
  static let absolute = "absolute"
  private static let prefix = "tvdb"

  /// Lower-case letters and digits, not digits alone: it stands in ids and paths.
  static func isWord(_ text: some StringProtocol) -> Bool {
    !text.isEmpty && text.utf8.count <= 24 && !text.utf8.allSatisfy { (0x30...0x39).contains($0) }
      && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
  }

  /// `dvd` is `tvdbDvd` to the outside. Its name may be that of a streaming service's order.
  static func seasonOrder(_ type: TVDBSeasonType) -> SeasonOrder {
    let plain = (TVDBText.name(type.name) ?? type.type).replacing(" Order", with: "")
    let id = prefix + type.type.prefix(1).uppercased() + type.type.dropFirst()
    return SeasonOrder(id: id, tag: plain, title: "TheTVDB (\(TVDBText.name(type.alternateName) ?? plain))")
  }

  /// The word of a `SeasonOrder.id` of this source; nil for those of others.
  static func word(_ id: String?) -> String? {
    guard let id, id.hasPrefix(prefix) else { return nil }
    let word = id.dropFirst(prefix.count).lowercased()
    return isWord(word) ? word : nil
  }
}
