import MetadataModel
import Works

/// Which key each season and episode has, or gets.
struct ChildKeys {
  private var keys: [ItemID: ItemID] = [:]
  private var places: [String: ItemID] = [:]
  private var sources: [ItemID: Set<String>] = [:]

  init(_ links: [ChildLink]) {
    for link in links {
      keys[link.member] = link.key
      places[Self.place(link.season, link.episode)] = link.key
      sources[link.key, default: []].insert(link.member.source)
    }
  }

  /// A record keeps its key wherever it moves. What is new gets the key of its place when that belongs to nobody in the
  /// list and to no other record of its source, else its own id.
  func assign(_ children: [(members: [ItemID], season: Int?, episode: Int?)]) -> [ItemID] {
    var used: Set<ItemID> = []
    var assigned = children.map { child -> ItemID? in
      child.members.compactMap { keys[$0] }.first { used.insert($0).inserted }
    }
    for (index, child) in children.enumerated() where assigned[index] == nil {
      guard let own = child.members.first else { continue }
      var key = own
      if let season = child.season, let placed = places[Self.place(season, child.episode)], !used.contains(placed),
        sources[placed, default: []].isDisjoint(with: child.members.map(\.source))
      {
        key = placed
      }
      used.insert(key)
      assigned[index] = key
    }
    return zip(assigned, children).compactMap { $0 ?? $1.members.first }
  }

  private static func place(_ season: Int, _ episode: Int?) -> String { "\(season)/\(episode.map { "\($0)" } ?? "")" }
}
