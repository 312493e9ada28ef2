import UsherKit

/// An episode group as its show lists it: somebody's other numbering of the episodes.
struct TMDBGroupEntry: Decodable, Sendable {
  let id: String
  let name: String?
  let type: Int
}

/// An episode group with its episodes, whole or it is an error.
struct TMDBGroup: Decodable, Sendable {
  struct Season: Decodable, Sendable {
    /// The season's number; 0 is used for specials.
    let order: Int
    let name: String?
    let episodes: [TMDBEpisode]
  }

  let groups: [Season]
}

/// Another order of a show, as the library knows it, with the group behind it.
struct TMDBOrder: Sendable {
  let group: String
  let order: SeasonOrder

  /// One order per group, by type. Groups of one type are counted by their ids, which begin with the time at which they
  /// were made: so a newer group does not take an older one's name.
  static func all(_ groups: [TMDBGroupEntry]) -> [TMDBOrder] {
    var counts: [Int: Int] = [:]
    let usable = groups.filter { !$0.id.isEmpty && $0.id.utf8.count <= 64 }
    return usable.sorted { ($0.type, $0.id) < ($1.type, $1.id) }.compactMap { group in
      guard let type = types[group.type] else { return nil }
      let count = counts[group.type, default: 0] + 1
      counts[group.type] = count
      let suffix = count == 1 ? "" : String(count)
      let name = group.name.map { ": \($0)" } ?? " \(count)"
      return TMDBOrder(
        group: group.id,
        order: SeasonOrder(
          id: "tmdb\(type.id)\(suffix)", tag: type.tag, title: "TMDB (\(type.tag)\(count == 1 ? "" : name))"))
    }
  }

  private static let types: [Int: (id: String, tag: String)] = [
    1: ("Aired", "Original air date"), 2: ("Absolute", "Absolute"), 3: ("Dvd", "DVD"), 4: ("Digital", "Digital"),
    5: ("StoryArc", "Story arc"), 6: ("Production", "Production"), 7: ("Tv", "TV"),
  ]
}
