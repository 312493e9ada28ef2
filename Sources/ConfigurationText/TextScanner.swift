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
