/// A value of a JSON5 document and where it begins.
struct JSONNode {
  enum Value {
    case null
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case list([JSONNode])
    case object([JSONMember])
  }

  var value: Value
  var position: TextPosition

  /// The kind of value, for sentences.
  var kind: String {
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
struct JSONMember {
  var name: String
  var position: TextPosition
  var node: JSONNode
}
