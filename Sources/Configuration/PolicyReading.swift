import ConfigurationText
import Merging
import MetadataModel

/// Reads how one item is made of what a provider's sources know.
struct PolicyReading {
  static let keys = ["quality", "fields", "languages", "images", "order"]

  /// The provider's.
  let section: Section
  /// The provider's; nil when they cannot be read.
  private let sources: [String]?
  /// The same, to look them up.
  private let knownSources: Set<String>
  private var report: Report { section.report }

  init(section: Section, sources: [String]?) {
    self.section = section
    self.sources = sources
    knownSources = Set(sources ?? [])
  }

  /// What is said right; the rest as it usually is.
  func policy() -> MergePolicy {
    var policy = MergePolicy()
    readQuality(into: &policy)
    readFields(into: &policy)
    readLanguages(into: &policy)
    readImages(into: &policy)
    let orders = EpisodeOrder.allCases.map(\.rawValue)
    if let order = section.choice("order", among: orders).flatMap(EpisodeOrder.init) { policy.order = order }
    return policy
  }

  private func readQuality(into policy: inout MergePolicy) {
    let name = "the quality of \(section.name)"
    guard let node = section.member("quality")?.node,
      let quality = Section(node, name, known: ["ask"] + FieldScope.kinds.map(\.rawValue), report)
    else { return }
    if let ask = quality.choice("ask", among: ["all", "until-good"]) { policy.asksAll = ask == "all" }
    for kind in FieldScope.kinds {
      guard let node = quality.member(kind.rawValue)?.node,
        let rule = Section(node, "'\(kind.rawValue)' in \(name)", known: ["fields", "threshold"], report)
      else { continue }
      var quality = policy.quality[kind] ?? QualityRule(weights: [:], threshold: 1)
      if let node = rule.member("fields")?.node { quality.weights = weights(node, kind, in: rule) }
      if let threshold = rule.share("threshold") { quality.threshold = threshold }
      policy.quality[kind] = quality
    }
  }

  private func weights(_ node: JSONNode, _ kind: MediaKind, in rule: Section) -> [Field: Double] {
    // Only a show has episodes below it.
    let known = Field.names.filter { $0 != Field.episodes.name || kind == .show }
    guard let fields = Section(node, "the fields of \(rule.name)", known: known, report) else { return [:] }
    if fields.members.isEmpty {
      report.add(node.position, "\(fields.name) are empty; expected at least one, for example \"summary\": 1")
    }
    var weights: [Field: Double] = [:]
    for member in fields.members {
      if let field = Field(member.name) { weights[field] = fields.positiveNumber(member.name, upTo: 1000) }
    }
    return weights
  }

  private func readFields(into policy: inout MergePolicy) {
    guard let node = section.member("fields")?.node,
      let fields = Section(node, "the fields of \(section.name)", known: nil, report)
    else { return }
    for member in fields.members {
      if let scope = scope(member, in: fields), let rule = rule(member, scope.field) { policy.fields[scope] = rule }
    }
  }

  private func scope(_ member: JSONMember, in fields: Section) -> FieldScope? {
    if let scope = FieldScope(member.name), scope.field != .episodes { return scope }
    reportUnknown(member, "field", in: fields, Field.merged.map(\.name))
    return nil
  }

  /// `names` may have a kind in front: "episode.summary".
  private func reportUnknown(_ member: JSONMember, _ what: String, in section: Section, _ names: [String]) {
    var advice: String {
      let levelled = FieldScope.kinds.flatMap { kind in names.map { "\(kind.rawValue).\($0)" } }
      let near = Suggestion.nearest(to: member.name, among: names + levelled)
      return near.map { "did you mean '\($0)'?" } ?? Suggestion.text(for: member.name, among: names)
    }
    report.add(member.position, "unknown \(what) '\(member.name.prefix(40))' in \(section.name); \(advice)")
  }

  private func rule(_ member: JSONMember, _ field: Field) -> FieldRule? {
    let name = "field '\(member.name)' of \(section.name)"
    guard let section = Section(member.node, name, known: ["sources", "languages", "strategy"], report) else {
      return nil
    }
    var rule = FieldRule()
    if section.member("sources") != nil { rule.sources = fieldSources(section) }
    if let node = section.member("languages")?.node {
      if Field.texts.contains(field) {
        rule.languages = LanguageReading(section: section).languages("languages")
      } else {
        let advice = field.artworkForm == nil ? "leave it out" : "those of pictures stand in 'images'"
        report.add(node.position, "'languages' of \(name): only \(Self.textNames) have languages; \(advice)")
      }
    }
    if let word = section.choice("strategy", among: FieldRule.Strategy.allCases.map(\.rawValue)) {
      rule.strategy = FieldRule.Strategy(rawValue: word)
    }
    let fitting = FieldRule.strategies(for: field)
    if let strategy = rule.strategy, !fitting.contains(strategy) {
      let words = fitting.map { "'\($0.rawValue)'" }.joined(separator: ", ")
      let position = section.member("strategy")?.node.position
      report.add(position, "'strategy' of \(name): '\(strategy.rawValue)' does not fit it; expected \(words)")
    }
    return rule
  }

  private static let textNames = Field.texts.map { "'\($0.name)'" }.joined(separator: ", ")

  private func fieldSources(_ rule: Section) -> [String]? {
    guard let found = rule.texts("sources") else { return nil }
    rule.checkList("sources", found, whenEmpty: "leave it out")
    for source in found {
      guard let sources, !knownSources.contains(source.value) else { continue }
      report.add(
        source.position,
        "'sources' of \(rule.name): '\(source.written.prefix(40))' is no source of the provider; "
          + Suggestion.text(for: source.written, among: sources))
    }
    return found.map(\.value)
  }

  private func readLanguages(into policy: inout MergePolicy) {
    guard let node = section.member("languages")?.node else { return }
    guard case .object = node.value else {
      policy.languages = LanguageReading(section: section).languages("languages") ?? []
      return
    }
    guard let languages = Section(node, "the languages of \(section.name)", known: ["order", "prefer"], report) else {
      return
    }
    policy.languages = LanguageReading(section: languages).languages("order") ?? []
    policy.prefersLanguage = languages.choice("prefer", among: ["source", "language"]) == "language"
  }

  private func readImages(into policy: inout MergePolicy) {
    guard let node = section.member("images")?.node,
      let images = Section(node, "the images of \(section.name)", known: nil, report)
    else { return }
    for member in images.members {
      guard let scope = ImageScope(member.name) else {
        reportUnknown(member, "form", in: images, Field.artworks.compactMap { $0.artworkForm?.rawValue })
        continue
      }
      policy.images[scope] = LanguageReading(section: images).pictureLanguages(member.name)
    }
  }
}
