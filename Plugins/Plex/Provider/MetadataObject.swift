import UsherKit

/// One item as Plex reads it (protocol §3.3, §3.4). A nil or an empty list is left out of the JSON: the next provider of
/// the agent may then fill it.
struct MetadataObject: Encodable, Sendable {
  let trimming: Trimming

  let ratingKey: String
  let key: String
  let guid: String
  let type: String
  let title: String
  var originalTitle: String?
  var titleSort: String?
  /// `YYYY-MM-DD`; an empty text goes out as it is.
  var originallyAvailableAt: String?
  var year: Int?
  var summary: String?
  var tagline: String?
  var contentRating: String?
  var studio: String?
  var theme: String?
  var thumb: String?
  var art: String?
  /// Milliseconds.
  var duration: Int?
  var isAdult: Bool?
  var index: Int?
  var score: Int?
  var parent: Relative?
  var parentIndex: Int?
  var grandparent: Relative?

  var images: [Image] = []
  var genres: [Tag] = []
  var guids: [Identifier] = []
  var ratings: [Badge] = []
  var roles: [Person] = []
  var directors: [Person] = []
  var producers: [Person] = []
  var writers: [Person] = []
  var countries: [Tag] = []
  var studios: [Tag] = []
  var networks: [Tag] = []
  var similar: [Reference] = []
  var seasonTypes: [SeasonType] = []
  /// Nil when nobody asked for them.
  var children: [MetadataObject]?

  init(ratingKey: String, key: String, guid: String, type: String, title: String, trimming: Trimming) {
    self.ratingKey = ratingKey
    self.key = key
    self.guid = guid
    self.type = type
    self.title = title
    self.trimming = trimming
  }
}
