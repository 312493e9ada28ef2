public import MetadataModel

/// How good a record is, by its kind's rule.
public struct Quality: Hashable, Sendable {
  /// Share of the rule's weights that is there, 0 to 1.
  public let score: Double
  public let threshold: Double
  /// Fields of the rule that are not there, in the order of their names.
  public let missing: [Field]

  /// False: the next source is asked to fill the gaps.
  public var isGood: Bool { score >= threshold - 1e-9 }
}

extension MergePolicy {
  /// Judges what several records know together. Texts in a language that nobody wants count as missing when the policy
  /// puts language before source.
  public func quality(of records: [Record], wishes: Wishes) -> Quality {
    guard let kind = records.first?.item.kind, let rule = quality[kind] else {
      return Quality(score: records.isEmpty ? 0 : 1, threshold: 0, missing: [])
    }
    var total = 0.0
    var there = 0.0
    var missing: [Field] = []
    for (field, weight) in rule.weights.sorted(by: { $0.key < $1.key }) {
      total += weight
      if records.contains(where: { counts($0, field, wishes) }) { there += weight } else { missing.append(field) }
    }
    return Quality(score: total > 0 ? there / total : 1, threshold: rule.threshold, missing: missing)
  }

  private func counts(_ record: Record, _ field: Field, _ wishes: Wishes) -> Bool {
    guard record.has(field) else { return false }
    guard prefersLanguage, Field.texts.contains(field) else { return true }
    return LanguageOrder(self, rule(for: field, of: record.item.kind), wishes).wants(record.language)
  }

  /// Sources that a field's rule names: they are asked whatever the first one brings.
  public func namedSources(for kind: MediaKind) -> Set<String> {
    Set(
      fields.filter { $0.key.kind == nil || $0.key.kind == kind }.flatMap { $0.value.sources ?? [] })
  }
}
