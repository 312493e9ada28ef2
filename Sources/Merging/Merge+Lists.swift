import MetadataModel
import TitleMatching

extension Merge {
  func lists(_ records: [Record], _ merging: inout Merging) {
    collect(.alternativeTitles, \.alternativeTitles, records, &merging, name: Self.folded)
    collect(.genres, \.genres, records, &merging, name: Self.genre)
    collect(.studios, \.studios, records, &merging, name: Self.folded)
    collect(.networks, \.networks, records, &merging, name: Self.folded)
    collect(.countries, \.countries, records, &merging, name: Self.folded)
    collect(.contentRatings, \.contentRatings, records, &merging, name: \.country)
    collect(.collections, \.collections, records, &merging, name: { Self.folded($0.title) })
    collect(.seasonOrders, \.seasonOrders, records, &merging, name: \.id)
    collect(.similar, \.similar, records, &merging, name: { Self.folded($0.title) })
    collect(
      .credits, \.credits, records, &merging, name: { "\($0.job.rawValue)/\(Self.folded($0.name))" },
      joining: Self.completed)
    ratings(records, &merging)
    identifiers(records, &merging)
  }

  /// All of a list's elements, those of the preferred source first, each once; or the first source's alone.
  private func collect<Element>(
    _ field: Field, _ member: WritableKeyPath<MediaItem, [Element]>, _ records: [Record], _ merging: inout Merging,
    name: (Element) -> String, joining: (Element, Element) -> Element = { first, _ in first }
  ) {
    let holders = holders(of: field, among: records, merging.kind)
    guard let first = holders.first else { return }
    let sources = strategy(of: field, merging.kind) == .merge ? holders : [first]
    var places: [String: Int] = [:]
    var elements: [Element] = []
    var givers: [Record] = []
    for record in sources {
      let before = elements.count
      for element in record.item[keyPath: member] {
        let key = name(element)
        if let place = places[key] {
          elements[place] = joining(elements[place], element)
        } else {
          places[key] = elements.count
          elements.append(element)
        }
      }
      if elements.count > before { givers.append(record) }
    }
    merging.item[keyPath: member] = elements
    merging.note(field, givers)
  }

  /// By whose rating it is; `best` keeps the one with the most votes.
  private func ratings(_ records: [Record], _ merging: inout Merging) {
    guard strategy(of: .ratings, merging.kind) == .best else {
      return collect(.ratings, \.ratings, records, &merging, name: { "\($0.origin)/\($0.isCritic)" })
    }
    let rated = holders(of: .ratings, among: records, merging.kind).flatMap { record in
      record.item.ratings.map { (record, $0) }
    }
    guard let best = rated.reversed().max(by: { ($0.1.votes ?? 0) < ($1.1.votes ?? 0) }) else { return }
    merging.item.ratings = [best.1]
    merging.note(.ratings, [best.0])
  }

  /// At most one id per namespace: that of the first who knows it.
  private func identifiers(_ records: [Record], _ merging: inout Merging) {
    let holders = holders(of: .externalIDs, among: records, merging.kind)
    var ids = ExternalIDs()
    var givers: [Record] = []
    for record in holders {
      let new = record.item.externalIDs.sorted.filter { ids[$0.namespace] == nil }
      for (namespace, value) in new { ids[namespace] = value }
      if !new.isEmpty { givers.append(record) }
    }
    guard !givers.isEmpty else { return }
    merging.item.externalIDs = ids
    merging.note(.externalIDs, givers)
  }

  private static func folded(_ text: String) -> String { TitleFolding.words(text).joined(separator: " ") }

  private static func genre(_ name: String) -> String {
    let words = folded(name)
    return genreNames[words] ?? words
  }

  /// Names that services use for one genre.
  private static let genreNames = [
    "sci fi": "science fiction", "scifi": "science fiction", "sf": "science fiction", "kids": "children",
    "children s": "children", "childrens": "children", "documentaries": "documentary", "musicals": "musical",
    "romantic": "romance", "comedies": "comedy", "suspense": "thriller",
  ]

  /// What the first source leaves open of a person's part, the next may know.
  private static func completed(_ first: Credit, _ second: Credit) -> Credit {
    var credit = first
    credit.role = first.role ?? second.role
    credit.picture = first.picture ?? second.picture
    credit.gender = first.gender ?? second.gender
    return credit
  }
}
