package import MetadataModel

/// What can be asked about one item.
package enum ItemOperation: String, Sendable {
  case fetch, children, grandchildren, images
}

extension ItemOperation {
  /// Movies and episodes have nothing below them; only shows have grandchildren.
  package func applies(to kind: MediaKind) -> Bool {
    switch self {
    case .fetch, .images: true
    case .children: kind != .movie && kind != .episode
    case .grandchildren: kind == .show
    }
  }

  /// Whether kept bytes hold explicit content; nil when they are not this operation's answer.
  package var inspect: @Sendable ([UInt8]) -> Bool? {
    switch self {
    case .fetch: { (try? JSONCoding.decode(MediaItem.self, from: $0))?.isAdult }
    case .children, .grandchildren:
      { (try? JSONCoding.decode(ItemList.self, from: $0))?.items.contains(where: \.isAdult) }
    case .images: { (try? JSONCoding.decode(ArtworkList.self, from: $0)).map { _ in false } }
    }
  }
}

extension ItemRequest {
  /// The same question about another item.
  package func about(_ id: ItemID) -> ItemRequest {
    var request = self
    request.id = id
    return request
  }

  /// The same for the same question, over restarts.
  package func cacheName(_ operation: ItemOperation) -> String {
    [operation.rawValue, id.description, language ?? "", country ?? "", order ?? ""]
      .map {
        $0.contains("|") ? $0.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "%7C") : $0
      }
      .joined(separator: "|")
  }
}

extension MediaItem {
  /// By season, number and id, so that the order is the same each time; what has no number comes last.
  package static func comesBefore(_ left: MediaItem, _ right: MediaItem) -> Bool {
    let seasons = (left.seasonIndex, right.seasonIndex)
    if seasons.0 != seasons.1 { return seasons.0 < seasons.1 }
    let numbers = (left.index ?? .max, right.index ?? .max)
    return numbers.0 != numbers.1 ? numbers.0 < numbers.1 : left.id.description < right.id.description
  }

  private var seasonIndex: Int { kind == .episode ? parent?.index ?? 0 : 0 }
}
