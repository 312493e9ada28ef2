import Merging
import MetadataModel
import PluginCalls
import Works

/// The show or season whose children are asked for.
struct Parent: Sendable {
  let showKey: ItemID
  /// The season's number; nil for a show, and for a season that nobody has listed yet.
  let season: Int?
  private let id: ItemID
  private let gathering: WorkGathering
  private let members: [String: ItemID]

  init(_ id: ItemID, _ gathering: WorkGathering) async {
    self.id = id
    self.gathering = gathering
    guard id.kind != .show else {
      showKey = await gathering.context.works.work(of: id)?.key ?? id
      season = nil
      members = [:]
      return
    }
    let place = await gathering.context.works.place(of: id)
    showKey = place?.show ?? id
    season = place?.links.first?.season
    members = Dictionary(
      (place?.links ?? []).map { ($0.member.source, $0.member) }, uniquingKeysWith: { first, _ in first })
  }

  /// Its id at a source, found there when need be; nil when the source does not have it. Sources that only fill gaps are
  /// not looked through for a show that nobody has proven to be the same.
  func id(at source: any Source, isFiller: Bool) async throws(PluginError) -> ItemID? {
    if let member = members[source.id] { return member }
    if id.source == source.id { return id }
    guard id.kind == .season else { return try await ShowMembers(id, gathering).id(at: source) }
    guard let season, showKey.kind == .show,
      let show = try await ShowMembers(showKey, gathering).id(at: source)
    else { return nil }
    let answers = SourceAnswers(context: gathering.context, calls: gathering.calls)
    let seasons = try await answers.children(gathering.request.about(show), source).value.items
    return seasons.first { $0.index == season }?.id
  }

  /// Puts an item below the ids that media servers know, whoever's record it is.
  func adopt(_ item: inout MediaItem, as asked: ItemID) {
    item.parent?.id = asked
    if item.kind == .episode, showKey.kind == .show { item.grandparent?.id = showKey }
  }
}
