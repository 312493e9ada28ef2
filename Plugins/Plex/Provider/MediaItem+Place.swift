import UsherKit

extension MediaItem {
  /// The item with what it does not say of the items above it, taken from `item`, in whose list it stands.
  func placed(below item: MediaItem) -> MediaItem {
    var copy = self
    if item.kind.child == kind {
      copy.parent = parent ?? item.asAncestor
      if kind == .episode { copy.grandparent = grandparent ?? item.parent }
    } else {
      copy.grandparent = grandparent ?? item.asAncestor
    }
    return copy
  }

  /// True when it has the numbers and ancestors without which Plex takes no season or episode (protocol §3.3).
  var isPlaced: Bool {
    switch kind {
    case .season: index.map { $0 >= 0 } == true && parent != nil
    case .episode:
      index.map { $0 >= 0 } == true && parent?.index.map { $0 >= 0 } == true && grandparent != nil
    default: true
    }
  }

  private var asAncestor: Ancestor {
    Ancestor(
      id: id, title: title, index: index, poster: firstArtwork(.coverPoster), background: firstArtwork(.background))
  }
}
