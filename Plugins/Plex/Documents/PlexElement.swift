public import UsherKit

/// A small answer as a tree: the same for XML and JSON.
public struct PlexElement: Sendable, Hashable {
  public var name = ""
  public var attributes: [String: String] = [:]
  public var children: [PlexElement] = []

  /// An element without anything in it.
  public init() {}

  init(name: String) { self.name = name }

  /// Nil when the attribute is missing or empty.
  public func text(_ name: String) -> String? { attributes[name].flatMap { $0.isEmpty ? nil : $0 } }
  public func integer(_ name: String) -> Int? { attributes[name].flatMap { Int($0) } }
  /// True for "1" and "true".
  public func flag(_ name: String) -> Bool { attributes[name].map { $0 == "1" || $0 == "true" } ?? false }

  /// Children of that name.
  public func all(_ name: String) -> [PlexElement] { children.filter { $0.name == name } }
  public func first(_ name: String) -> PlexElement? { children.first { $0.name == name } }

  /// Children of a list that XML wraps and JSON does not: `<connections><connection/>…` or `"connections": […]`.
  public func list(_ list: String, of name: String) -> [PlexElement] {
    all(list).flatMap { wrapped in wrapped.all(name).isEmpty && wrapped.children.isEmpty ? [wrapped] : wrapped.all(name)
    }
    .filter { !$0.attributes.isEmpty || !$0.children.isEmpty }
  }

  /// The `MediaContainer` of a media server's answer, or the root itself.
  public var container: PlexElement { name == "MediaContainer" ? self : first("MediaContainer") ?? self }
}

/// Decides which form an answer has, and reads it.
public enum PlexDocument {
  /// Throws `.unreadable`: for a web page with a good status, such as the sign-in page of a network, too.
  public static func element(_ response: HTTPResponse, from place: String) throws(PlexError) -> PlexElement {
    var sink = TreeSink()
    try read(response, from: place, into: &sink)
    return sink.root
  }

  /// Reads into any sink.
  static func read<Sink: ElementSink>(
    _ response: HTTPResponse, from place: String, into sink: inout Sink
  ) throws(PlexError) {
    let outcome = response.body.withUnsafeBufferPointer { bytes in
      Result { [sink] () throws(PlexError) in
        var sink = sink
        try read(bytes, response.headers["content-type"] ?? "", into: &sink)
        return sink
      }
    }
    switch outcome {
    case .success(let filled): sink = filled
    case .failure(let error): throw PlexError(error.kind, "the answer of \(place) cannot be read: \(error.text)")
    }
  }

  private static func read<Sink: ElementSink>(
    _ bytes: LentText, _ type: String, into sink: inout Sink
  ) throws(PlexError) {
    // A byte order mark may stand before everything else.
    let isMarked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let bytes = LentText(rebasing: bytes[(isMarked ? 3 : 0)...])
    guard let first = bytes.first(where: { $0 > 0x20 }) else { throw PlexError(.unreadable, "it is empty") }
    switch first {
    case UInt8(ascii: "{"), UInt8(ascii: "["): try JSONReader.read(bytes, into: &sink)
    case UInt8(ascii: "<"):
      guard !type.lowercased().hasPrefix("text/html"), !isWebPage(bytes) else {
        throw PlexError(.unreadable, "it is a web page; something between here and the server answers in its place")
      }
      try XMLReader.read(bytes, into: &sink)
    default: throw PlexError(.unreadable, "it is neither JSON nor XML")
    }
  }

  private static func isWebPage(_ bytes: LentText) -> Bool {
    let start = String(decoding: bytes.prefix(200), as: UTF8.self).lowercased()
    return start.contains("<html") || start.contains("<!doctype html")
  }
}

/// Builds the tree.
private struct TreeSink: ElementSink {
  private(set) var root = PlexElement()
  private var open: [PlexElement] = []

  mutating func begin(_ name: LentText) -> Bool {
    open.append(PlexElement(name: name.string))
    return true
  }

  mutating func attribute(_ name: LentText, _ value: LentText) {
    guard !open.isEmpty else { return }
    open[open.count - 1].attributes[name.string] = value.string
  }

  mutating func end() {
    guard let done = open.popLast() else { return }
    if open.isEmpty { root = done } else { open[open.count - 1].children.append(done) }
  }
}
