import UsherKit

/// Which episode of a show is which number of which season, read from as few answers as will do.
struct TMDBGuide: Sendable {
  /// An episode's place.
  struct Place: Sendable {
    let season: Int
    let number: Int
    let episode: TMDBEpisode
  }

  /// No show has more; each twenty of them cost a request.
  private static let mostSeasons = 400

  let series: TMDBSeries
  let api: TMDBAPI
  /// Nil for the order of broadcast.
  private let group: TMDBGroup?

  /// The order asked for, or that of broadcast where the show has no such order. Throws `.notFound` for no such show.
  init(show id: Int, order: String?, api: TMDBAPI) async throws {
    let series = try await api.series(id)
    self.series = series
    self.api = api
    let listed = order.flatMap { name in TMDBOrder.all(series.groups).first { $0.order.id == name } }
    guard let listed else {
      group = nil
      return
    }
    do {
      group = try await api.group(listed.group)
    } catch let error as PluginError where error.kind == .notFound {
      group = nil
    }
  }

  var isAired: Bool { group == nil }

  /// Season numbers, ascending.
  var seasons: [Int] { group.map { Self.usable($0.groups.map(\.order)) } ?? airedSeasons }

  private var airedSeasons: [Int] { Self.usable(series.seasons.map(\.number)) }

  private static func usable(_ numbers: [Int]) -> [Int] {
    Array(Set(numbers.filter { $0 >= 0 }).sorted().prefix(mostSeasons))
  }

  /// What the show's list says of a season; nil in other orders.
  func entry(ofSeason number: Int) -> TMDBSeasonEntry? {
    isAired ? series.seasons.first { $0.number == number } : nil
  }

  /// A season's own name in another order than that of broadcast.
  func groupName(ofSeason number: Int) -> String? { group?.groups.first { $0.order == number }?.name }

  /// The episodes of one of `seasons`, by number.
  func places(inSeason number: Int) async throws -> [Place] {
    guard let group else { return try await aired(number) }
    return try await places(in: group).filter { $0.season == number }
  }

  /// Where an episode stands; nil when the order has no such episode.
  func place(ofEpisode id: Int) async throws -> Place? {
    if let group { return try await places(in: group).first { $0.episode.id == id } }
    var failure: PluginError?
    for number in seasons {
      do {
        if let place = try await aired(number).first(where: { $0.episode.id == id }) { return place }
      } catch let error as PluginError where error.kind == .unavailable {
        // The episode may still be in a season that can be read.
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
    return nil
  }

  private func aired(_ number: Int) async throws -> [Place] {
    let show = series.work.id
    let blocks: TMDBSeasonBlocks
    if TMDBAPI.firstSeasons.contains(number) {
      blocks = series.blocks
    } else {
      guard let together = further.first(where: { $0.contains(number) }) else { return [] }
      blocks = try await api.seasons(together, ofShow: show)
    }
    guard let episodes = try blocks.episodes(ofSeason: number) else {
      // A season that is only announced may be missing.
      guard series.seasons.contains(where: { $0.number == number && $0.episodeCount > 0 }) else { return [] }
      throw PluginError(.unavailable, "the answer for show \(show) lacks the member 'season/\(number)'")
    }
    return episodes.filter { $0.number >= 0 }.sorted { ($0.number, $0.id) < ($1.number, $1.id) }
      .map { Place(season: number, number: $0.number, episode: $0) }
  }

  /// Seasons that did not come with the show, as they are asked for together.
  private var further: [[Int]] {
    let rest = airedSeasons.filter { !TMDBAPI.firstSeasons.contains($0) }
    return stride(from: 0, to: rest.count, by: TMDBAPI.appendLimit).map { start in
      Array(rest[start..<min(start + TMDBAPI.appendLimit, rest.count)])
    }
  }

  /// A group's episodes lack people, so those of the seasons stand in for them where they are the same.
  private func places(in group: TMDBGroup) async throws -> [Place] {
    var whole: [Int: TMDBEpisode] = [:]
    for number in airedSeasons {
      for place in try await aired(number) { whole[place.episode.id] = place.episode }
    }
    return group.groups.flatMap { season in
      season.episodes.enumerated().compactMap { offset, episode in
        let order = episode.order ?? offset
        guard (0..<1_000_000).contains(order) else { return nil }
        return Place(season: season.order, number: order + 1, episode: whole[episode.id] ?? episode)
      }
    }.sorted { ($0.season, $0.number, $0.episode.id) < ($1.season, $1.number, $1.episode.id) }
  }
}
