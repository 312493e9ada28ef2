import UsherKit

/// One request of Plex with what is needed to answer it. The routes are extensions of it.
struct PlexCall: Sendable {
  let request: ServerRequest
  let library: LibraryContext
  let settings: PlexSettings
  let places: FilePlaces
  let locale: RequestLocale
  var provider: Provider { library.provider }

  init(request: ServerRequest, library: LibraryContext, settings: PlexSettings, places: @escaping FilePlaces) {
    self.places = places
    self.request = request
    self.library = library
    self.settings = settings
    locale = RequestLocale(request, standard: settings.locale)
  }

  func translation(trimming: Trimming, isMatch: Bool = false) -> Translation {
    Translation(
      provider: provider, images: settings.images, country: locale.country, trimming: trimming, isMatch: isMatch)
  }

  func itemRequest(_ id: ItemID, order: String? = nil) -> ItemRequest {
    ItemRequest(id: id, language: locale.language, country: locale.country, order: order)
  }

  /// The item behind a rating key. Throws `.notFound` for keys that this provider never gave out, Plex's own numbers
  /// among them, and for explicit items of a provider that is not declared adult.
  func find(_ key: String, order: String? = nil) async throws -> MediaItem {
    guard let id = provider.id(ofKey: key) else {
      throw PluginError(.notFound, "there is no item with this key in provider '\(provider.name)'")
    }
    let item = try await library.fetch(itemRequest(id, order: order))
    guard provider.offers(item.kind), provider.adult || !item.isAdult else {
      throw PluginError(.notFound, "there is no item '\(id)' in provider '\(provider.name)'")
    }
    return item
  }

  /// Seasons of a show, episodes of a season, each with what Plex requires; empty for other items and for an order of
  /// episodes that the show does not have.
  func children(of item: MediaItem, order: String?) async throws -> [MediaItem] {
    guard let kind = item.kind.child, try await has(order, item) else { return [] }
    let items = try await emptyWhenNotFound { try await library.children(itemRequest(item.id, order: order)) }
    return below(item, items, of: kind)
  }

  /// All episodes of a show; empty for other items.
  func grandchildren(of item: MediaItem, order: String?) async throws -> [MediaItem] {
    guard item.kind == .show, try await has(order, item) else { return [] }
    let items = try await emptyWhenNotFound { try await library.grandchildren(itemRequest(item.id, order: order)) }
    return below(item, items, of: .episode)
  }

  /// What `ask` gives; nothing when a source says that there is none. An outage stays an error.
  func emptyWhenNotFound<Element>(_ ask: () async throws -> [Element]) async throws -> [Element] {
    do {
      return try await ask()
    } catch let error as PluginError where error.kind == .notFound || error.kind == .unsupported {
      return []
    }
  }

  private func below(_ item: MediaItem, _ items: [MediaItem], of kind: MediaKind) -> [MediaItem] {
    items.compactMap { child in
      guard child.kind == kind, provider.adult || !child.isAdult else { return nil }
      let child = child.placed(below: item)
      return child.isPlaced ? child : nil
    }
  }

  /// True when the item's episodes are numbered in that order too. Only a show tells its orders.
  func has(_ order: String?, _ item: MediaItem) async throws -> Bool {
    guard let order else { return true }
    if item.kind == .season {
      guard let show = item.parent else { return false }
      let orders = try await library.fetch(itemRequest(show.id, order: order)).seasonOrders
      return orders.contains { $0.id == order }
    }
    return item.seasonOrders.contains { $0.id == order }
  }
}

extension MediaKind {
  /// What stands below an item of this kind; nil when nothing does.
  var child: MediaKind? {
    switch self {
    case .show: .season
    case .season: .episode
    default: nil
    }
  }
}
