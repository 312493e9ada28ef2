/// A value of a JSON5 document and where it begins.
package struct JSONNode {
  package enum Value {
    case null
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case list([JSONNode])
    case object([JSONMember])
  }

  package var value: Value
  package var position: TextPosition

  package init(value: Value, position: TextPosition) {
    self.value = value
    self.position = position
  }

  /// The kind of value, for sentences.
  package var kind: String {
    switch value {
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .integer, .number: "a number"
    case .string: "a string"
    case .list: "a list"
    case .object: "an object"
    }
  }
}

/// A member of an object and where its name begins.
package struct JSONMember {
  package var name: String
  package var position: TextPosition
  package var node: JSONNode

  package init(name: String, position: TextPosition, node: JSONNode) {
    self.name = name
    self.position = position
    self.node = node
  }
}
