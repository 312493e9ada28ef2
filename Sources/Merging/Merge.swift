public import MetadataModel

/// One item out of several records of one work.
public struct Merge: Sendable {
  let policy: MergePolicy
  let wishes: Wishes

  public init(_ policy: MergePolicy, _ wishes: Wishes) {
    self.policy = policy
    self.wishes = wishes
  }

  /// `records` in the order of their sources' chain, proven to be one work; a source may stand there several times, once
  /// per language. The first is the base: number, place in the show and whatever no rule covers come from it.
  ///
  /// Nil when there is none. The result says of each field where it came from.
  public func item(_ records: [Record], id: ItemID) -> MediaItem? {
    guard let base = records.first else { return nil }
    var merging = Merging(item: base.item, kind: base.item.kind)
    merging.item.id = id
    merging.item.isAdult = records.contains { $0.item.isAdult }
    texts(records, &merging)
    values(records, &merging)
    lists(records, &merging)
    pictures(records, &merging)
    merging.item.provenance = merging.provenance
    return merging.item
  }

  /// The item as far as it is made.
  struct Merging {
    var item: MediaItem
    let kind: MediaKind
    var provenance: [String: [Origin]] = [:]

    mutating func note(_ field: Field, _ records: [Record]) {
      var seen: Set<Origin> = []
      let isText = Field.texts.contains(field)
      let origins = records.map { Origin(source: $0.source, language: isText ? $0.language : nil) }
      provenance[field.name] = origins.filter { seen.insert($0).inserted }
    }
  }

  /// Those that know `field`, the preferred sources first.
  func holders(of field: Field, among records: [Record], _ kind: MediaKind) -> [Record] {
    let holders = records.filter { $0.has(field) }
    guard let preferred = policy.rule(for: field, of: kind).sources else { return holders }
    let rank = { (record: Record) in preferred.firstIndex(of: record.source) ?? preferred.count }
    return holders.enumerated().sorted { left, right in
      let ranks = (rank(left.element), rank(right.element))
      return ranks.0 != ranks.1 ? ranks.0 < ranks.1 : left.offset < right.offset
    }.map(\.element)
  }

  func strategy(of field: Field, _ kind: MediaKind) -> FieldRule.Strategy {
    policy.rule(for: field, of: kind).strategy ?? FieldRule.usualStrategy(of: field)
  }

  private func texts(_ records: [Record], _ merging: inout Merging) {
    if let record = text(.title, records, merging.kind, length: { $0.title.utf8.count }) {
      merging.item.title = record.item.title
      merging.item.language = record.language
      merging.note(.title, [record])
    }
    if let record = text(.summary, records, merging.kind, length: { $0.summary?.utf8.count ?? 0 }) {
      merging.item.summary = record.item.summary
      merging.note(.summary, [record])
    }
    if let record = text(.tagline, records, merging.kind, length: { $0.tagline?.utf8.count ?? 0 }) {
      merging.item.tagline = record.item.tagline
      merging.note(.tagline, [record])
    }
  }

  /// The record whose text is taken: in the wanted languages first, by source and then language, or the other way round
  /// when the policy says so; only then one in any language.
  private func text(
    _ field: Field, _ records: [Record], _ kind: MediaKind, length: (MediaItem) -> Int
  ) -> Record? {
    let holders = holders(of: field, among: records, kind)
    let order = LanguageOrder(policy, policy.rule(for: field, of: kind), wishes)
    let wanted = holders.filter { order.wants($0.language) }
    let candidates = wanted.isEmpty ? holders : wanted
    guard let first = candidates.first else { return nil }
    let isLongest = strategy(of: field, kind) == .longest
    if isLongest || policy.prefersLanguage {
      let rank = candidates.map { order.rank($0.language) }.min() ?? 0
      let best = candidates.filter { order.rank($0.language) == rank }
      guard isLongest else { return best.first }
      return best.reversed().max { length($0.item) < length($1.item) }
    }
    let ofFirst = candidates.filter { $0.source == first.source }
    return ofFirst.min { order.rank($0.language) < order.rank($1.language) }
  }

  private func values(_ records: [Record], _ merging: inout Merging) {
    take(.originalTitle, \.originalTitle, records, &merging)
    take(.sortTitle, \.sortTitle, records, &merging)
    take(.released, \.released, records, &merging)
    take(.ended, \.ended, records, &merging)
    take(.year, \.year, records, &merging)
    take(.duration, \.duration, records, &merging)
    take(.theme, \.theme, records, &merging)
    take(.page, \.page, records, &merging)
    take(.absoluteIndex, \.absoluteIndex, records, &merging)
  }

  private func take<Value>(
    _ field: Field, _ member: WritableKeyPath<MediaItem, Value?>, _ records: [Record], _ merging: inout Merging
  ) {
    let holder = holders(of: field, among: records, merging.kind).first { $0.item[keyPath: member] != nil }
    guard let holder else { return }
    merging.item[keyPath: member] = holder.item[keyPath: member]
    merging.note(field, [holder])
  }
}

extension FieldRule {
  /// What is done with a field of which nobody says anything.
  public static func usualStrategy(of field: Field) -> Strategy {
    if field.artworkForm != nil { return .merge }
    switch field {
    case .alternativeTitles, .contentRatings, .genres, .credits, .ratings, .externalIDs, .seasonOrders: return .merge
    default: return .first
    }
  }

  /// The strategies that make sense for a field.
  public static func strategies(for field: Field) -> [Strategy] {
    if field.artworkForm != nil { return [.first, .merge, .best] }
    switch field {
    case .title, .summary, .tagline: return [.first, .longest]
    case .ratings: return [.first, .merge, .best]
    case .alternativeTitles, .contentRatings, .genres, .credits, .externalIDs, .seasonOrders, .studios, .networks,
      .countries, .collections, .similar:
      return [.first, .merge]
    default: return [.first]
    }
  }
}
