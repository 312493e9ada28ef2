/// Reads one JSON5 document and keeps the position of every name and value.
///
/// JSON, and beside it: comments, trailing commas, names without quotes, single quotes, hexadecimal numbers, a plus
/// sign, `.5` and `5.`. Not accepted: duplicate names, Infinity, NaN, deep nesting.
package struct JSON5Reader {
  package typealias Failure = ConfigurationProblem.Thrown

  package static let maximumDepth = 64

  var scanner: TextScanner
  /// What is wrong without making the rest unreadable.
  package private(set) var problems: [ConfigurationProblem] = []

  package init(_ text: String) { scanner = TextScanner(text) }

  /// The value that the whole text is.
  package mutating func document() throws(Failure) -> JSONNode {
    try skipSpace()
    guard scanner.next != nil else { throw Failure(scanner.position, "the file is empty; expected '{'") }
    let node = try value(depth: 0)
    try skipSpace()
    if scanner.next != nil { throw unexpected("the end of the file") }
    return node
  }

  private mutating func value(depth: Int) throws(Failure) -> JSONNode {
    let start = scanner.position
    guard depth < Self.maximumDepth else {
      throw Failure(start, "values are nested deeper than \(Self.maximumDepth) levels; a configuration needs five")
    }
    switch scanner.next {
    case "{": return JSONNode(value: .object(try members(depth: depth)), position: start)
    case "[": return JSONNode(value: .list(try elements(depth: depth)), position: start)
    case "\"", "'": return JSONNode(value: .string(try string()), position: start)
    case let scalar? where Self.beginsNumber(scalar): return JSONNode(value: try number(), position: start)
    case let scalar? where Self.isNameScalar(scalar): return JSONNode(value: try word(), position: start)
    default: throw unexpected("a value")
    }
  }

  private mutating func members(depth: Int) throws(Failure) -> [JSONMember] {
    var members: [JSONMember] = []
    var places: [String: TextPosition] = [:]
    scanner.take()
    while true {
      try skipSpace()
      if scanner.take("}") { return members }
      let position = scanner.position
      let name = try self.name()
      try skipSpace()
      guard scanner.take(":") else { throw unexpected("':' after the name '\(name)'") }
      try skipSpace()
      let node = try value(depth: depth + 1)
      if let first = places[name] {
        report(position, "the name '\(name)' stands here a second time, first at \(first); keep one of the two")
      } else {
        places[name] = position
        members.append(JSONMember(name: name, position: position, node: node))
      }
      try skipSpace()
      if !scanner.take(","), scanner.next != "}" { throw unexpected("',' or '}' after the value of '\(name)'") }
    }
  }

  private mutating func elements(depth: Int) throws(Failure) -> [JSONNode] {
    var elements: [JSONNode] = []
    scanner.take()
    while true {
      try skipSpace()
      if scanner.take("]") { return elements }
      elements.append(try value(depth: depth + 1))
      try skipSpace()
      if !scanner.take(","), scanner.next != "]" { throw unexpected("',' or ']' after a value of the list") }
    }
  }

  private mutating func name() throws(Failure) -> String {
    switch scanner.next {
    case "\"", "'": return try string()
    case let scalar? where Self.isNameScalar(scalar) && !Self.isDigit(scalar):
      return scanner.take(while: Self.isNameScalar)
    default: throw unexpected("a name in quotes or '}'")
    }
  }

  private mutating func word() throws(Failure) -> JSONNode.Value {
    let start = scanner.position
    switch scanner.take(while: Self.isNameScalar) {
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    case "null": return .null
    case "Infinity", "NaN": throw Failure(start, "expected a number with an end")
    case let word: throw Failure(start, "'\(word.prefix(40))' is not a value; text stands in quotes")
    }
  }

  private mutating func skipSpace() throws(Failure) {
    while let scalar = scanner.next {
      if Self.isSpace(scalar) {
        scanner.take()
      } else if scalar == "/" {
        try skipComment()
      } else {
        return
      }
    }
  }

  private mutating func skipComment() throws(Failure) {
    let start = scanner.position
    switch scanner.second {
    case "/":
      while let scalar = scanner.next, scalar != "\n", scalar != "\r" { scanner.take() }
    case "*":
      scanner.take()
      scanner.take()
      while let scalar = scanner.take() {
        if scalar == "*", scanner.take("/") { return }
      }
      throw Failure(start, "the comment has no end; close it with '*/'")
    default: throw unexpected("a value or a comment")
    }
  }

  mutating func report(_ position: TextPosition, _ message: String) {
    problems.append(ConfigurationProblem(position, message))
  }

  /// What the reader says when something else stands where `expected` should.
  func unexpected(_ expected: String) -> Failure {
    let found =
      switch scanner.next {
      case nil: "the end of the file"
      case let scalar? where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
        "the control character U+" + Self.fourDigits(scalar.value)
      case let scalar?: "'\(scalar)'"
      }
    return Failure(scanner.position, "expected \(expected), found \(found)")
  }

  private static func fourDigits(_ number: UInt32) -> String {
    let digits = String(number, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension JSON5Reader {
  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", "\t", "\n", "\r", "\u{0B}", "\u{0C}", "\u{A0}", "\u{FEFF}", "\u{2028}", "\u{2029}": true
    default: scalar.properties.generalCategory == .spaceSeparator
    }
  }

  /// A letter of a name without quotes; digits only further back.
  static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "$": true
    default: scalar.value > 0x7F && scalar.properties.isAlphabetic
    }
  }

  static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  static func beginsNumber(_ scalar: Unicode.Scalar) -> Bool {
    isDigit(scalar) || "+-.".unicodeScalars.contains(scalar)
  }
}
