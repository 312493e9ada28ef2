import UsherKit

/// The elements of an item's lists, with Plex's names for their members (protocol §3.4).
extension MetadataObject {
  struct Image: Encodable, Sendable {
    let type: String
    let url: String
    let alt: String

    init(_ artwork: Artwork, alt: String) {
      type = artwork.form.rawValue
      url = artwork.url
      self.alt = alt
    }
  }

  /// A genre, country, studio or network.
  struct Tag: Encodable, Sendable {
    let tag: String
  }

  /// `imdb://tt0012345`.
  struct Identifier: Encodable, Sendable {
    let id: String
  }

  /// A rating with the picture of whoever gave it.
  struct Badge: Encodable, Sendable {
    let image: String
    let type: String
    /// 0 to 10.
    let value: Double
  }

  struct Person: Encodable, Sendable {
    let tag: String
    let role: String?
    let thumb: String?
    let order: Int?
  }

  /// Another item of the same provider.
  struct Reference: Encodable, Sendable {
    let guid: String
    let tag: String
  }

  struct SeasonType: Encodable, Sendable {
    let id: String
    let source: String
    let tag: String
    let title: String
  }

  /// What a child says of an item above it; the members' names get their prefix in the item's own JSON.
  struct Relative: Sendable {
    let ratingKey: String
    let key: String
    let guid: String
    let type: String
    let title: String
    let thumb: String?
    let art: String?
  }
}
