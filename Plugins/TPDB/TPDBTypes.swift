import UsherKit

/// A scene or a movie: both have one shape.
struct TPDBItem: Decodable, Sendable {
  /// The uuid; the number where there is no usable uuid. Fit for an item id.
  let id: String
  /// Rises with the age of the record.
  let number: Int?
  let title: String
  let description, page, sku: String?
  let released: CalendarDate?
  /// Seconds.
  let duration: Int?
  let siteID: Int?
  let site: TPDBSite?
  let performers: [TPDBCredit]
  let tags, directors: [TPDBName]
  /// Best first.
  let posters, backgrounds: [String]
  /// Lists may leave members out that the item itself has.
  let isWhole: Bool

  enum CodingKeys: String, CodingKey {
    case id, title, slug, description, type, date, duration, site, performers, tags, directors, director, sku
    case posters, poster, background, media, image
    case number = "_id"
    case siteID = "site_id"
    case posterImage = "poster_image"
    case backgroundBack = "background_back"
    case backImage = "back_image"
  }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    number = members.number(.number)
    let uuid = members.text(.id).flatMap { TPDBKey.isReference($0) ? $0 : nil }
    guard let id = uuid ?? number.map({ String($0) }) else {
      throw DecodingError.dataCorruptedError(forKey: .id, in: members, debugDescription: "expected a uuid or a number")
    }
    guard let title = members.text(.title) else {
      throw DecodingError.dataCorruptedError(forKey: .title, in: members, debugDescription: "expected a title")
    }
    self.id = id
    self.title = title
    description = members.text(.description)
    sku = members.text(.sku)
    let path = members.text(.type)?.lowercased() == "movie" ? "movies" : "scenes"
    page = "https://theporndb.net/\(path)/\((members.text(.slug) ?? id).pathEscaped)"
    released = members.text(.date).flatMap { CalendarDate($0) }
    duration = members.number(.duration).flatMap { (1...1_000_000).contains($0) ? $0 : nil }
    let site: TPDBSite? = members.known(.site)
    self.site = site
    siteID = members.number(.siteID) ?? site?.id
    performers = members.usable(.performers)
    tags = members.usable(.tags)
    let single: TPDBName? = members.known(.director)
    directors = members.usable(.directors) + [single].compactMap { $0 }
    func pictures(_ keys: [CodingKeys]) -> [String] {
      keys.compactMap { (members.known($0) as TPDBPicture?)?.url }
    }
    posters = Array(pictures([.posters, .poster, .posterImage]).prefix(1))
    // The studio's own addresses (image, back_image) expire: only where there is nothing else.
    let front = pictures([.background, .media, .backImage, .image]).prefix(1)
    backgrounds = front + pictures([.backgroundBack]).filter { !front.contains($0) }
    isWhole =
      duration != nil && members.contains(.tags) && members.contains(.performers)
      && (members.contains(.directors) || members.contains(.director))
  }
}

/// A person in an item under the name of its credits; the person is `parent`, nil while nobody has linked them.
struct TPDBCredit: Decodable, Sendable {
  struct Person: Decodable, Sendable {
    let name: String?
    let gender: String?
    let face, image: String?

    enum CodingKeys: String, CodingKey { case name, extra, extras, face, image, thumbnail, gender }

    init(from decoder: any Decoder) throws {
      let members = try decoder.container(keyedBy: CodingKeys.self)
      name = members.text(.name)
      let attributes = [CodingKeys.extras, .extra].lazy.compactMap { key in
        try? members.nestedContainer(keyedBy: CodingKeys.self, forKey: key)
      }
      gender = members.text(.gender) ?? attributes.compactMap { $0.text(.gender) }.first
      face = TPDBPicture.usable(members.text(.face))
      image = TPDBPicture.usable(members.text(.image)) ?? TPDBPicture.usable(members.text(.thumbnail))
    }
  }

  let credited: Person
  let parent: Person?

  enum CodingKeys: String, CodingKey { case parent, name }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    credited = try Person(from: decoder)
    parent = members.known(.parent)
    if credited.name == nil, parent?.name == nil {
      throw DecodingError.dataCorruptedError(forKey: .name, in: members, debugDescription: "expected a name")
    }
  }
}

/// A tag or a director; older tags have their name under `tag` as well, and a bare text does.
struct TPDBName: Decodable, Sendable {
  let name: String

  enum CodingKeys: String, CodingKey { case name, tag }

  init(from decoder: any Decoder) throws {
    if let text = try? decoder.singleValueContainer().decode(String.self) {
      name = text.trimmed
    } else {
      let members = try decoder.container(keyedBy: CodingKeys.self)
      name = members.text(.name) ?? members.text(.tag) ?? ""
    }
    guard !name.isEmpty else {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "expected a name"))
    }
  }
}

/// A site, which is a studio.
struct TPDBSite: Decodable, Sendable {
  /// What `parent` and `network` tell; their own parents are not told.
  struct Above: Decodable, Sendable {
    let id: Int?
    let name: String

    enum CodingKeys: String, CodingKey { case id, name }

    init(from decoder: any Decoder) throws {
      let members = try decoder.container(keyedBy: CodingKeys.self)
      guard let name = members.text(.name) else {
        throw DecodingError.dataCorruptedError(forKey: .name, in: members, debugDescription: "expected a name")
      }
      self.name = name
      id = members.number(.id)
    }
  }

  let id: Int?
  /// Nil where an old record has a number in its place.
  let uuid: String?
  let name: String
  let shortName, description, logo, poster: String?
  let parentID, networkID: Int?
  let parent, network: Above?

  enum CodingKeys: String, CodingKey {
    case id, uuid, name, description, logo, poster, parent, network
    case shortName = "short_name"
    case parentID = "parent_id"
    case networkID = "network_id"
  }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    guard let name = members.text(.name) else {
      throw DecodingError.dataCorruptedError(forKey: .name, in: members, debugDescription: "expected a name")
    }
    self.name = name
    id = members.number(.id).flatMap { $0 > 0 ? $0 : nil }
    let uuid: String? = members.known(.uuid)
    self.uuid = uuid.flatMap { TPDBKey.isReference($0) && Int($0) == nil ? $0 : nil }
    shortName = members.text(.shortName)
    description = members.text(.description)
    logo = (members.known(.logo) as TPDBPicture?)?.url
    poster = (members.known(.poster) as TPDBPicture?)?.url
    parentID = members.number(.parentID)
    networkID = members.number(.networkID)
    parent = members.known(.parent)
    network = members.known(.network)
  }
}

/// A picture: an object with sizes, one with an address, a list of either, or the bare address.
struct TPDBPicture: Decodable, Sendable {
  /// The best usable one; nil when there is none.
  let url: String?

  enum CodingKeys: String, CodingKey, CaseIterable { case large, full, medium, small, url }

  init(from decoder: any Decoder) throws {
    if let text = try? decoder.singleValueContainer().decode(String.self) {
      url = Self.usable(text)
    } else if var list = try? decoder.unkeyedContainer() {
      url = list.isAtEnd ? nil : try list.decode(TPDBPicture.self).url
    } else {
      let members = try decoder.container(keyedBy: CodingKeys.self)
      url = CodingKeys.allCases.lazy.compactMap { Self.usable(members.text($0)) }.first
    }
  }

  /// A web address that stands for a picture: the service's placeholders mean that there is none.
  static func usable(_ url: String?) -> String? {
    guard let url, url.hasPrefix("https://") || url.hasPrefix("http://"), !url.contains("/scene/default_"),
      url.utf8.count <= 2000, url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
    else { return nil }
    return url
  }
}
