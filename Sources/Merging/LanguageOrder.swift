public import MetadataModel

/// Who asks: what a media server sent with its request.
public struct Wishes: Hashable, Sendable {
  /// IETF tag; nil when it has no wish.
  public let language: String?

  public init(language: String?) { self.language = language }
}

/// The languages wanted for a field, the best first.
public struct LanguageOrder: Hashable, Sendable {
  /// ISO 639-1, each once.
  let wanted: [String]

  /// A field's own list stands for itself; the provider's follows the language that the media server asks for.
  init(_ policy: MergePolicy, _ rule: FieldRule, _ wishes: Wishes) {
    let tags = rule.languages ?? ([wishes.language].compactMap { $0 } + policy.languages)
    wanted = Self.unique(tags)
  }

  /// 0 for the language wanted most; `wanted.count` for every other. Texts whose language nobody knows are taken for
  /// what was asked.
  func rank(_ language: String?) -> Int {
    guard let language else { return 0 }
    return wanted.firstIndex(of: language) ?? wanted.count
  }

  func wants(_ language: String?) -> Bool { wanted.isEmpty || rank(language) < wanted.count }

  /// The languages to ask a source in, one after the other, until it has texts: all that any text field wants.
  public static func toAsk(_ policy: MergePolicy, _ wishes: Wishes, kind: MediaKind) -> [String] {
    let own = Field.texts.flatMap { policy.rule(for: $0, of: kind).languages ?? [] }
    return unique([wishes.language].compactMap { $0 } + own + policy.languages)
  }

  /// Whether a source that gave `records` should be asked in `language` as well: a text wants it, and has it in none that
  /// is wanted as much.
  static func isNeeded(_ language: String, _ records: [Record], _ policy: MergePolicy, _ wishes: Wishes) -> Bool {
    guard let kind = records.first?.item.kind, !records.contains(where: { $0.wasAsked(in: language) }) else {
      return false
    }
    return Field.texts.contains { field in
      guard field != .tagline else { return false }
      let order = LanguageOrder(policy, policy.rule(for: field, of: kind), wishes)
      guard let wanted = order.wanted.firstIndex(of: language) else { return false }
      return !records.contains { $0.has(field) && order.rank($0.language) <= wanted }
    }
  }

  static func primary(_ tag: String) -> String {
    tag.prefix { $0 != "-" && $0 != "_" }.lowercased()
  }

  private static func unique(_ tags: [String]) -> [String] {
    var seen: Set<String> = []
    return tags.map(primary).filter { seen.insert($0).inserted }
  }
}

extension MergePolicy {
  /// Whether a source that gave `records` should be asked in `language` (ISO 639-1) as well.
  public func needs(_ language: String, beside records: [Record], _ wishes: Wishes) -> Bool {
    LanguageOrder.isNeeded(language, records, self, wishes)
  }
}
