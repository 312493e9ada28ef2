import FoundationEssentials
public import MetadataModel

/// What `/explain/…` is asked.
public enum ExplainQuestion: Sendable {
  case match(MatchRequest)
  case item(ItemRequest)

  /// Reads what follows `/explain/PROVIDER/`, in its parts, and the undecoded query; nil when it asks for nothing.
  init?(path: [String], query: String, _ provider: Provider) {
    if path.count == 2, path[0] == "item" {
      guard let id = ItemID(path[1]) else { return nil }
      self = .item(ItemRequest(id: id))
      return
    }
    let items = URLComponents(string: "?" + query)?.queryItems ?? []
    guard path == ["match"], let request = Self.match(items, provider) else { return nil }
    self = .match(request)
  }

  private static func match(_ items: [URLQueryItem], _ provider: Provider) -> MatchRequest? {
    func text(_ name: String) -> String? { items.first { $0.name == name }?.value.flatMap { $0.isEmpty ? nil : $0 } }
    let kind = text("type").map { MediaKind(rawValue: $0) } ?? provider.kind
    guard kind.isKnown, let title = text("title") else { return nil }
    var wanted = MatchRequest(kind: kind)
    if kind == .movie || kind == .show { wanted.title = title } else { wanted.showTitle = title }
    wanted.year = text("year").flatMap { Int($0) }
    wanted.season = text("season").flatMap { Int($0) }
    wanted.episode = text("episode").flatMap { Int($0) }
    wanted.date = text("date").flatMap { CalendarDate($0) }
    wanted.file = text("file")
    wanted.includeAdult = provider.adult ? true : nil
    if let guid = text("guid"), let (namespace, value) = ExternalIDs.parse(guid) {
      wanted.externalIDs = [namespace: value]
    }
    return wanted
  }
}
