import UsherKit

/// A movie or a show with all its pictures: the service's one shape.
struct FanartTVRecord: Decodable, Sendable {
  let name: String
  let tmdb, imdb, tvdb: String?
  /// By the service's word for their type; a type without pictures is missing. Types that are not known are left out.
  let pictures: [String: [FanartTVPicture]]

  /// Needs the name and an id: the retired versions of the service, whose answers are keyed by the title, have neither.
  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: MemberName.self)
    name = try members.decode(String.self, forKey: "name").trimmed
    guard !name.isEmpty else {
      throw DecodingError.dataCorruptedError(forKey: "name", in: members, debugDescription: "expected a name, found ''")
    }
    tmdb = members.text("tmdb_id")
    imdb = members.text("imdb_id")
    tvdb = members.text("thetvdb_id")
    guard [tmdb, imdb, tvdb].contains(where: { $0 != nil }) else {
      let expected = "expected one of the members 'tmdb_id', 'imdb_id' and 'thetvdb_id'"
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: expected))
    }
    var pictures: [String: [FanartTVPicture]] = [:]
    for type in FanartTVMapping.types {
      let entries = try? members.decodeIfPresent([Attempt<FanartTVPicture>].self, forKey: MemberName(type.name))
      let usable = entries?.compactMap(\.value) ?? []
      if !usable.isEmpty { pictures[type.name] = usable }
    }
    self.pictures = pictures
  }
}

/// One picture. All numbers are texts, at least in the older versions of the service.
struct FanartTVPicture: Decodable, Sendable {
  let url: String
  /// ISO 639-1; empty or `00` for a picture without text.
  let language: String?
  let likes: String?
  /// A number, `all`, or empty.
  let season: String?
  /// Pixels, from v3.2 on.
  let width, height: String?

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: MemberName.self)
    url = try members.decode(String.self, forKey: "url")
    language = members.text("lang")
    likes = members.text("likes")
    season = members.text("season")
    width = members.text("width")
    height = members.text("height")
  }
}

/// What the service says instead of an answer.
struct FanartTVReport: Decodable, Sendable {
  let status, sentence: String?

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: MemberName.self)
    status = members.text("status")
    sentence = members.text("error message") ?? members.text("error_message")
  }
}

/// A member by the service's own name for it.
private struct MemberName: CodingKey, ExpressibleByStringLiteral {
  let stringValue: String
  var intValue: Int? { nil }

  init(_ name: String) { stringValue = name }
  init(stringLiteral value: String) { stringValue = value }
  init?(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

/// An entry of a list of which one broken entry must not take the others along.
private struct Attempt<Value: Decodable>: Decodable {
  let value: Value?
  init(from decoder: any Decoder) throws { value = try? Value(from: decoder) }
}

extension KeyedDecodingContainer<MemberName> {
  /// A text, or a whole number as text; nil when it is missing, empty or anything else.
  fileprivate func text(_ name: MemberName) -> String? {
    if let text = try? decode(String.self, forKey: name) { return text.isEmpty ? nil : text }
    return (try? decode(Int.self, forKey: name)).map { String($0) }
  }
}
