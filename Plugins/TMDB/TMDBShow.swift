import UsherKit

/// A show with everything appended but its seasons.
struct TMDBShow: Decodable, Sendable {
  let work: TMDBWork
  let firstAired, lastAired, status: String?
  /// Minutes; mostly empty.
  let runtimes: [Int]
  let lastEpisode: TMDBEpisode?
  let networks: [TMDBNamed]
  let creators, cast, crew: [TMDBPerson]
  let ratings: [TMDBCountryRating]
  let groups: [TMDBGroupEntry]

  init(from decoder: any Decoder) throws {
    let members = try decoder.tmdbMembers()
    work = try TMDBWork(from: decoder)
    firstAired = members.text("first_air_date")
    lastAired = members.text("last_air_date")
    status = members.text("status")
    runtimes = members.usable("episode_run_time")
    lastEpisode = members.known("last_episode_to_air")
    networks = members.usable("networks")
    creators = members.usable("created_by")
    cast = members.usable("aggregate_credits", "cast")
    crew = members.usable("aggregate_credits", "crew")
    ratings = members.usable("content_ratings", "results")
    groups = members.usable("episode_groups", "results")
  }
}

/// A country's age rating of a show.
struct TMDBCountryRating: Decodable, Sendable {
  let country, rating: String

  enum CodingKeys: String, CodingKey {
    case country = "iso_3166_1"
    case rating
  }
}

/// A show as its seasons and episodes see it. The list of seasons and the episodes in them are its skeleton, so they
/// are whole or it is an error.
struct TMDBSeries: Decodable, Sendable {
  let work: TMDBWork
  let networks: [TMDBNamed]
  let seasons: [TMDBSeasonEntry]
  let groups: [TMDBGroupEntry]
  /// Of the seasons that were asked for with the show.
  let blocks: TMDBSeasonBlocks

  init(from decoder: any Decoder) throws {
    let members = try decoder.tmdbMembers()
    work = try TMDBWork(from: decoder)
    networks = members.usable("networks")
    seasons = try members.decode([TMDBSeasonEntry].self, forKey: "seasons")
    groups = members.usable("episode_groups", "results")
    blocks = try TMDBSeasonBlocks(from: decoder)
  }
}

/// A season in its show's list.
struct TMDBSeasonEntry: Decodable, Sendable {
  /// 0 for specials; years for shows that count in years, and gaps.
  let number: Int
  let id: Int?
  let name, summary, aired, posterPath: String?
  let episodeCount: Int
  let vote: Double?

  init(from decoder: any Decoder) throws {
    let members = try decoder.tmdbMembers()
    number = try members.decode(Int.self, forKey: "season_number")
    id = members.known("id")
    name = members.text("name")
    summary = members.text("overview")
    aired = members.text("air_date")
    posterPath = members.text("poster_path")
    episodeCount = members.known("episode_count") ?? 0
    vote = members.known("vote_average")
  }
}

/// Seasons appended to a show, each under `season/N`.
struct TMDBSeasonBlocks: Decodable, Sendable {
  /// What is in a block, or why it cannot be read: that matters only to whoever wants this season.
  private let blocks: [Int: Result<[TMDBEpisode], PluginError>]

  init(from decoder: any Decoder) throws {
    let members = try decoder.tmdbMembers()
    var blocks: [Int: Result<[TMDBEpisode], PluginError>] = [:]
    for key in members.allKeys where key.stringValue.hasPrefix("season/") {
      guard let number = Int(key.stringValue.dropFirst("season/".count)) else { continue }
      do {
        let block = try members.nestedContainer(keyedBy: TMDBMember.self, forKey: key)
        blocks[number] = .success(try block.decode([TMDBEpisode].self, forKey: "episodes"))
      } catch {
        blocks[number] = .failure(
          PluginError(.unavailable, "the answer has another shape than expected: \(JSONCoding.path(of: error))"))
      }
    }
    self.blocks = blocks
  }

  /// The episodes of a season; nil when it did not come. Throws `.unavailable` naming the member that is wrong.
  func episodes(ofSeason number: Int) throws -> [TMDBEpisode]? { try blocks[number]?.get() }
}

/// An episode inside a season or a group.
struct TMDBEpisode: Decodable, Sendable {
  let id: Int
  /// In the order of broadcast.
  let number: Int
  let name, summary, aired, stillPath: String?
  /// Minutes.
  let runtime: Int?
  let vote: Double?
  let voteCount: Int?
  let crew, guests: [TMDBPerson]
  /// Place inside a group, from 0.
  let order: Int?

  init(from decoder: any Decoder) throws {
    let members = try decoder.tmdbMembers()
    id = try members.decode(Int.self, forKey: "id")
    number = try members.decode(Int.self, forKey: "episode_number")
    name = members.text("name")
    summary = members.text("overview")
    aired = members.text("air_date")
    stillPath = members.text("still_path")
    runtime = members.known("runtime")
    vote = members.known("vote_average")
    voteCount = members.known("vote_count")
    crew = members.usable("crew")
    guests = members.usable("guest_stars")
    order = members.known("order")
  }
}
