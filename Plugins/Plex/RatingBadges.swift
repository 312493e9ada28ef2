import UsherKit

/// Ratings as Plex shows them: only the badges that are built into its clients appear anywhere (protocol §3.4).
enum RatingBadges {
  /// One of each badge, in the order given. Ratings of other origins, outside 0 to 10 or without a vote are left out.
  static func badges(_ ratings: [Rating]) -> [MetadataObject.Badge] {
    var seen: Set<String> = []
    return ratings.compactMap { rating in
      guard rating.value.isFinite, (0...10).contains(rating.value), rating.votes != 0,
        let badge = badge(rating), seen.insert("\(rating.origin) \(badge.type)").inserted
      else { return nil }
      return badge
    }
  }

  private static func badge(_ rating: Rating) -> MetadataObject.Badge? {
    switch (rating.origin.lowercased(), rating.isCritic) {
    case ("imdb", _): badge("imdb://image.rating", isCritic: false, rating)
    case ("tmdb", _): badge("themoviedb://image.rating", isCritic: false, rating)
    case ("rottentomatoes", true): badge("rottentomatoes://image.rating.\(isFresh(rating) ? "ripe" : "rotten")", rating)
    case ("rottentomatoes", false):
      badge("rottentomatoes://image.rating.\(isFresh(rating) ? "upright" : "spilled")", rating)
    default: nil
    }
  }

  private static func badge(_ image: String, isCritic: Bool? = nil, _ rating: Rating) -> MetadataObject.Badge {
    let critic = isCritic ?? rating.isCritic
    return MetadataObject.Badge(image: image, type: critic ? "critic" : "audience", value: rating.value)
  }

  /// Rotten Tomatoes' own line: 60 of 100.
  private static func isFresh(_ rating: Rating) -> Bool { rating.value >= 6 }
}

/// The age rating for a country.
enum ContentRatingChoice {
  /// The country's own, else the American one, else the first. American ones stand alone, others have the country before
  /// them: `de/16` (protocol §3.3). Nil when there is none.
  static func text(_ ratings: [ContentRating], country: String) -> String? {
    let usable = ratings.filter { !$0.rating.isEmpty }
    let rating = usable.first { $0.country == country } ?? usable.first { $0.country == "US" } ?? usable.first
    guard let rating else { return nil }
    return rating.country == "US" ? rating.rating : "\(rating.country.lowercased())/\(rating.rating)"
  }
}
