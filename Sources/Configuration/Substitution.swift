/// Puts environment variables into a string: `${NAME}` takes one, `$${` stands for `${` itself.
enum Substitution: Hashable {
  case text(String)
  /// The variable is not set, or empty.
  case missing(variable: String)
  case malformed(String)

  static func of(_ written: String, _ environment: [String: String]) -> Substitution {
    var text = ""
    var rest = written[...]
    while let dollar = rest.firstIndex(of: "$") {
      text += rest[..<dollar]
      rest = rest[dollar...]
      if rest.hasPrefix("$${") {
        text += "${"
        rest = rest.dropFirst(3)
      } else if rest.hasPrefix("${") {
        guard let end = rest.firstIndex(of: "}") else {
          return .malformed("'${' has no '}' after it; write '$${' for the characters themselves")
        }
        let name = String(rest[rest.index(dollar, offsetBy: 2)..<end])
        guard isName(name) else {
          return .malformed("'${\(name.prefix(40))}' names no environment variable; expected letters, digits and '_'")
        }
        guard let value = environment[name], !value.isEmpty else { return .missing(variable: name) }
        text += value
        rest = rest[rest.index(after: end)...]
      } else {
        text += "$"
        rest = rest.dropFirst()
      }
    }
    return .text(text + rest)
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"): true
      default: false
      }
    }
  }
}
