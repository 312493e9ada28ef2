import ConfigurationText

/// What must hold for the names, paths and identifiers of providers, and among them.
struct ProviderRules {
  private let report: Report
  private typealias Place = (provider: String, written: String)
  private var paths: [String: Place] = [:]
  /// Every path that one of `paths` lies below.
  private var parents: [String: Place] = [:]
  private var identifiers: [String: String] = [:]
  /// First parts of paths that the host answers itself.
  private static let reserved = ["health", "metrics", "explain", "s"]
  private static let identifierStart = "tv.plex.agents.custom."

  init(_ report: Report) { self.report = report }

  func checkName(_ member: JSONMember) {
    if (1...64).contains(member.name.utf8.count), member.name.utf8.allSatisfy(Self.isPathByte) { return }
    report.add(
      member.position,
      "'\(member.name.prefix(40))' is not a name for a provider; expected letters, digits, '_' and '-', at most 64")
  }

  mutating func checkPath(_ text: Text, of provider: String) {
    let place = "'path' of provider '\(provider.prefix(40))'"
    let path = text.value
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    guard path.hasPrefix("/"), let first = parts.first, path.utf8.count <= 200,
      parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(Self.isPathByte) })
    else {
      report.add(
        text.position,
        "\(place): '\(text.written.prefix(80))' has another form; expected a slash and letters, digits, "
          + "'_' and '-', without a slash at the end, for example /tv")
      return
    }
    if Self.reserved.contains(String(first)) {
      report.add(text.position, "\(place): the host itself answers below /\(first); choose another one")
    }
    let above = parts.indices.dropLast().map { "/" + parts[...$0].joined(separator: "/") }
    if let other = paths[path] ?? parents[path] ?? above.compactMap({ paths[$0] }).first {
      report.add(
        text.position,
        "\(place): '\(text.written.prefix(80))' meets '\(other.written.prefix(80))' of provider "
          + "'\(other.provider.prefix(40))'; no path may be or lie below another")
    }
    paths[path] = (provider, text.written)
    for parent in above { parents[parent] = (provider, text.written) }
  }

  /// `name` is for sentences. What stands there is not repeated: it may be the secret itself.
  func checkSecret(_ text: Text, of name: String) {
    guard !(8...128).contains(text.value.utf8.count) || !text.value.utf8.allSatisfy(Self.isPathByte) else { return }
    report.add(
      text.position,
      "'secret' of \(name) has another form; expected 8 to 128 letters, digits, '_' and '-', "
        + "for example what 'openssl rand -hex 16' prints")
  }

  /// Plex's rule for identifiers of custom providers: protocol §1.2.
  mutating func checkIdentifier(_ text: Text, of provider: String) {
    let place = "'identifier' of provider '\(provider.prefix(40))'"
    let end = text.value.dropFirst(Self.identifierStart.utf8.count)
    guard text.value.hasPrefix(Self.identifierStart), !end.isEmpty, end.last != ".", text.value.utf8.count <= 200,
      end.utf8.allSatisfy({ $0 == UInt8(ascii: ".") || (Self.isPathByte($0) && !Self.isJoiner($0)) })
    else {
      report.add(
        text.position,
        "\(place): '\(text.written.prefix(80))' has another form; expected \(Self.identifierStart) and "
          + "letters, digits and dots, without a dot at the end")
      return
    }
    if let other = identifiers[text.value] {
      report.add(text.position, "\(place): provider '\(other)' has the same one; each needs its own")
    } else {
      identifiers[text.value] = provider
    }
  }

  private static func isPathByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: isJoiner(byte)
    }
  }

  private static func isJoiner(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") }
}
