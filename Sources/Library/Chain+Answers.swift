import MetadataModel
import Searching
import Works

extension Chain {
  /// Where answers made of this chain are kept.
  var itemSpace: String { "item/\(provider.name)/\(signature)" }
  var matchSpace: String { "match/\(provider.name)/\(signature)" }

  /// Whether an id may lead to something here: its source is in the chain, or another one is known to have the same work.
  func answers(for id: ItemID, _ works: WorkStore) async -> Bool {
    if source(named: id.source) != nil { return true }
    let members =
      id.kind == .season || id.kind == .episode
      ? await works.place(of: id)?.links.map(\.member) ?? [] : await works.work(of: id)?.members ?? []
    return members.contains { source(named: $0.source) != nil }
  }
}
