import UsherKit

/// What an id of this source stands for.
enum TMDBItemKey {
  case movie(Int)
  case show(Int)
  case season(Int, number: Int)
  case episode(Int, episode: Int)

  /// Throws `.notFound` for an id that this source never gave out.
  init(_ id: ItemID) throws {
    let numbers = id.value.split(separator: "-", omittingEmptySubsequences: false).map { part -> Int? in
      // The plain form only, so that every item has one id.
      Int(part).flatMap { $0 >= 0 && String($0) == part ? $0 : nil }
    }
    let first = numbers[0].flatMap { $0 > 0 ? $0 : nil }
    let second = numbers.count == 2 ? numbers[1] : nil
    guard id.source == TMDBSource.id, let first, numbers.count == 1 || second != nil else { throw Self.missing(id) }
    switch (id.kind, second) {
    case (.movie, nil) where numbers.count == 1: self = .movie(first)
    case (.show, nil) where numbers.count == 1: self = .show(first)
    case (.season, let number?): self = .season(first, number: number)
    case (.episode, let episode?): self = .episode(first, episode: episode)
    default: throw Self.missing(id)
    }
  }

  static func missing(_ id: ItemID) -> PluginError { PluginError(.notFound, "TMDB has no \(id)") }
}

extension ItemID {
  /// `tmdb-movie-603`, `tmdb-show-1396`.
  static func tmdb(_ kind: TMDBKind, _ id: Int) throws -> ItemID { try made(kind.kind, id, nil) }
  /// `tmdb-season-1396-1`: show and number, since numbers are what TMDB is asked by.
  static func tmdbSeason(_ show: Int, _ number: Int) throws -> ItemID { try made(.season, show, number) }
  /// `tmdb-episode-1396-62085`: show and the episode's own id, which survives another numbering.
  static func tmdbEpisode(_ show: Int, _ episode: Int) throws -> ItemID { try made(.episode, show, episode) }

  private static func made(_ kind: MediaKind, _ first: Int, _ second: Int?) throws -> ItemID {
    let value = second.map { "\(first)-\($0)" } ?? String(first)
    guard first > 0, (second ?? 0) >= 0, let id = ItemID(source: TMDBSource.id, kind: kind, value: value) else {
      throw PluginError(.unavailable, "TMDB gave an id that is none: \(value)")
    }
    return id
  }
}
