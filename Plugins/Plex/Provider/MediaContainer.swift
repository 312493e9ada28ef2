import UsherKit

/// The envelope of every answer but the root's (protocol §3.1).
struct MediaContainer: Encodable, Sendable {
  enum Elements: Sendable {
    case metadata([MetadataObject])
    case images([MetadataObject.Image])

    var count: Int {
      switch self {
      case .metadata(let objects): objects.count
      case .images(let images): images.count
      }
    }
  }

  private let elements: Elements
  private let offset: Int
  private let total: Int
  private let identifier: String

  /// `offset` and `total` are those of the whole list, of which `elements` is a page.
  init(_ elements: Elements, offset: Int, total: Int, _ provider: Provider) {
    self.elements = elements
    self.offset = offset
    self.total = total
    identifier = provider.identifier
  }

  /// An envelope around all there is.
  init(whole elements: Elements, _ provider: Provider) {
    self.init(elements, offset: 0, total: elements.count, provider)
  }

  private enum Outer: String, CodingKey {
    case container = "MediaContainer"
  }

  private enum CodingKeys: String, CodingKey {
    case offset, totalSize, size, identifier
    case metadata = "Metadata"
    case image = "Image"
  }

  func encode(to encoder: any Encoder) throws {
    var outer = encoder.container(keyedBy: Outer.self)
    var members = outer.nestedContainer(keyedBy: CodingKeys.self, forKey: .container)
    try members.encode(offset, forKey: .offset)
    try members.encode(total, forKey: .totalSize)
    try members.encode(elements.count, forKey: .size)
    try members.encode(identifier, forKey: .identifier)
    switch elements {
    case .metadata(let objects): try members.encode(objects, forKey: .metadata)
    case .images(let images): try members.encode(images, forKey: .image)
    }
  }
}
