/// A show of TVmaze, alone or with what `embed` brought.
struct TVmazeShow: Decodable, Sendable {
  let id: Int
  let name: String
  let url, type, language, premiered, ended, summary: String?
  let genres: [String]
  /// Minutes; nil for streaming services, where only the average is known.
  let runtime, averageRuntime: Int?
  let rating: TVmazeRating?
  let network, webChannel: TVmazeNetwork?
  let externals: TVmazeExternals?
  let image: TVmazeImage?
  let embedded: TVmazeEmbedded?

  enum CodingKeys: String, CodingKey {
    case id, name, url, type, language, premiered, ended, summary, genres, runtime, averageRuntime, rating, network
    case webChannel, externals, image
    case embedded = "_embedded"
  }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    id = try members.decode(Int.self, forKey: .id)
    name = try members.decode(String.self, forKey: .name)
    url = members.known(.url)
    type = members.known(.type)
    language = members.known(.language)
    premiered = members.known(.premiered)
    ended = members.known(.ended)
    summary = members.known(.summary)
    genres = members.usable(.genres)
    runtime = members.known(.runtime)
    averageRuntime = members.known(.averageRuntime)
    rating = members.known(.rating)
    network = members.known(.network)
    webChannel = members.known(.webChannel)
    externals = members.known(.externals)
    image = members.known(.image)
    embedded = try members.decodeIfPresent(TVmazeEmbedded.self, forKey: .embedded)
  }
}

/// What comes with a show. Seasons and episodes are its skeleton, so they are whole or it is an error; the rest is as
/// much as can be read. TVmaze was seen to send something else than a list where there are no images.
struct TVmazeEmbedded: Decodable, Sendable {
  let seasons: [TVmazeSeason]?
  let episodes: [TVmazeEpisode]?
  let cast: [TVmazeCastMember]
  let crew: [TVmazeCrewMember]
  let akas: [TVmazeAka]
  let images: [TVmazePicture]

  enum CodingKeys: String, CodingKey { case seasons, episodes, cast, crew, akas, images }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    seasons = try members.decodeIfPresent([TVmazeSeason].self, forKey: .seasons)
    episodes = try members.decodeIfPresent([TVmazeEpisode].self, forKey: .episodes)
    cast = members.usable(.cast)
    crew = members.usable(.crew)
    akas = members.usable(.akas)
    images = members.usable(.images)
  }
}

struct TVmazeSeason: Decodable, Sendable {
  /// From 1, or a year for daily shows.
  let number: Int
  let url, name, premiereDate, summary: String?
  let network, webChannel: TVmazeNetwork?
  let image: TVmazeImage?

  enum CodingKeys: String, CodingKey { case number, url, name, premiereDate, summary, network, webChannel, image }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    number = try members.decode(Int.self, forKey: .number)
    url = members.known(.url)
    name = members.known(.name)
    premiereDate = members.known(.premiereDate)
    summary = members.known(.summary)
    network = members.known(.network)
    webChannel = members.known(.webChannel)
    image = members.known(.image)
  }
}

struct TVmazeEpisode: Decodable, Sendable {
  let id: Int
  /// The season in which it was shown, for specials as well.
  let season: Int
  /// Nil for specials.
  let number: Int?
  let name, url, airdate, summary: String?
  let runtime: Int?
  let rating: TVmazeRating?
  let image: TVmazeImage?

  enum CodingKeys: String, CodingKey { case id, season, number, name, url, airdate, summary, runtime, rating, image }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    id = try members.decode(Int.self, forKey: .id)
    season = try members.decode(Int.self, forKey: .season)
    number = try members.decodeIfPresent(Int.self, forKey: .number)
    name = members.known(.name)
    url = members.known(.url)
    airdate = members.known(.airdate)
    summary = members.known(.summary)
    runtime = members.known(.runtime)
    rating = members.known(.rating)
    image = members.known(.image)
  }
}

struct TVmazeSearchHit: Decodable, Sendable {
  /// Without upper bound; comparable within one answer only.
  let score: Double?
  let show: TVmazeShow
}

struct TVmazeRating: Decodable, Sendable { let average: Double? }
struct TVmazeExternals: Decodable, Sendable {
  let thetvdb: Int?
  let imdb: String?
}
struct TVmazeImage: Decodable, Sendable { let medium, original: String? }
struct TVmazeCountry: Decodable, Sendable { let name: String? }
struct TVmazeNetwork: Decodable, Sendable {
  let name: String
  let country: TVmazeCountry?
}
struct TVmazePerson: Decodable, Sendable {
  let id: Int?
  let name: String
  let image: TVmazeImage?
}
struct TVmazeCharacter: Decodable, Sendable {
  let name: String?
  let image: TVmazeImage?
}
struct TVmazeCastMember: Decodable, Sendable {
  let person: TVmazePerson
  let character: TVmazeCharacter?
}
struct TVmazeCrewMember: Decodable, Sendable {
  let type: String
  let person: TVmazePerson
}
struct TVmazeAka: Decodable, Sendable {
  let name: String
  /// Nil for the country the show comes from.
  let country: TVmazeCountry?
}
struct TVmazeResolution: Decodable, Sendable {
  let url: String
  let width, height: Int?
}
struct TVmazePicture: Decodable, Sendable {
  let type: String?
  let main: Bool?
  /// "original" always, other names by type.
  let resolutions: [String: TVmazeResolution]
}

/// Another numbering of a show's episodes.
struct TVmazeAlternateList: Decodable, Sendable {
  let id: Int
  let isDVD: Bool

  enum CodingKeys: String, CodingKey {
    case id
    case isDVD = "dvd_release"
  }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    id = try members.decode(Int.self, forKey: .id)
    isDVD = members.known(.isDVD) ?? false
  }
}

/// An episode of an alternate list: one or several of the show's own.
struct TVmazeAlternateEpisode: Decodable, Sendable {
  struct Embedded: Decodable, Sendable { let episodes: [TVmazeEpisode] }
  let name: String?
  let season, number: Int
  let embedded: Embedded

  enum CodingKeys: String, CodingKey {
    case name, season, number
    case embedded = "_embedded"
  }
}

/// An entry of a list of which one broken entry must not take the others along.
private struct Attempt<Value: Decodable>: Decodable {
  let value: Value?
  init(from decoder: any Decoder) throws { value = try? Value(from: decoder) }
}

extension KeyedDecodingContainer {
  /// Nil as well when the value has another shape than documented.
  fileprivate func known<Value: Decodable>(_ key: Key) -> Value? {
    (try? decodeIfPresent(Value.self, forKey: key)) ?? nil
  }

  /// The entries that can be read; none when it is no list.
  fileprivate func usable<Value: Decodable>(_ key: Key) -> [Value] {
    ((try? decodeIfPresent([Attempt<Value>].self, forKey: key)) ?? nil)?.compactMap(\.value) ?? []
  }
}
