import UsherKit

/// What movies and shows have alike, in the words of the shared model.
struct TMDBMapping: Sendable {
  static let origin = "tmdb"
  private static let pages = "https://www.themoviedb.org"

  let work: TMDBWork
  let kind: TMDBKind
  let locale: TMDBLocale

  /// The item with everything that does not depend on its kind.
  func item() throws -> MediaItem {
    let texts = TMDBTexts(work, locale)
    var item = MediaItem(id: try ItemID.tmdb(kind, work.id), title: texts.title)
    item.originalTitle = texts.originalTitle
    item.alternativeTitles = work.names.others(than: [texts.title, texts.originalTitle])
    item.summary = texts.summary
    item.tagline = texts.tagline
    item.language = texts.language
    item.isAdult = work.isAdult
    item.genres = genres
    item.studios = Self.names(work.companies)
    item.countries = Self.names(work.countries)
    item.ratings = Self.ratings(work.vote, work.voteCount)
    item.artwork = work.artwork(locale)
    item.similar = similar
    item.externalIDs = externalIDs
    item.page = Self.page("/\(kind.path)/\(work.id)")
    return item
  }

  /// The whole item of an id. Throws `.notFound`.
  static func item(_ kind: TMDBKind, _ id: Int, _ api: TMDBAPI) async throws -> MediaItem {
    switch kind {
    case .movie: try TMDBMovieMapping(movie: try await api.movie(id), locale: api.locale).item()
    case .show: try TMDBShowMapping(show: try await api.show(id), locale: api.locale).item()
    }
  }

  /// A hit as a possible match. `relevance` is 1 for the one that TMDB's users look at most.
  static func candidate(_ hit: TMDBListItem, _ kind: TMDBKind, relevance: Double?) -> Candidate? {
    guard let id = try? ItemID.tmdb(kind, hit.id) else { return nil }
    var candidate = Candidate(id: id, title: hit.title)
    candidate.originalTitle = hit.originalTitle == hit.title ? nil : hit.originalTitle
    candidate.released = date(hit.released)
    candidate.year = candidate.released?.year
    candidate.summary = hit.summary
    candidate.poster = TMDBPicture.url(hit.posterPath)
    candidate.externalIDs = [origin: String(hit.id)]
    candidate.isAdult = hit.isAdult ? true : nil
    candidate.score = relevance
    return candidate
  }

  /// An item that is certain to be the one asked for.
  static func candidate(_ item: MediaItem) -> Candidate {
    var candidate = Candidate(id: item.id, title: item.title, year: item.year)
    candidate.originalTitle = item.originalTitle
    candidate.alternativeTitles = item.alternativeTitles.isEmpty ? nil : item.alternativeTitles
    candidate.released = item.released
    candidate.summary = item.summary
    candidate.poster = item.firstArtwork(.coverPoster)
    candidate.externalIDs = item.externalIDs
    candidate.isAdult = item.isAdult ? true : nil
    candidate.score = 1
    return candidate
  }

  static func date(_ text: String?) -> CalendarDate? { text.flatMap { CalendarDate($0) } }

  /// Milliseconds; TMDB has minutes, and 0 for "not known".
  static func duration(_ minutes: Int?) -> Int? {
    minutes.flatMap { (1...10_000).contains($0) ? $0 * 60_000 : nil }
  }

  /// An average without a vote is none. Seasons have an average alone.
  static func ratings(_ value: Double?, _ votes: Int?) -> [Rating] {
    guard let value, value > 0, value <= 10, votes != 0, (votes ?? 1) > 0 else { return [] }
    return [Rating(origin: origin, value: value, votes: votes)]
  }

  static func names(_ named: [TMDBNamed]) -> [String] {
    named.map(\.name).reduce(into: []) { if !$1.isEmpty, !$0.contains($1) { $0.append($1) } }
  }

  static func page(_ path: String) -> String { pages + path }

  /// TMDB has no genre of this name, but a keyword that stands for it.
  private var genres: [String] {
    let names = Self.names(work.genres)
    let isAnime = work.keywords.contains { $0.name.lowercased() == "anime" }
    return isAnime && !names.contains("Anime") ? names + ["Anime"] : names
  }

  private var externalIDs: ExternalIDs {
    var ids: ExternalIDs = [Self.origin: String(work.id)]
    ids["imdb"] = work.externalIDs?.imdb
    ids["tvdb"] = work.externalIDs?.tvdb.flatMap { $0 > 0 ? String($0) : nil }
    ids["wikidata"] = work.externalIDs?.wikidata
    return ids
  }

  /// Of the same kind only; explicit works only beside explicit ones.
  private var similar: [SimilarItem] {
    work.recommendations.compactMap { other in
      guard other.mediaType == nil || other.mediaType == kind.path, work.isAdult || !other.isAdult,
        !other.title.isEmpty, let id = try? ItemID.tmdb(kind, other.id)
      else { return nil }
      return SimilarItem(id: id, title: other.title)
    }
  }
}
