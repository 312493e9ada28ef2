import FoundationEssentials
import UsherKit

/// What Plex tells of one library item that it wants matched (protocol §2.1). Unknown members are ignored.
struct MatchBody: Decodable {
  /// Bytes; Plex sends a few hundred (protocol §4).
  static let maximumSize = 64 * 1024

  let type: Int?
  let title: String?
  let parentTitle: String?
  let grandparentTitle: String?
  let year: Int?
  let guid: String?
  /// Number of the season or the episode. 0 is not absent.
  let index: Int?
  let parentIndex: Int?
  let date: CalendarDate?
  let filename: String?
  let episodeOrder: String?
  let includeChildren: Bool
  let manual: Bool
  /// Nil when the body does not say.
  let includeAdult: Bool?
  let trimming: Trimming

  enum CodingKeys: String, CodingKey {
    case type, title, parentTitle, grandparentTitle, year, guid, index, parentIndex, date, filename, episodeOrder
    case includeChildren, manual, includeAdult
    case includeFields, excludeFields, includeElements, excludeElements
  }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    type = members.lenientInteger(.type)
    title = members.lenientText(.title)
    parentTitle = members.lenientText(.parentTitle)
    grandparentTitle = members.lenientText(.grandparentTitle)
    year = members.lenientInteger(.year)
    guid = members.lenientText(.guid)
    index = members.lenientInteger(.index)
    parentIndex = members.lenientInteger(.parentIndex)
    date = members.lenientText(.date).flatMap { CalendarDate($0) }
    filename = members.lenientText(.filename)
    episodeOrder = members.lenientText(.episodeOrder)
    includeChildren = members.lenientInteger(.includeChildren) == 1
    manual = members.lenientInteger(.manual) == 1
    includeAdult = members.lenientInteger(.includeAdult).map { $0 == 1 }
    trimming = Trimming { name in CodingKeys(stringValue: name).flatMap { members.lenientText($0) } }
  }

  /// Throws `.badRequest` when the bytes are not one JSON object.
  init(_ bytes: [UInt8]) throws {
    do {
      self = try JSONDecoder().decode(MatchBody.self, from: Data(bytes))
    } catch {
      throw PluginError(.badRequest, "the body of a match must be one JSON object with at least \"type\"")
    }
  }
}
