import UsherKit

/// Fanart.tv's pictures in the words of the shared model.
struct FanartTVMapping {
  /// One of the service's types of pictures. Better types of a form stand before weaker ones.
  struct PictureType: Sendable {
    let name: String
    let form: Artwork.Form

    fileprivate init(_ name: String, _ form: Artwork.Form) {
      self.name = name
      self.form = form
    }
  }

  static let types: [PictureType] = [
    PictureType("movieposter", .coverPoster), PictureType("tvposter", .coverPoster),
    PictureType("seasonposter", .coverPoster),
    PictureType("moviebackground", .background), PictureType("showbackground", .background),
    PictureType("moviesquare", .backgroundSquare),
    PictureType("hdmovielogo", .clearLogo), PictureType("movielogo", .clearLogo),
    PictureType("hdtvlogo", .clearLogo), PictureType("clearlogo", .clearLogo),
    PictureType("moviebanner", .banner), PictureType("tvbanner", .banner), PictureType("seasonbanner", .banner),
    PictureType("moviethumb", .landscape), PictureType("tvthumb", .landscape), PictureType("seasonthumb", .landscape),
    PictureType("hdmovieclearart", .clearArt), PictureType("movieart", .clearArt),
    PictureType("hdclearart", .clearArt), PictureType("clearart", .clearArt),
    PictureType("moviedisc", .disc), PictureType("characterart", .character),
  ]

  let record: FanartTVRecord
  let key: FanartTVKey

  /// The work as a possible match; the service knows no year. Only for a movie or a show.
  func candidate(_ language: String?) throws -> Candidate {
    var candidate = Candidate(id: try key.id(), title: record.name)
    candidate.poster = artwork(language).first { $0.form == .coverPoster }?.url
    candidate.externalIDs = externalIDs
    return candidate
  }

  /// The item without its pictures: all else is for other sources to say.
  func item() throws -> MediaItem {
    guard case .season(let show, let number) = key else {
      var item = MediaItem(id: try key.id(), title: record.name)
      item.externalIDs = externalIDs
      return item
    }
    var item = MediaItem(id: try key.id(), title: number == 0 ? "Specials" : "Season \(number)")
    item.index = number
    item.parent = Ancestor(id: try FanartTVKey.show(show).id(), title: record.name)
    return item
  }

  /// Numbers of the seasons that have pictures, ascending.
  var seasons: [Int] {
    let usable = record.pictures.values.joined().filter { FanartTVAddress.usable($0.url) != nil }
    return Set(usable.compactMap { Self.season($0) }).sorted()
  }

  /// Every picture of the item, grouped by form, the best for `language` (an IETF tag; English when nil) first.
  func artwork(_ language: String?) -> [Artwork] {
    let wanted = Self.code(language) ?? "en"
    var seen: Set<String> = []
    var ranked: [(rank: Rank, artwork: Artwork)] = []
    for (place, type) in Self.types.enumerated() {
      for picture in record.pictures[type.name] ?? [] where belongs(picture, type) {
        guard let artwork = Self.artwork(picture, type.form), seen.insert("\(type.form) \(artwork.url)").inserted else {
          continue
        }
        ranked.append((Rank(artwork, wanted: wanted, type: place, order: ranked.count), artwork))
      }
    }
    return ranked.sorted { $0.rank < $1.rank }.map(\.artwork)
  }

  private var externalIDs: ExternalIDs {
    var ids: ExternalIDs = [:]
    ids["tmdb"] = record.tmdb.flatMap { FanartTVKey.isNumber($0) ? $0 : nil }
    ids["imdb"] = record.imdb.flatMap { FanartTVKey.isIMDb($0) ? $0 : nil }
    ids["tvdb"] = record.tvdb.flatMap { FanartTVKey.isNumber($0) ? $0 : nil }
    // The id that was asked for names the work even where the record leaves it out.
    switch key {
    case .movie(let id):
      let namespace = FanartTVKey.isNumber(id) ? "tmdb" : "imdb"
      if ids[namespace] == nil { ids[namespace] = id }
    case .show(let id), .season(let id, _): if ids["tvdb"] == nil { ids["tvdb"] = id }
    }
    return ids
  }

  /// Whether a picture is one of this item. What is made for one season, and posters for all seasons together, would
  /// mislead on the show; backgrounds of all seasons are the show's own.
  private func belongs(_ picture: FanartTVPicture, _ type: PictureType) -> Bool {
    guard case .season(_, let number) = key else {
      return !type.name.hasPrefix("season") && Self.season(picture) == nil
    }
    return Self.season(picture) == number
  }

  private static func season(_ picture: FanartTVPicture) -> Int? {
    picture.season.flatMap { Int($0) }.flatMap { (0...9999).contains($0) ? $0 : nil }
  }

  private static func artwork(_ picture: FanartTVPicture, _ form: Artwork.Form) -> Artwork? {
    guard let url = FanartTVAddress.usable(picture.url) else { return nil }
    return Artwork(
      form: form, url: url, language: code(picture.language), width: pixels(picture.width),
      height: pixels(picture.height), score: picture.likes.flatMap { Int($0) }.map { Double(max(0, $0)) })
  }

  private static func pixels(_ text: String?) -> Int? {
    text.flatMap { Int($0) }.flatMap { (1...100_000).contains($0) ? $0 : nil }
  }

  /// The ISO 639-1 part of a tag in lower case; nil for `00` and for all that is no language.
  private static func code(_ tag: String?) -> String? {
    guard let code = tag?.prefix(while: { $0 != "-" && $0 != "_" }).lowercased(), (2...3).contains(code.utf8.count),
      code.utf8.allSatisfy({ (0x61...0x7A).contains($0) })
    else { return nil }
    return code
  }
}

/// A picture's place among the others: form, language, type, likes, and the service's order.
private struct Rank: Comparable {
  private let form, language, type, order: Int
  private let likes: Double

  init(_ artwork: Artwork, wanted: String, type: Int, order: Int) {
    form = Artwork.Form.order.firstIndex(of: artwork.form) ?? Artwork.Form.order.count
    language = Self.language(artwork, wanted)
    self.type = type
    self.order = order
    likes = artwork.score ?? 0
  }

  static func < (left: Rank, right: Rank) -> Bool {
    if left.likes != right.likes, (left.form, left.language, left.type) == (right.form, right.language, right.type) {
      return left.likes > right.likes
    }
    return (left.form, left.language, left.type, left.order) < (right.form, right.language, right.type, right.order)
  }

  /// A picture behind a page is best without text; others carry the title, so the language asked for comes first.
  private static func language(_ artwork: Artwork, _ wanted: String) -> Int {
    let isBackground = artwork.form == .background || artwork.form == .backgroundSquare
    switch artwork.language {
    case nil: return isBackground ? 0 : 3
    case wanted?: return 1
    case "en"?: return 2
    default: return 4
    }
  }
}

extension Artwork.Form {
  /// Wide art with the title on it; not for use behind a page.
  static let landscape = Artwork.Form(rawValue: "landscape")
  /// Title and figures, cut out.
  static let clearArt = Artwork.Form(rawValue: "clearArt")
  static let disc = Artwork.Form(rawValue: "disc")
  /// A figure, cut out.
  static let character = Artwork.Form(rawValue: "character")

  /// The order of forms in an answer.
  fileprivate static let order: [Artwork.Form] = [
    .coverPoster, .background, .backgroundSquare, .clearLogo, .banner, .landscape, .clearArt, .disc, .character,
  ]
}
