import UsherKit

extension Translation {
  func tags(_ names: [String]) -> [MetadataObject.Tag] {
    names.filter { !$0.isEmpty }.map { MetadataObject.Tag(tag: $0) }
  }

  /// Namespaces are lower-case letters in a guid (protocol §3.4); an id in another one cannot be said.
  func identifiers(_ ids: ExternalIDs) -> [MetadataObject.Identifier] {
    ids.sorted
      .filter { !$0.namespace.isEmpty && $0.namespace.utf8.allSatisfy { (0x61...0x7A).contains($0) } }
      .map { MetadataObject.Identifier(id: "\($0.namespace)://\($0.value)") }
  }

  func addPeople(of item: MediaItem, to object: inout MetadataObject) {
    for credit in item.credits where !credit.name.isEmpty {
      switch credit.job {
      case .actor: object.roles.append(person(credit, role: credit.role, order: credit.order ?? object.roles.count))
      case .director: object.directors.append(person(credit, role: credit.role ?? "Director"))
      case .producer: object.producers.append(person(credit, role: credit.role ?? "Producer"))
      case .writer: object.writers.append(person(credit, role: credit.role ?? "Writer"))
      default: break
      }
    }
  }

  /// What only movies and shows have.
  func addProduction(of item: MediaItem, to object: inout MetadataObject) {
    object.tagline = item.tagline?.nonEmpty
    object.theme = images.usable(item.theme)
    object.studios = tags(item.studios)
    object.studio = object.studios.first?.tag
    object.countries = tags(item.countries)
    object.similar = item.similar.filter { provider.offers($0.id.kind) }.map {
      MetadataObject.Reference(guid: provider.guid(of: $0.id), tag: $0.title)
    }
    guard item.kind == .show else { return }
    object.networks = tags(item.networks)
    object.seasonTypes = item.seasonOrders.map {
      MetadataObject.SeasonType(id: $0.id, source: item.id.source, tag: $0.tag, title: $0.title)
    }
  }

  private func person(_ credit: Credit, role: String?, order: Int? = nil) -> MetadataObject.Person {
    MetadataObject.Person(
      tag: credit.name, role: role?.nonEmpty, thumb: images.usable(credit.picture), order: order ?? credit.order)
  }
}

extension String {
  /// Nil instead of an empty text.
  var nonEmpty: String? { isEmpty ? nil : self }
}

extension MediaItem {
  /// Plex takes no item without a title.
  var displayTitle: String { kind.standardTitle(title, index: index) }
}

extension MediaKind {
  /// `title`, or what Plex calls a season or episode that has none.
  func standardTitle(_ title: String, index: Int?) -> String {
    guard title.isEmpty else { return title }
    return switch (self, index) {
    case (.season, 0?): "Specials"
    case (.season, let index?): "Season \(index)"
    case (.episode, let index?): "Episode \(index)"
    default: "Untitled"
    }
  }
}
