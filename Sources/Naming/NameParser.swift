public import MetadataModel
public import NameReadings

/// Says what the name of a file or folder tells of the work in it.
///
/// A name may be a path with folders, parted by `/` or `\`. Any bytes of any length are read in time proportional to
/// their number; nothing fails. A parser keeps nothing and may be used from any thread.
public struct NameParser: Sendable {
  public init() {}

  /// What `name` says, read as one of `kind`; nil lets the name decide.
  public func parse(_ name: String, kind: NameKind? = nil) -> ParsedName { read(name, kind: kind).name }

  /// What the bytes of a name say; they need not be valid UTF-8.
  public func parse(_ name: [UInt8], kind: NameKind? = nil) -> ParsedName { read(name, kind: kind).name }

  /// The same with the kind that was decided on and further titles to try.
  public func read(_ name: String, kind: NameKind? = nil) -> NameReading { read(Array(name.utf8), kind: kind) }

  /// The same of bytes.
  public func read(_ name: [UInt8], kind: NameKind? = nil) -> NameReading {
    var steps = 0
    return read(name, kind: kind, steps: &steps)
  }

  /// The same, counting the work in bytes looked at.
  func read(_ name: [UInt8], kind: NameKind?, steps: inout Int) -> NameReading {
    let path = NamePath(name, kind: kind)
    let reading = KindChoice.reading(of: path, kind: kind)
    steps += name.count + path.steps
    var parsed = reading.parsed
    var titles = reading.titles
    if let title = parsed.title, titles.first != title { titles = [title] + titles.filter { $0 != title } }
    if parsed.ids?.isEmpty == true { parsed.ids = nil }
    if !parsed.isEmpty { parsed.confidence = (reading.confidence * 100).rounded() / 100 }
    return NameReading(kind: reading.kind, name: parsed, titles: titles)
  }
}

/// A name as it was understood.
public struct NameReading: Hashable, Sendable {
  public var kind: NameKind
  public var name: ParsedName
  /// Titles that the name may mean, the likeliest first; the first is the name's own.
  public var titles: [String]
}
