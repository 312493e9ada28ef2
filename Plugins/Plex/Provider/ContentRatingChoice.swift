import UsherKit

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
