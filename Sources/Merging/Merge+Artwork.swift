public import MetadataModel

extension Merge {
  func pictures(_ records: [Record], _ merging: inout Merging) {
    let kind = merging.kind
    var artwork: [Artwork] = []
    for form in Self.forms(of: records) {
      let field = Field.artwork(form)
      let holders = holders(of: field, among: records, kind)
      guard let first = holders.first else { continue }
      let isFirst = strategy(of: field, kind) == .first
      let pictures = ordered(isFirst ? [first] : holders, form, kind)
      artwork += pictures.map(\.picture)
      let givers = Set(pictures.map(\.source))
      merging.note(field, holders.filter { givers.contains($0.source) })
    }
    merging.item.artwork = artwork
  }

  /// Pictures of one list after another, for lists that come without an item.
  public func artwork(_ lists: [(source: String, artwork: [Artwork])], kind: MediaKind) -> [Artwork] {
    let records = lists.compactMap { list -> Record? in
      guard let id = ItemID("\(list.source)-\(kind.rawValue)-0") else { return nil }
      var item = MediaItem(id: id, title: "")
      item.artwork = list.artwork
      return Record(item, source: list.source)
    }
    guard let first = records.first else { return [] }
    var merging = Merging(item: first.item, kind: kind)
    pictures(records, &merging)
    return merging.item.artwork
  }

  /// In the order in which they first appear.
  private static func forms(of records: [Record]) -> [Artwork.Form] {
    var seen: Set<Artwork.Form> = []
    return records.flatMap(\.item.artwork).map(\.form).filter { seen.insert($0).inserted }
  }

  private struct Place {
    let picture: Artwork
    let source: String
    let language: Int
    let liking: Double
  }

  /// Each picture once. A source has its pictures in its own order of merit; the policy's languages go before that, and
  /// `best` compares how far each is liked within its source.
  private func ordered(
    _ holders: [Record], _ form: Artwork.Form, _ kind: MediaKind
  ) -> [(picture: Artwork, source: String)] {
    let languages = policy.images[ImageScope(kind: kind, form)] ?? policy.images[ImageScope(form)]
    let isBest = strategy(of: .artwork(form), kind) == .best
    var seen: Set<String> = []
    var places: [Place] = []
    for record in holders {
      let own = record.item.artwork.filter { $0.form == form }
      let top = own.compactMap(\.score).max() ?? 0
      for picture in own where seen.insert(picture.url).inserted {
        places.append(
          Place(
            picture: picture, source: record.source, language: Self.rank(picture.language, languages),
            liking: isBest && top > 0 ? (picture.score ?? 0) / top : 0))
      }
    }
    return places.enumerated().sorted { left, right in
      let (one, other) = (left.element, right.element)
      if one.language != other.language { return one.language < other.language }
      return one.liking != other.liking ? one.liking > other.liking : left.offset < right.offset
    }.map { ($0.element.picture, $0.element.source) }
  }

  private static func rank(_ language: String?, _ wanted: [String?]?) -> Int {
    guard let wanted else { return 0 }
    let language = language.map(LanguageOrder.primary)
    return wanted.firstIndex { $0.map(LanguageOrder.primary) == language } ?? wanted.count
  }
}
