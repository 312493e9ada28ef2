import UsherKit

/// Turns the library's items into Plex's, for one request.
struct Translation: Sendable {
  /// Characters; one provider in use caps episode texts at this, to keep lists of episodes sane (protocol §3.3).
  static let longestEpisodeSummary = 8192

  let provider: Provider
  let images: ImageRules
  /// ISO 3166-1 alpha-2, upper-case.
  let country: String
  let trimming: Trimming
  /// In a match an unknown date is left out; in full metadata it is an empty text (protocol §3.3).
  let isMatch: Bool

  /// The whole item. `children` is nil when nobody asked for them.
  func object(_ item: MediaItem, children: [MediaItem]? = nil, score: Int? = nil) -> MetadataObject {
    var object = named(item.id, title: item.displayTitle)
    object.originalTitle = item.originalTitle.flatMap { $0 == item.title ? nil : $0.nonEmpty }
    object.titleSort = item.sortTitle?.nonEmpty
    object.originallyAvailableAt = item.released?.description ?? (isMatch ? nil : "")
    object.year = item.year ?? item.released?.year
    object.summary = summary(of: item)
    object.contentRating = ContentRatingChoice.text(item.contentRatings, country: country)
    object.isAdult = item.isAdult ? true : nil
    object.score = score
    addPictures(of: item, to: &object)
    addPlace(of: item, to: &object)
    addPeople(of: item, to: &object)
    object.genres = tags(item.genres)
    object.guids = identifiers(item.externalIDs)
    object.ratings = RatingBadges.badges(item.ratings)
    if item.kind != .season { object.duration = item.duration.flatMap { $0 > 0 ? $0 : nil } }
    if item.kind == .movie || item.kind == .show { addProduction(of: item, to: &object) }
    object.children = children.map { $0.map { self.object($0) } }
    return object
  }

  /// What a person needs to choose, without asking anybody for more.
  func object(_ candidate: Candidate, score: Int) -> MetadataObject {
    var object = named(candidate.id, title: candidate.title)
    object.originalTitle = candidate.originalTitle.flatMap { $0 == candidate.title ? nil : $0.nonEmpty }
    object.originallyAvailableAt = candidate.released?.description
    object.year = candidate.year ?? candidate.released?.year
    object.summary = candidate.summary?.nonEmpty
    object.thumb = images.usable(candidate.poster)
    object.isAdult = candidate.isAdult == true ? true : nil
    object.index = candidate.index
    object.score = score
    object.guids = candidate.externalIDs.map(identifiers) ?? []
    return object
  }

  private func named(_ id: ItemID, title: String) -> MetadataObject {
    let path = "\(FeatureKey.metadata)/\(id)"
    return MetadataObject(
      ratingKey: id.description, key: id.kind.child == nil ? path : "\(path)/children", guid: provider.guid(of: id),
      type: id.kind.rawValue, title: title, trimming: trimming)
  }

  private func summary(of item: MediaItem) -> String? {
    guard let text = item.summary?.nonEmpty, item.kind == .episode,
      text.utf8.count > Self.longestEpisodeSummary
    else { return item.summary?.nonEmpty }
    return String(text.prefix(Self.longestEpisodeSummary))
  }

  /// The best picture of each form; `/images` has the others. `thumb` and `art` are always among them.
  private func addPictures(of item: MediaItem, to object: inout MetadataObject) {
    var forms: Set<Artwork.Form> = []
    let best = images.usable(item.artwork).filter { forms.insert($0.form).inserted }
    object.images = best.map { MetadataObject.Image($0, alt: item.displayTitle) }
    let thumbForm: Artwork.Form = item.kind == .episode ? .snapshot : .coverPoster
    object.thumb = best.first { $0.form == thumbForm }?.url
    object.art = best.first { $0.form == .background }?.url
  }

  private func addPlace(of item: MediaItem, to object: inout MetadataObject) {
    guard item.kind == .season || item.kind == .episode else { return }
    object.index = item.index
    object.parent = item.parent.map(relative)
    guard item.kind == .episode else { return }
    object.parentIndex = item.parent?.index
    object.grandparent = item.grandparent.map(relative)
  }

  private func relative(_ ancestor: Ancestor) -> MetadataObject.Relative {
    MetadataObject.Relative(
      ratingKey: ancestor.id.description, key: "\(FeatureKey.metadata)/\(ancestor.id)",
      guid: provider.guid(of: ancestor.id), type: ancestor.id.kind.rawValue,
      title: ancestor.id.kind.standardTitle(ancestor.title, index: ancestor.index),
      thumb: images.usable(ancestor.poster), art: images.usable(ancestor.background))
  }
}
