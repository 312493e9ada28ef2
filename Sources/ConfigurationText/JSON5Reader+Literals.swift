/// Numbers and strings.
extension JSON5Reader {
  /// An integer when it is written as one and fits into 64 bits.
  mutating func number() throws(Failure) -> JSONNode.Value {
    let start = scanner.position
    let isNegative = scanner.next == "-"
    if isNegative || scanner.next == "+" { scanner.take() }
    let text = scanner.take { Self.isNameScalar($0) || "+-.".unicodeScalars.contains($0) }
    let sign = isNegative ? "-" : ""
    if text.hasPrefix("0x") || text.hasPrefix("0X") {
      guard let integer = Int(sign + text.dropFirst(2), radix: 16), Self.isAllHexadecimal(text.dropFirst(2)) else {
        throw Failure(start, "'\(sign)\(text.prefix(40))' is not a hexadecimal number of at most 63 bits")
      }
      return .integer(integer)
    }
    guard Self.isDecimal(text) else {
      throw Failure(start, "'\(sign)\(text.prefix(40))' is not a number; text stands in quotes")
    }
    if let integer = Int(sign + text) { return .integer(integer) }
    guard let number = Double(sign + Self.completed(text)), number.isFinite else {
      throw Failure(start, "the number is too large")
    }
    return .number(number)
  }

  /// `12`, `1.5`, `.5`, `5.`, each with an exponent if need be; no zeros in front.
  private static func isDecimal(_ text: String) -> Bool {
    let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
    let mantissa = parts.first?.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false) ?? []
    let whole = mantissa.first ?? ""
    guard mantissa.allSatisfy({ $0.unicodeScalars.allSatisfy(isDigit) }), mantissa.contains(where: { !$0.isEmpty }),
      whole.utf8.count <= 1 || !whole.hasPrefix("0")
    else { return false }
    guard parts.count == 2 else { return true }
    let exponent = parts[1].first.map { "+-".contains($0) } == true ? parts[1].dropFirst() : parts[1]
    return !exponent.isEmpty && exponent.unicodeScalars.allSatisfy(isDigit)
  }

  /// `.5` as `0.5`: Swift reads no number that begins with a point.
  private static func completed(_ text: String) -> String { text.hasPrefix(".") ? "0" + text : text }

  private static func isAllHexadecimal(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { hexadecimalDigit(Unicode.Scalar($0)) != nil }
  }

  private static func hexadecimalDigit(_ scalar: Unicode.Scalar) -> UInt32? {
    switch scalar {
    case "0"..."9": scalar.value - 0x30
    case "a"..."f": scalar.value - 0x61 + 10
    case "A"..."F": scalar.value - 0x41 + 10
    default: nil
    }
  }

  /// A string in single or double quotes, on one line.
  mutating func string() throws(Failure) -> String {
    let start = scanner.position
    let quote = scanner.take()
    var text = String.UnicodeScalarView()
    while true {
      switch scanner.next {
      case nil, "\n", "\r":
        throw Failure(start, "the string has no end; close it with \(quote.map(String.init) ?? "\"") on the same line")
      case quote:
        scanner.take()
        return String(text)
      case "\\":
        if let scalar = try escape() { text.append(scalar) }
      case let scalar?:
        text.append(scalar)
        scanner.take()
      }
    }
  }

  /// The scalar that an escape stands for; nil for an escaped line end.
  private mutating func escape() throws(Failure) -> Unicode.Scalar? {
    let start = scanner.position
    scanner.take()
    guard let scalar = scanner.take() else { throw Failure(start, "the file ends inside a string") }
    switch scalar {
    case "b": return "\u{08}"
    case "f": return "\u{0C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "v": return "\u{0B}"
    case "x": return Unicode.Scalar(try hexadecimal(2, start))
    case "u": return try unicodeEscape(start)
    case "0" where scanner.next.map(Self.isDigit) != true: return "\0"
    case "0"..."9": throw Failure(start, "'\\\(scalar)' is not an escape; a backslash itself is '\\\\'")
    case "\n", "\u{2028}", "\u{2029}": return nil
    case "\r":
      _ = scanner.take("\n")
      return nil
    default: return scalar
    }
  }

  /// What follows `\u`: four digits, or a surrogate pair in two escapes.
  private mutating func unicodeEscape(_ start: TextPosition) throws(Failure) -> Unicode.Scalar {
    let first = try hexadecimal(4, start)
    if let scalar = Unicode.Scalar(first) { return scalar }
    if first < 0xDC00, scanner.take("\\"), scanner.take("u") {
      let second = try hexadecimal(4, start)
      if (0xDC00...0xDFFF).contains(second),
        let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      {
        return scalar
      }
    }
    throw Failure(start, "half of a surrogate pair; characters above U+FFFF take two \\u escapes")
  }

  private mutating func hexadecimal(_ count: Int, _ start: TextPosition) throws(Failure) -> UInt32 {
    var number: UInt32 = 0
    for _ in 0..<count {
      guard let digit = scanner.next.flatMap(Self.hexadecimalDigit) else {
        throw Failure(start, "the escape needs \(count) hexadecimal digits")
      }
      number = number << 4 + digit
      scanner.take()
    }
    return number
  }
}
