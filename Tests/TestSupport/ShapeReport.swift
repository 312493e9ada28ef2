/// Collects what is wrong with a document.
struct ShapeReport {
  private(set) var problems: [String] = []

  mutating func add(_ path: String, _ problem: String) { problems.append("\(path): \(problem)") }

  mutating func expect(_ condition: Bool, _ path: String, _ wanted: String) {
    if !condition { add(path, "must be \(wanted)") }
  }

  /// Line 64.
  mutating func findNulls(in value: JSONValue, at path: String) {
    switch value {
    case .null: add(path, "must not be null")
    case .array(let elements):
      for (index, element) in elements.enumerated() { findNulls(in: element, at: "\(path)[\(index)]") }
    case .object(let members):
      for (name, member) in members { findNulls(in: member, at: "\(path).\(name)") }
    default: break
    }
  }

  /// Line 69.
  mutating func findMarkup(in value: JSONValue, at path: String) {
    switch value {
    case .string(let text):
      // Looked at first, because the expression is slow.
      guard text.utf8.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }) else { return }
      if text.firstMatch(of: /<\/?[a-zA-Z][^>]*>|&(amp|lt|gt|quot|nbsp|#\d+);/) != nil {
        add(path, "has markup: \(text)")
      }
    case .array(let elements):
      for (index, element) in elements.enumerated() { findMarkup(in: element, at: "\(path)[\(index)]") }
    case .object(let members):
      for (name, member) in members { findMarkup(in: member, at: "\(path).\(name)") }
    default: break
    }
  }
}
