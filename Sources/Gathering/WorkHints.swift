import Answers
import Merging
import MetadataModel
import PluginCalls
import Works

/// What is known of a work that another source is to be asked for.
struct WorkHints: Sendable {
  let kind: MediaKind
  var externalIDs: ExternalIDs
  var titles: [String]
  var year: Int?

  init?(_ work: Work?) {
    guard let work, !work.title.isEmpty else { return nil }
    kind = work.key.kind
    externalIDs = work.externalIDs
    for member in work.members where externalIDs[member.source] == nil { externalIDs[member.source] = member.value }
    titles = [work.title]
    year = work.year
  }

  init?(_ records: [Record]) {
    guard let first = records.first?.item else { return nil }
    kind = first.kind
    externalIDs = [:]
    var seen: Set<String> = []
    titles = records.flatMap { [$0.item.title, $0.item.originalTitle ?? ""] }
      .filter { !$0.isEmpty && seen.insert($0).inserted }
    year = records.lazy.compactMap { $0.item.year ?? $0.item.released?.year }.first
    for record in records {
      for (namespace, value) in Proof.identities(of: record.item).sorted where externalIDs[namespace] == nil {
        externalIDs[namespace] = value
      }
    }
  }

  /// What to ask a source: by ids, then by each title with the year.
  func request(_ item: ItemRequest, adult: Bool) -> MatchRequest {
    var request = MatchRequest(kind: kind)
    request.title = titles.first
    request.alternativeTitles = titles.count > 1 ? Array(titles.dropFirst().prefix(2)) : nil
    request.year = year
    request.externalIDs = externalIDs.isEmpty ? nil : externalIDs
    request.language = item.language
    request.country = item.country
    request.includeAdult = adult ? true : nil
    return request
  }
}
