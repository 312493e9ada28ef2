import ConfigurationText
import MetadataModel

/// Reads the object `providers`.
struct ProviderReading {
  private let report: Report
  private let plugins: Set<String>
  /// The same, for suggestions.
  private let words: [String]

  /// `plugins` are the ids in the file's `plugins`.
  init(_ report: Report, plugins: [String], shipped: [String]) {
    self.report = report
    self.plugins = Set(plugins + shipped)
    words = plugins + shipped.filter { !plugins.contains($0) }
  }

  /// The providers without mistakes in their own members.
  func providers(_ node: JSONNode) -> [ProviderConfiguration] {
    guard let section = Section(node, "'providers'", known: nil, report) else { return [] }
    var rules = ProviderRules(report)
    return section.members.compactMap { provider($0, &rules) }
  }

  private func provider(_ member: JSONMember, _ rules: inout ProviderRules) -> ProviderConfiguration? {
    let name = "provider '\(member.name.prefix(40))'"
    rules.checkName(member)
    let known = [
      "server", "path", "kind", "title", "identifier", "sources", "adult", "enabled", "mediaFolders", "limit", "secret",
    ]
    guard let section = Section(member.node, name, known: known + PolicyReading.keys, report) else { return nil }
    let server = section.requiredText("server", example: "\"plex\"")
    let path = section.requiredText("path", example: "\"/tv\"")
    let kind =
      section.requireMember("kind", example: "\"show\"") ? section.choice("kind", among: ["movie", "show"]) : nil
    let title = section.requiredText("title", example: "\"Usher TV\"")
    let identifier = section.requiredText("identifier", example: "\"tv.plex.agents.custom.usher.tv\"")
    let sources = section.requireMember("sources", example: "[\"tvmaze\"]") ? section.texts("sources") : nil
    let adult = section.boolean("adult") ?? false

    if let server { checkPlugin(server, "'server' of \(name)") }
    if let path { rules.checkPath(path, of: member.name) }
    if let identifier { rules.checkIdentifier(identifier, of: member.name) }
    if let title, title.value.isEmpty { report.add(title.position, "'title' of \(name) is empty; expected a name") }
    if let sources {
      section.checkList("sources", sources, whenEmpty: "expected at least one plugin id")
      for source in sources { checkPlugin(source, "'sources' of \(name)") }
    }
    let policy = PolicyReading(section: section, sources: sources?.map(\.value)).policy()
    guard let server, let path, let kind, let title, let identifier, let sources else { return nil }
    var provider = ProviderConfiguration(
      name: member.name, server: server.value, path: path.value, kind: MediaKind(rawValue: kind), title: title.value,
      identifier: identifier.value, sources: sources.map(\.value), adult: adult, position: member.position)
    provider.policy = policy
    provider.enabled = section.boolean("enabled") ?? true
    if section.member("mediaFolders") != nil {
      provider.mediaFolders = (section.texts("mediaFolders") ?? []).map(\.value)
    }
    if let node = section.member("limit")?.node { provider.limit = InboundLimit(node, "'limit' of \(name)", report) }
    if let secret = section.text("secret") {
      rules.checkSecret(secret, of: name)
      provider.secret = secret.value
    }
    return provider
  }

  private func checkPlugin(_ text: Text, _ place: String) {
    guard !plugins.contains(text.value) else { return }
    report.add(
      text.position,
      "\(place): there is no plugin '\(text.written.prefix(40))'; "
        + (Suggestion.nearest(to: text.written, among: words).map { "did you mean '\($0)'?" } ?? "add it to 'plugins'"))
  }
}
