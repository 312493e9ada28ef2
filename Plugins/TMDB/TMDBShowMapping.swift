import UsherKit

/// A show in the words of the shared model.
struct TMDBShowMapping: Sendable {
  let show: TMDBShow
  let locale: TMDBLocale

  func item() throws -> MediaItem {
    var item = try TMDBMapping(work: show.work, kind: .show, locale: locale).item()
    item.released = TMDBMapping.date(show.firstAired)
    item.year = item.released?.year
    item.ended = ["Ended", "Canceled"].contains(show.status ?? "") ? TMDBMapping.date(show.lastAired) : nil
    item.duration = TMDBMapping.duration(show.runtimes.first ?? show.lastEpisode?.runtime)
    item.contentRatings = show.ratings.filter { !$0.rating.isEmpty }.map {
      ContentRating(country: $0.country, rating: $0.rating)
    }
    item.credits = TMDBCredits.actors(show.cast) + TMDBCredits.crew(show.crew, creators: show.creators)
    item.networks = TMDBMapping.names(show.networks)
    item.seasonOrders = TMDBOrder.all(show.groups).map(\.order)
    return item
  }
}

/// Seasons and episodes in the words of the shared model.
struct TMDBEpisodeMapping: Sendable {
  let guide: TMDBGuide
  private let show: Ancestor
  private var locale: TMDBLocale { guide.api.locale }

  init(_ guide: TMDBGuide) throws {
    self.guide = guide
    let work = guide.series.work
    let artwork = work.artwork(guide.api.locale)
    show = Ancestor(
      id: try .tmdb(.show, work.id), title: TMDBTexts(work, guide.api.locale).title,
      poster: artwork.first { $0.form == .coverPoster }?.url,
      background: artwork.first { $0.form == .background }?.url)
  }

  /// One of the guide's seasons; what only the order of broadcast knows is left out in others.
  func season(_ number: Int) throws -> MediaItem {
    let work = guide.series.work
    let entry = guide.entry(ofSeason: number)
    var item = MediaItem(id: try .tmdbSeason(work.id, number), title: seasonTitle(number))
    item.summary = entry?.summary
    item.released = TMDBMapping.date(entry?.aired)
    item.year = item.released?.year
    item.language = locale.language
    item.isAdult = work.isAdult
    item.networks = TMDBMapping.names(guide.series.networks)
    item.ratings = TMDBMapping.ratings(entry?.vote, nil)
    item.index = number
    if let url = seasonPoster(number) { item.artwork = [Artwork(form: .coverPoster, url: url)] }
    item.parent = show
    item.externalIDs[TMDBMapping.origin] = entry?.id.map(String.init)
    item.page = TMDBMapping.page("/tv/\(work.id)" + (guide.isAired ? "/season/\(number)" : ""))
    return item
  }

  func episode(_ place: TMDBGuide.Place) throws -> MediaItem {
    let work = guide.series.work
    let episode = place.episode
    var item = MediaItem(
      id: try .tmdbEpisode(work.id, episode.id), title: episode.name ?? "Episode \(place.number)")
    item.summary = episode.summary
    item.released = TMDBMapping.date(episode.aired)
    item.year = item.released?.year
    item.duration = TMDBMapping.duration(episode.runtime)
    item.language = locale.language
    item.isAdult = work.isAdult
    item.credits = TMDBCredits.actors(episode.guests) + TMDBCredits.crew(episode.crew)
    item.ratings = TMDBMapping.ratings(episode.vote, episode.voteCount)
    item.index = place.number
    if let url = TMDBPicture.url(episode.stillPath) { item.artwork = [Artwork(form: .snapshot, url: url)] }
    item.parent = Ancestor(
      id: try .tmdbSeason(work.id, place.season), title: seasonTitle(place.season), index: place.season,
      poster: seasonPoster(place.season))
    item.grandparent = show
    item.externalIDs[TMDBMapping.origin] = String(episode.id)
    if guide.isAired { item.page = TMDBMapping.page("/tv/\(work.id)/season/\(place.season)/episode/\(place.number)") }
    return item
  }

  private func seasonTitle(_ number: Int) -> String {
    let name = guide.isAired ? guide.entry(ofSeason: number)?.name : guide.groupName(ofSeason: number)
    guard let name, !name.isEmpty else { return number == 0 ? "Specials" : "Season \(number)" }
    return name
  }

  private func seasonPoster(_ number: Int) -> String? {
    TMDBPicture.url(guide.entry(ofSeason: number)?.posterPath)
  }
}
