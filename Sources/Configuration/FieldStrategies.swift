import Merging

extension FieldRule {
  /// The strategies that make sense for a field.
  static func strategies(for field: Field) -> [Strategy] {
    if field.artworkForm != nil { return [.first, .merge, .best] }
    switch field {
    case .title, .summary, .tagline: return [.first, .longest]
    case .ratings: return [.first, .merge, .best]
    case .alternativeTitles, .contentRatings, .genres, .credits, .externalIDs, .seasonOrders, .studios, .networks,
      .countries, .collections, .similar:
      return [.first, .merge]
    default: return [.first]
    }
  }
}
