package import MetadataModel
package import PluginCalls

/// What must be true of a source's replies: ids are its own and of the kind that was asked for.
package struct ReplyRules: Sendable {
  let source: String

  package init(source: String) { self.source = source }

  /// Decodes a reply and applies the rules; throws `.fault` with a sentence that says where it breaks them.
  package func read<Reply: Decodable>(
    _ reply: CallReply, _ operation: SourceOperation, fault: (Reply) -> String?
  ) throws(PluginError) -> Reply {
    guard let bytes = reply.bytes else {
      throw PluginError(.fault, "source '\(source)' said '\(operation.rawValue)' went well and handed over no reply")
    }
    let decoded: Reply
    do {
      decoded = try JSONCoding.decode(Reply.self, from: bytes)
    } catch {
      throw broken(operation, JSONCoding.path(of: error))
    }
    if let reason = fault(decoded) { throw broken(operation, reason) }
    return decoded
  }

  /// Nil when all is well.
  package func fault(in reply: MatchReply, kind: MediaKind) -> String? {
    first(reply.candidates, "candidates") { candidate, place in
      fault(in: candidate.id, "\(place).id", kinds: [kind])
    }
  }

  package func fault(in list: ItemList, above kind: MediaKind) -> String? {
    let kinds: [MediaKind]? =
      switch kind {
      case .show: [.season]
      case .season: [.episode]
      default: nil
      }
    return first(list.items, "items") { item, place in
      fault(in: item.id, "\(place).id", kinds: kinds) ?? faultAround(item, "\(place).")
    }
  }

  /// Asked for by an older name, whose kind is none that the model knows, an item comes under its present id.
  package func fault(in item: MediaItem, kind: MediaKind) -> String? {
    fault(in: item.id, "id", kinds: kind.isKnown ? [kind] : nil) ?? faultAround(item, "")
  }

  private func faultAround(_ item: MediaItem, _ place: String) -> String? {
    item.parent.flatMap { fault(in: $0.id, "\(place)parent.id", kinds: nil) }
      ?? item.grandparent.flatMap { fault(in: $0.id, "\(place)grandparent.id", kinds: nil) }
      ?? first(item.similar, "\(place)similar") { fault(in: $0.id, "\($1).id", kinds: nil) }
  }

  private func fault(in id: ItemID, _ place: String, kinds: [MediaKind]?) -> String? {
    if id.source != source { return "\(place): '\(id)' is an id of '\(id.source)', not the source's own" }
    guard let kinds, !kinds.contains(id.kind) else { return nil }
    return "\(place): '\(id)' is of kind '\(id.kind.rawValue)', expected '\(kinds[0].rawValue)'"
  }

  private func first<Element>(
    _ list: [Element], _ name: String, _ fault: (Element, String) -> String?
  ) -> String? {
    for (index, element) in list.enumerated() {
      if let reason = fault(element, "\(name)[\(index)]") { return reason }
    }
    return nil
  }

  private func broken(_ operation: SourceOperation, _ reason: String) -> PluginError {
    PluginError(.fault, "source '\(source)', reply to '\(operation.rawValue)': \(reason)")
  }
}
