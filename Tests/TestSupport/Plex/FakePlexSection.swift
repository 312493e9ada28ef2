/// A library of a fake media server.
public struct FakePlexSection: Sendable {
  public var key: Int
  public var uuid: String
  public var type: FakePlexItem.Kind
  public var title: String
  public var agent: String
  public var scanner: String
  public var roots: [String]
  /// The group of agents bound to it.
  public var group: Int?
  public var updatedAt = 1_700_000_000
  public var scannedAt = 1_700_000_000
  public var contentChangedAt = 1
  /// Keys of its items by kind, ascending.
  public var keys: [FakePlexItem.Kind: [Int]] = [:]

  public init(key: Int, type: FakePlexItem.Kind, title: String, roots: [String]) {
    (self.key, self.type, self.title, self.roots) = (key, type, title, roots)
    uuid = "5ec7104\(key)-0000-4000-8000-00000000000\(key % 10)"
    agent = type == .movie ? "tv.plex.agents.movie" : "tv.plex.agents.series"
    scanner = type == .movie ? "Plex Movie" : "Plex TV Series"
  }

  var element: FakeElement {
    let locations = roots.enumerated().map { index, path in
      FakeElement("Location", [("id", .number(key * 10 + index)), ("path", .text(path))])
    }
    return FakeElement(
      "Directory",
      [
        ("allowSync", .flag(true)), ("key", .text(String(key))), ("type", .text(type.name)), ("title", .text(title)),
        ("agent", .text(agent)), ("scanner", .text(scanner)), ("language", .text("en-US")), ("uuid", .text(uuid)),
        ("metadataAgentProviderGroupId", group.map { .text(String($0)) }), ("updatedAt", .number(updatedAt)),
        ("createdAt", .number(1_600_000_000)), ("scannedAt", .number(scannedAt)), ("content", .flag(true)),
        ("directory", .flag(true)), ("contentChangedAt", .number(contentChangedAt)), ("hidden", .number(0)),
        ("refreshing", .flag(false)),
      ], locations)
  }
}

/// A metadata provider that was registered with a fake media server.
public struct FakeRegisteredProvider: Sendable {
  public var id: Int
  public var identifier: String
  public var title: String
  public var uri: String
  public var types: [Int]

  var element: FakeElement {
    FakeElement(
      "MetadataAgentProvider",
      [
        ("id", .number(id)), ("identifier", .text(identifier)), ("title", .text(title)), ("uri", .text(uri)),
        ("agentType", .text("primary")), ("online", .flag(true)),
      ], types.map { FakeElement("MetadataType", [("type", .number($0))]) })
  }
}

/// A group of providers, which a library may have as its agent.
public struct FakeProviderGroup: Sendable {
  public var id: Int
  public var title: String
  public var primary: String
  public var items: [Int]

  var element: FakeElement {
    FakeElement(
      "MetadataAgentProviderGroup",
      [("id", .number(id)), ("title", .text(title)), ("primaryIdentifier", .text(primary))],
      items.enumerated().map { index, provider in
        FakeElement(
          "MetadataAgentProviderGroupItem",
          [
            ("id", .number(id * 100 + index)), ("metadataAgentProviderGroupId", .number(id)),
            ("metadataAgentProviderId", .number(provider)), ("order", .number(1000 * (index + 1))),
          ])
      })
  }
}
