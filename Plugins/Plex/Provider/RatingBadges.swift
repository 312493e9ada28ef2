import UsherKit

/// Ratings as Plex shows them: only the badges that are built into its clients appear anywhere (protocol §3.4).
enum RatingBadges {
  /// One of each badge, in the order given. Ratings of other origins, outside 0 to 10 or without a vote are left out.
  static func badges(_ ratings: [Rating]) -> [MetadataObject.Badge] {
    var seen: Set<String> = []
    return ratings.compactMap { rating in
      guard rating.value.isFinite, (0...10).contains(rating.value), rating.votes != 0,
        let badge = badge(rating), seen.insert("\(rating.origin.lowercased()) \(badge.type)").inserted
      else { return nil }
      return badge
    }
  }

  /// Rotten Tomatoes draws its line at 60 of 100.
  private static func badge(_ rating: Rating) -> MetadataObject.Badge? {
    let isFresh = rating.value >= 6
    let image =
      switch (rating.origin.lowercased(), rating.isCritic) {
      case ("imdb", false): "imdb://image.rating"
      case ("tmdb", false): "themoviedb://image.rating"
      case ("rottentomatoes", true): "rottentomatoes://image.rating." + (isFresh ? "ripe" : "rotten")
      case ("rottentomatoes", false): "rottentomatoes://image.rating." + (isFresh ? "upright" : "spilled")
      default: ""
      }
    guard !image.isEmpty else { return nil }
    return MetadataObject.Badge(image: image, type: rating.isCritic ? "critic" : "audience", value: rating.value)
  }
}
