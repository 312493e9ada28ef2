import ConfigurationText
import MetadataModel

/// Reads the object `plugins`.
struct PluginReading {
  private let report: Report

  init(_ report: Report) { self.report = report }

  /// A configuration for every member, those with mistakes too, so that providers may name them.
  func plugins(_ node: JSONNode) -> [PluginConfiguration] {
    guard let section = Section(node, "'plugins'", known: nil, report) else { return [] }
    return section.members.map(plugin)
  }

  private func plugin(_ member: JSONMember) -> PluginConfiguration {
    var plugin = PluginConfiguration(id: member.name, position: member.position)
    checkID(member)
    let name = "plugin '\(member.name.prefix(40))'"
    let known = ["enabled", "library", "settings", "rateLimit"]
    guard let section = Section(member.node, name, known: known, report) else { return plugin }
    if let enabled = section.boolean("enabled") { plugin.enabled = enabled }
    if let library = section.text("library") {
      plugin.library = library.value
      if library.value.isEmpty { report.add(library.position, "'library' of \(name) is empty; leave it out") }
    }
    if let node = section.member("rateLimit")?.node { plugin.rateLimit = rateLimit(node, name) }
    if let node = section.member("settings")?.node,
      let settings = Section(node, "the settings of \(name)", known: nil, report)
    {
      for setting in settings.members { read(setting, into: &plugin) }
    }
    return plugin
  }

  private func checkID(_ member: JSONMember) {
    let isRight = member.name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
    if isRight, (1...32).contains(member.name.utf8.count) { return }
    report.add(
      member.position,
      "'\(member.name.prefix(40))' is not a plugin id; expected at most 32 lower-case letters and digits")
  }

  private func rateLimit(_ node: JSONNode, _ name: String) -> RateLimit? {
    let known = ["perSecond", "burst", "concurrent"]
    guard let section = Section(node, "the rate limit of \(name)", known: known, report),
      section.requireMember("perSecond", example: "2"),
      let perSecond = section.positiveNumber("perSecond", upTo: 10_000)
    else { return nil }
    let burst = section.integer("burst", in: 1...10_000) ?? max(1, Int(perSecond))
    return RateLimit(
      perSecond: perSecond, burst: burst, concurrent: section.integer("concurrent", in: 1...1000))
  }

  private func read(_ setting: JSONMember, into plugin: inout PluginConfiguration) {
    plugin.settingPositions[setting.name] = setting.position
    switch setting.node.value {
    case .boolean(let value): plugin.settings[setting.name] = .boolean(value)
    case .integer(let value): plugin.settings[setting.name] = .integer(value)
    case .string:
      if let texts = texts([setting.node], setting, &plugin), let text = texts.first {
        plugin.settings[setting.name] = .string(text)
      }
    case .list(let nodes):
      if let texts = texts(nodes, setting, &plugin) { plugin.settings[setting.name] = .list(texts) }
    case .null, .number, .object: reportForm(setting, setting.node)
    }
  }

  /// The strings with variables filled in; nil when one of them has no value or is no string.
  private func texts(_ nodes: [JSONNode], _ setting: JSONMember, _ plugin: inout PluginConfiguration) -> [String]? {
    var texts: [String] = []
    for node in nodes {
      guard case .string(let written) = node.value else {
        reportForm(setting, node)
        continue
      }
      switch Substitution.of(written, report.environment) {
      case .text(let text): texts.append(text)
      case .missing(let variable): plugin.missingVariables[setting.name] = variable
      case .malformed(let sentence): report.add(node.position, sentence)
      }
    }
    return texts.count == nodes.count ? texts : nil
  }

  private func reportForm(_ setting: JSONMember, _ node: JSONNode) {
    report.add(
      node.position,
      "setting '\(setting.name.prefix(40))': expected a string, a whole number, true, false or a list of strings, "
        + "found \(node.kind)")
  }
}
