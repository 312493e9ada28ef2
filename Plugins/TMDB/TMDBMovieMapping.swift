import UsherKit

/// A movie in the words of the shared model.
struct TMDBMovieMapping: Sendable {
  let movie: TMDBMovie
  let locale: TMDBLocale

  func item() throws -> MediaItem {
    var item = try TMDBMapping(work: movie.work, kind: .movie, locale: locale).item()
    let premiere = TMDBMapping.date(movie.released)
    item.released = localRelease ?? premiere
    // Not that of the local release: a film's year is told everywhere in the same way.
    item.year = (premiere ?? item.released)?.year
    item.duration = TMDBMapping.duration(movie.runtime)
    item.contentRatings = contentRatings
    item.credits = TMDBCredits.actors(movie.cast) + TMDBCredits.crew(movie.crew)
    if let collection = movie.collection, collection.id > 0, !collection.name.isEmpty {
      item.collections = [
        CollectionReference(
          id: String(collection.id), title: collection.name, poster: TMDBPicture.url(collection.posterPath),
          background: TMDBPicture.url(collection.backdropPath))
      ]
    }
    return item
  }

  /// The first day in the cinemas of the country asked for, wide release before limited one; for a film that was in no
  /// cinema anywhere the day of its digital release. Nil when the country has none of these: a disc or a broadcast years
  /// later says nothing of the film.
  private var localRelease: CalendarDate? {
    let local = movie.releases.filter { $0.country == locale.country }.flatMap(\.releases)
    let wasInCinemas = movie.releases.contains { $0.releases.contains { $0.type == 2 || $0.type == 3 } }
    for type in wasInCinemas ? [3, 2] : [4] {
      let days = local.filter { $0.type == type }.compactMap { TMDBMapping.date($0.date) }
      if let first = days.min() { return first }
    }
    return nil
  }

  /// One for each country that has any: that of the cinemas, else of the next release that has one.
  private var contentRatings: [ContentRating] {
    movie.releases.compactMap { country in
      let certified = [3, 2, 4, 5, 6, 1].lazy.compactMap { type in
        country.releases.first { $0.type == type && $0.certification?.isEmpty == false }?.certification
      }
      return certified.first.map { ContentRating(country: country.country, rating: $0) }
    }
  }
}
