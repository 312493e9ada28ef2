import Answers
import Merging
import MetadataModel
import PluginCalls
import Searching
import Support
import Works

/// The records of one show at the sources of a chain, found as they are needed.
struct ShowMembers: Sendable {
  let gathering: WorkGathering
  let work: Work?
  /// Given to media servers: the work's key, or the id asked for when nothing is known.
  let key: ItemID

  init(_ show: ItemID, _ gathering: WorkGathering) async {
    self.gathering = gathering
    work = await gathering.context.works.work(of: show)
    key = work?.key ?? show
  }

  /// The show's id at a source: known, or found by what is known of the work. Nil when it has no such show.
  func id(at source: any Source) async throws(PluginError) -> ItemID? {
    if let known = work?.member(of: source.id) { return known }
    if key.source == source.id { return key }
    guard let hints = WorkHints(work), case .records(let records, _) = await gathering.lookUp(source, nil, hints),
      let found = records.first?.item
    else { return nil }
    return await proven(found, at: source) ? found.id : nil
  }

  /// A show found by title and year only counts when its record agrees with one that is known.
  private func proven(_ found: MediaItem, at source: any Source) async -> Bool {
    let known = gathering.chain.sources.first { work?.member(of: $0.id) != nil }
    guard let known, let id = work?.member(of: known.id) else { return false }
    let answers = SourceAnswers(context: gathering.context, calls: gathering.calls)
    guard let base = try? await answers.item(gathering.request.about(id), known),
      case .same = Proof.of(base.value, found)
    else { return false }
    let member = Member(
      id: found.id, externalIDs: found.externalIDs, title: found.title, year: found.year ?? found.released?.year)
    if case .joined = await gathering.context.works.join(member, to: key, saidBy: source.id) { return true }
    return false
  }
}
