/// Goes through the scalars of a text and knows the position.
struct TextScanner {
  private let scalars: String.UnicodeScalarView
  private var index: String.UnicodeScalarView.Index
  private(set) var position = TextPosition(line: 1, column: 1)

  init(_ text: String) {
    scalars = text.unicodeScalars
    index = scalars.startIndex
  }

  /// The next scalar, nil at the end.
  var next: Unicode.Scalar? { index < scalars.endIndex ? scalars[index] : nil }

  /// The one after the next.
  var second: Unicode.Scalar? {
    guard index < scalars.endIndex else { return nil }
    let after = scalars.index(after: index)
    return after < scalars.endIndex ? scalars[after] : nil
  }

  /// Takes the next scalar. A line ends with LF, CR or both.
  @discardableResult
  mutating func take() -> Unicode.Scalar? {
    guard let scalar = next else { return nil }
    index = scalars.index(after: index)
    if scalar == "\n" || (scalar == "\r" && next != "\n") {
      position = TextPosition(line: position.line + 1, column: 1)
    } else {
      position.column += 1
    }
    return scalar
  }

  /// Takes the next scalar when it is this one.
  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    take()
    return true
  }

  /// Takes scalars as long as `isWanted` says so.
  mutating func take(while isWanted: (Unicode.Scalar) -> Bool) -> String {
    var text = String.UnicodeScalarView()
    while let scalar = next, isWanted(scalar) {
      text.append(scalar)
      take()
    }
    return String(text)
  }
}

/// The text of a file, or what is wrong with its bytes.
enum FileText {
  /// Largest configuration file accepted, in bytes.
  static let maximumBytes = 1 << 20

  static func decode(_ bytes: [UInt8]) throws(ConfigurationProblem.Thrown) -> String {
    guard bytes.count <= maximumBytes else {
      throw .init(nil, "the file is larger than 1 MiB; a configuration is a few kilobytes")
    }
    // A byte order mark is tolerated and counts as nothing.
    let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    guard let text = String(validating: content, as: UTF8.self) else {
      throw .init(firstInvalid(content), "these bytes are not UTF-8; save the file as UTF-8")
    }
    return text
  }

  private static func firstInvalid(_ bytes: ArraySlice<UInt8>) -> TextPosition {
    var bytes = bytes.makeIterator()
    var decoder = UTF8()
    var position = TextPosition(line: 1, column: 1)
    while case .scalarValue(let scalar) = decoder.decode(&bytes) {
      position.column += 1
      if scalar == "\n" { position = TextPosition(line: position.line + 1, column: 1) }
    }
    return position
  }
}

extension ConfigurationProblem {
  /// A problem that ends the reading.
  struct Thrown: Error {
    var problem: ConfigurationProblem

    init(_ position: TextPosition?, _ message: String) { problem = ConfigurationProblem(position, message) }
  }
}
