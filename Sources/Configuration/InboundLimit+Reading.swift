import ConfigurationText

extension InboundLimit {
  /// Reads `{"perMinute": N}`; nil when that is not what stands there, which is reported. `name` is for sentences.
  init?(_ node: JSONNode, _ name: String, _ report: Report) {
    guard let section = Section(node, name, known: ["perMinute"], report),
      section.requireMember("perMinute", example: "600"),
      let perMinute = section.integer("perMinute", in: 1...1_000_000)
    else { return nil }
    self.init(perMinute: perMinute)
  }
}
