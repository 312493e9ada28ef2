package import MetadataModel
import Terminal

/// An item as lines for a terminal: a field that is not known has no line.
package struct ItemText {
  let item: MediaItem
  /// Field to source; nil leaves the column out.
  let sources: [String: String]?

  package init(item: MediaItem, sources: [String: String]?) {
    self.item = item
    self.sources = sources
  }

  package var text: String {
    let rows = Self.fields(of: item).map { field in
      sources.map { [field.name, $0[field.name] ?? "-", field.value] } ?? [field.name, field.value]
    }
    return Table(header: sources == nil ? [] : ["FIELD", "SOURCE", "VALUE"], rows: rows).text
  }

  /// Every field that is known, in the order of the model.
  static func fields(of item: MediaItem) -> [(name: String, value: String)] {
    var fields: [(name: String, value: String)] = []
    func add(_ name: String, _ value: String?) {
      if let value, !value.isEmpty { fields.append((name, value)) }
    }
    func add(_ name: String, _ values: [String]) { add(name, values.joined(separator: ", ")) }
    add("key", item.id.description)
    add("kind", item.kind.rawValue)
    add("title", item.title)
    add("originalTitle", item.originalTitle)
    add("sortTitle", item.sortTitle)
    add("alternativeTitles", item.alternativeTitles)
    add("number", item.index.map { "\($0)" })
    add("absoluteNumber", item.absoluteIndex.map { "\($0)" })
    add("season", item.grandparent == nil ? nil : item.parent?.title)
    add("show", item.grandparent?.title ?? (item.kind == .season ? item.parent?.title : nil))
    add("released", item.released?.description)
    add("ended", item.ended?.description)
    add("year", item.year.map { "\($0)" })
    add("duration", item.duration.map { "\($0 / 60_000) min" })
    add("tagline", item.tagline)
    add("summary", item.summary)
    add("contentRatings", item.contentRatings.map { "\($0.country) \($0.rating)" })
    add("isAdult", item.isAdult ? "yes" : nil)
    add("genres", item.genres)
    add("credits", item.credits.map { "\($0.name) (\($0.role ?? $0.job.rawValue))" })
    add("studios", item.studios)
    add("networks", item.networks)
    add("countries", item.countries)
    add("ratings", item.ratings.map { "\($0.origin) \($0.value)" })
    add("artwork", item.artwork.map { "\($0.form.rawValue) \($0.url)" })
    add("theme", item.theme)
    add("collections", item.collections.map(\.title))
    add("seasonOrders", item.seasonOrders.map(\.title))
    add("similar", item.similar.map(\.title))
    add("externalIDs", item.externalIDs.sorted.map { "\($0.namespace)://\($0.value)" })
    add("page", item.page)
    return fields
  }
}
