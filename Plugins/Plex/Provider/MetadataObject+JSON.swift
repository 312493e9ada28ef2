extension MetadataObject {
  /// Exactly Plex's names: `guid` and `Guid`, `studio` and `Studio` differ only in case.
  enum CodingKeys: String, CodingKey {
    case ratingKey, key, guid, type, title, originalTitle, titleSort, originallyAvailableAt, year, summary, tagline
    case contentRating, studio, theme, thumb, art, duration, isAdult, index, score
    case parentRatingKey, parentKey, parentGuid, parentType, parentTitle, parentThumb, parentArt, parentIndex
    case grandparentRatingKey, grandparentKey, grandparentGuid, grandparentType, grandparentTitle
    case grandparentThumb, grandparentArt
    case images = "Image"
    case genres = "Genre"
    case guids = "Guid"
    case ratings = "Rating"
    case roles = "Role"
    case directors = "Director"
    case producers = "Producer"
    case writers = "Writer"
    case countries = "Country"
    case studios = "Studio"
    case networks = "Network"
    case similar = "Similar"
    case seasonTypes = "SeasonType"
    case children = "Children"
  }

  func encode(to encoder: any Encoder) throws {
    var members = Members(container: encoder.container(keyedBy: CodingKeys.self), trimming: trimming)
    try encodeFields(&members)
    try encodeRelatives(&members)
    try encodeElements(&members)
  }

  private func encodeFields(_ members: inout Members) throws {
    try members.field(.ratingKey, ratingKey)
    try members.field(.key, key)
    try members.field(.guid, guid)
    try members.field(.type, type)
    try members.field(.title, title)
    try members.field(.originalTitle, originalTitle)
    try members.field(.titleSort, titleSort)
    try members.field(.originallyAvailableAt, originallyAvailableAt)
    try members.field(.year, year)
    try members.field(.summary, summary)
    try members.field(.tagline, tagline)
    try members.field(.contentRating, contentRating)
    try members.field(.studio, studio)
    try members.field(.theme, theme)
    try members.field(.thumb, thumb)
    try members.field(.art, art)
    try members.field(.duration, duration)
    try members.field(.isAdult, isAdult)
    try members.field(.index, index)
    try members.field(.score, score)
  }

  private func encodeRelatives(_ members: inout Members) throws {
    if let parent {
      try members.field(.parentRatingKey, parent.ratingKey)
      try members.field(.parentKey, parent.key)
      try members.field(.parentGuid, parent.guid)
      try members.field(.parentType, parent.type)
      try members.field(.parentTitle, parent.title)
      try members.field(.parentThumb, parent.thumb)
      try members.field(.parentArt, parent.art)
    }
    try members.field(.parentIndex, parentIndex)
    if let grandparent {
      try members.field(.grandparentRatingKey, grandparent.ratingKey)
      try members.field(.grandparentKey, grandparent.key)
      try members.field(.grandparentGuid, grandparent.guid)
      try members.field(.grandparentType, grandparent.type)
      try members.field(.grandparentTitle, grandparent.title)
      try members.field(.grandparentThumb, grandparent.thumb)
      try members.field(.grandparentArt, grandparent.art)
    }
  }

  private func encodeElements(_ members: inout Members) throws {
    try members.elements(.images, images)
    try members.elements(.genres, genres)
    try members.elements(.guids, guids)
    try members.elements(.ratings, ratings)
    try members.elements(.roles, roles)
    try members.elements(.directors, directors)
    try members.elements(.producers, producers)
    try members.elements(.writers, writers)
    try members.elements(.countries, countries)
    try members.elements(.studios, studios)
    try members.elements(.networks, networks)
    try members.elements(.similar, similar)
    try members.elements(.seasonTypes, seasonTypes)
    if let children, trimming.keepsChildren {
      try members.container.encode(Children(size: children.count, metadata: children), forKey: .children)
    }
  }
}

extension MetadataObject {
  /// Writes what there is and what the trimming keeps.
  private struct Members {
    var container: KeyedEncodingContainer<CodingKeys>
    let trimming: Trimming

    mutating func field(_ key: CodingKeys, _ value: (some Encodable)?) throws {
      guard let value, trimming.keepsField(key.rawValue) else { return }
      try container.encode(value, forKey: key)
    }

    mutating func elements(_ key: CodingKeys, _ list: [some Encodable]) throws {
      guard !list.isEmpty, trimming.keepsElement(key.rawValue) else { return }
      try container.encode(list, forKey: key)
    }
  }

  /// An object, not a list: Plex drops the whole answer otherwise (protocol §3.4).
  private struct Children: Encodable {
    let size: Int
    let metadata: [MetadataObject]

    enum CodingKeys: String, CodingKey {
      case size
      case metadata = "Metadata"
    }
  }
}
