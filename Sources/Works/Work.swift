public import MetadataModel

/// One work, as far as its identity goes.
public struct Work: Hashable, Sendable {
  /// The id given to media servers, for ever: that of the first source whose record was answered.
  public let key: ItemID
  /// Records of this work at the sources, at most one per source, the key's own among them.
  public let members: [ItemID]
  /// Ids at other services that its records agree on.
  public let externalIDs: ExternalIDs
  /// As last seen, for lists and for looking it up at a source that has no id of it.
  public let title: String
  public let year: Int?

  public init(key: ItemID, members: [ItemID], externalIDs: ExternalIDs, title: String, year: Int?) {
    self.key = key
    self.members = members
    self.externalIDs = externalIDs
    self.title = title
    self.year = year
  }

  /// The record of `source`, nil when it is not known to have one.
  public func member(of source: String) -> ItemID? { members.first { $0.source == source } }
}

/// A source's record that is, or may be, one with a work.
public struct Member: Hashable, Sendable {
  public let id: ItemID
  public let externalIDs: ExternalIDs
  public let title: String
  public let year: Int?

  public init(id: ItemID, externalIDs: ExternalIDs, title: String, year: Int?) {
    self.id = id
    self.externalIDs = externalIDs
    self.title = title
    self.year = year
  }
}

/// What came of joining a record to a work.
public enum JoinOutcome: Hashable, Sendable {
  case joined(Work)
  /// The record says another id than the work has in one namespace; a sentence. They stay apart.
  case contradiction(String)
  /// The record belongs to another work already, the one with this key.
  case belongsTo(ItemID)
}

/// A season's or an episode's place in the aired order, and which key stands for which record there.
public struct ChildLink: Hashable, Sendable {
  /// Given to media servers, for ever.
  public let key: ItemID
  /// A source's record of it.
  public let member: ItemID
  public let season: Int
  /// Nil for a season.
  public let episode: Int?

  public init(key: ItemID, member: ItemID, season: Int, episode: Int?) {
    self.key = key
    self.member = member
    self.season = season
    self.episode = episode
  }
}
