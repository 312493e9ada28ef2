import Merging
import MetadataModel
import PluginCalls
import Support

@testable import Library

/// Two or three fakes that know one show, as services do: by id, by title, with their own numbering of everything.
enum ManySources {
  static let poster = Artwork(form: .coverPoster, url: "https://img.example.org/poster.jpg")
  static let logo = Artwork(form: .clearLogo, url: "https://img.example.org/logo.png")

  /// A source with one show, `name-show-1`, and its seasons and episodes. It is found by title, and by the ids given.
  static func show(
    _ name: String, _ title: String = "Harbor Lights", year: Int? = 2014, ids: ExternalIDs = [:],
    seasons: [[(title: String, date: String)]] = [], namespaces: [String] = ["imdb", "tvdb"],
    _ change: (inout MediaItem) -> Void = { _ in }
  ) throws -> FakeSource {
    var item = try mediaItem("\(name)-show-1", title)
    item.year = year
    item.externalIDs = ids
    change(&item)
    let show = item
    var children: [ItemID: [MediaItem]] = [show.id: []]
    var items = [show.id: show]
    for (offset, episodes) in seasons.enumerated() {
      let season = try mediaItem("\(name)-season-\(offset + 1)", "Season \(offset + 1)", index: offset + 1) {
        $0.parent = Ancestor(id: show.id, title: title)
      }
      items[season.id] = season
      children[show.id]?.append(season)
      children[season.id] = try episodes.enumerated().map { place, episode in
        try mediaItem(
          "\(name)-episode-\(offset + 1)x\(place + 1)", episode.title, index: place + 1, released: episode.date,
          season: offset + 1
        ) {
          $0.grandparent = Ancestor(id: show.id, title: title)
          $0.parent?.id = season.id
        }
      }
      for episode in children[season.id] ?? [] { items[episode.id] = episode }
    }
    let (all, lists) = (items, children)
    return FakeSource(name, namespaces: namespaces) {
      $0.items = all
      $0.children = lists
      $0.onMatch = { request throws(PluginError) in
        let wanted = request.externalIDs ?? [:]
        let isKnown = wanted.sorted.contains { show.externalIDs[$0.namespace] == $0.value }
        let isNamed = request.title.map { title.lowercased().contains($0.lowercased()) } ?? false
        return isKnown || isNamed ? [Candidate(show)] : []
      }
    }
  }

  static func hints(_ title: String = "Harbor Lights", _ year: Int? = 2014) -> MatchRequest {
    var request = MatchRequest(kind: .show)
    request.title = title
    request.year = year
    return request
  }
}
