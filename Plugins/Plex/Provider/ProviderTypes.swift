import UsherKit

extension Provider {
  /// Plex's number of each kind that the provider answers (protocol §1.3).
  var types: [(number: Int, kind: MediaKind)] {
    switch kind {
    case .movie: [(1, .movie)]
    case .show: [(2, .show), (3, .season), (4, .episode)]
    default: []
    }
  }

  func kind(ofType number: Int) -> MediaKind? { types.first { $0.number == number }?.kind }

  func offers(_ kind: MediaKind) -> Bool { types.contains { $0.kind == kind } }

  /// The id behind a rating key; nil when this provider could not have given that key out. A kind that nobody knows may
  /// be an older name: the item that it stands for tells its kind.
  func id(ofKey key: String) -> ItemID? {
    guard let id = ItemID(key), offers(id.kind) || !id.kind.isKnown else { return nil }
    return id
  }

  /// `{identifier}://{type}/{ratingKey}`, all three parts (protocol §3.2).
  func guid(of id: ItemID) -> String { "\(identifier)://\(id.kind.rawValue)/\(id)" }

  /// The item that a guid of this provider names; nil for every other text. `?lang=…` at its end is ignored.
  func id(ofGuid guid: String) -> ItemID? {
    let own = identifier + "://"
    guard guid.hasPrefix(own) else { return nil }
    let parts = guid.dropFirst(own.count).prefix { $0 != "?" }.split(separator: "/")
    guard parts.count == 2, let id = id(ofKey: String(parts[1])),
      id.kind.rawValue == parts[0] || (!id.kind.isKnown && offers(MediaKind(rawValue: String(parts[0]))))
    else { return nil }
    return id
  }
}
