import ConfigurationText

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
