/// An element of an answer of Plex, which gives the same content as XML and as JSON.
public struct FakeElement: Sendable {
  public enum Value: Sendable {
    case text(String)
    case number(Int)
    case flag(Bool)
  }

  /// The element's name in XML.
  public var name: String
  /// The member's name in JSON; elements that share it stand in one array.
  public var list: String
  public var attributes: [(name: String, value: Value)]
  public var children: [FakeElement]

  public init(
    _ name: String, list: String? = nil, _ attributes: [(String, Value?)] = [], _ children: [FakeElement] = []
  ) {
    self.name = name
    self.list = list ?? name
    self.attributes = attributes.compactMap { name, value in value.map { (name: name, value: $0) } }
    self.children = children
  }

  public func xml(into bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "<"))
    bytes += name.utf8
    for (name, value) in attributes {
      bytes.append(0x20)
      bytes += name.utf8
      bytes += "=\"".utf8
      switch value {
      case .text(let text): Self.escapeXML(text, &bytes)
      case .number(let number): bytes += String(number).utf8
      case .flag(let flag): bytes.append(flag ? 0x31 : 0x30)
      }
      bytes.append(UInt8(ascii: "\""))
    }
    guard !children.isEmpty else {
      bytes += "/>".utf8
      return
    }
    bytes.append(UInt8(ascii: ">"))
    for child in children { child.xml(into: &bytes) }
    bytes += "</".utf8
    bytes += name.utf8
    bytes.append(UInt8(ascii: ">"))
  }

  public func json(into bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    var mark = ""
    for (name, value) in attributes {
      bytes += "\(mark)\"\(name)\":".utf8
      mark = ","
      switch value {
      case .text(let text): Self.quoteJSON(text, &bytes)
      case .number(let number): bytes += String(number).utf8
      case .flag(let flag): bytes += (flag ? "true" : "false").utf8
      }
    }
    var lists: [String] = []
    for child in children where !lists.contains(child.list) { lists.append(child.list) }
    for list in lists {
      bytes += "\(mark)\"\(list)\":[".utf8
      mark = ","
      for (index, child) in children.filter({ $0.list == list }).enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        child.json(into: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    }
    bytes.append(UInt8(ascii: "}"))
  }

  private static func escapeXML(_ text: String, _ bytes: inout [UInt8]) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): bytes += "&amp;".utf8
      case UInt8(ascii: "<"): bytes += "&lt;".utf8
      case UInt8(ascii: ">"): bytes += "&gt;".utf8
      case UInt8(ascii: "\""): bytes += "&quot;".utf8
      case 0..<0x20: bytes += "&#\(byte);".utf8
      default: bytes.append(byte)
      }
    }
  }

  private static func quoteJSON(_ text: String, _ bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes += "\\\"".utf8
      case UInt8(ascii: "\\"): bytes += "\\\\".utf8
      case 0..<0x10: bytes += "\\u000\(String(byte, radix: 16))".utf8
      case 0x10..<0x20: bytes += "\\u00\(String(byte, radix: 16))".utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
