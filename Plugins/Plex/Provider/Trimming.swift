import UsherKit

/// Which members of a Metadata object are wanted: fields are its plain values, elements its lists and objects
/// (protocol §3.9). An include list beats the exclude list of the same sort.
struct Trimming: Hashable, Sendable {
  /// Members that name the item: never left out, because Plex finds nothing again without them.
  static let identity: Set<String> = ["ratingKey", "key", "guid", "type"]
  static let none = Trimming(fields: nil, elements: nil)

  private let fields: Selection?
  private let elements: Selection?

  private enum Selection: Hashable, Sendable {
    case only(Set<String>)
    case without(Set<String>)

    func keeps(_ name: String) -> Bool {
      switch self {
      case .only(let names): names.contains(name)
      case .without(let names): !names.contains(name)
      }
    }
  }

  private init(fields: Selection?, elements: Selection?) {
    self.fields = fields
    self.elements = elements
  }

  /// Comma lists by their parameter names; nil and empty ones ask for nothing.
  init(_ list: (String) -> String?) {
    fields = Self.selection(include: list("includeFields"), exclude: list("excludeFields"))
    elements = Self.selection(include: list("includeElements"), exclude: list("excludeElements"))
  }

  func keepsField(_ name: String) -> Bool {
    guard let fields else { return true }
    return Self.identity.contains(name) || fields.keeps(name)
  }

  func keepsElement(_ name: String) -> Bool { elements?.keeps(name) ?? true }

  /// `Children` is there only when asked for by its own parameter, so an include list that forgets it does not
  /// take it away: a season without its episodes binds no file.
  var keepsChildren: Bool {
    if case .without(let names) = elements { return !names.contains("Children") }
    return true
  }

  private static func selection(include: String?, exclude: String?) -> Selection? {
    let included = names(include)
    guard included.isEmpty else { return .only(included) }
    let excluded = names(exclude)
    return excluded.isEmpty ? nil : .without(excluded)
  }

  private static func names(_ list: String?) -> Set<String> {
    guard let list else { return [] }
    return Set(list.split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init))
  }
}
