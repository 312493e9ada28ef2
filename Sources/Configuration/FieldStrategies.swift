import Merging

extension FieldRule {
  /// The strategies that make sense for a field.
  static func strategies(for field: Field) -> [Strategy] {
    let lists: Set<Field> = [
      .alternativeTitles, .contentRatings, .genres, .credits, .externalIDs, .seasonOrders, .studios, .networks,
      .countries, .collections, .similar,
    ]
    if field.artworkForm != nil || field == .ratings { return [.first, .merge, .best] }
    return Field.texts.contains(field) ? [.first, .longest] : lists.contains(field) ? [.first, .merge] : [.first]
  }
}
