public import MetadataModel
import NameReadings

/// Completes a request with what the name of its file says. What the media server itself said always stands.
public struct NameHints: Sendable {
  private let parser = NameParser()

  public init() {}

  /// Costs one pass over the name, no network and no disk.
  public func complete(_ request: MatchRequest, of provider: Provider) -> MatchRequest {
    guard let file = request.file, !file.isEmpty else { return request }
    let reading = parser.read(file, kind: Self.kind(of: request, provider))
    let name = reading.name
    guard !name.isEmpty else { return request }
    var request = request
    request.parsedName = name
    // Ids in a name are those of the film or of the show: people write them on folders.
    request.externalIDs = Self.joined(request.externalIDs, name.ids, unless: request.kind == .episode)
    switch request.kind {
    case .movie, .show:
      request.alternativeTitles = Self.alternatives(to: request.title, in: reading)
      request.year = request.year ?? name.year
    case .season:
      request.alternativeTitles = Self.alternatives(to: request.showTitle, in: reading)
      request.season = request.season ?? name.season
    default:
      request.alternativeTitles = Self.alternatives(to: request.showTitle, in: reading)
      Self.completePlace(of: &request, from: name)
    }
    return request
  }

  /// Scenes are named in a way of their own; they live with explicit sources only.
  private static func kind(of request: MatchRequest, _ provider: Provider) -> NameKind? {
    if provider.adult { return provider.kind == .movie ? nil : .scene }
    return provider.kind == .movie ? .movie : .show
  }

  private static func joined(_ given: ExternalIDs?, _ named: ExternalIDs?, unless isKeptApart: Bool) -> ExternalIDs? {
    guard let named, !isKeptApart else { return given }
    var ids = given ?? [:]
    for (namespace, value) in named.sorted where ids[namespace] == nil { ids[namespace] = value }
    return ids
  }

  /// Where the episode stands, from the name only when the server said nothing of it.
  private static func completePlace(of request: inout MatchRequest, from name: ParsedName) {
    guard request.episode == nil, request.date == nil else { return }
    if let episode = name.episodes?.first {
      request.episode = episode
      request.season = request.season ?? name.season ?? 1
    } else if let date = name.date {
      request.date = date
    }
  }

  /// At most two more titles, so that a file nobody knows costs few questions.
  private static func alternatives(to title: String?, in reading: NameReading) -> [String]? {
    let others = reading.titles.filter { $0.lowercased() != title?.lowercased() }.prefix(2)
    return others.isEmpty ? nil : Array(others)
  }
}
