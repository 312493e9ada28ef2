/// Judges answers to Plex by their shape alone: the lines of the protocol page's checklist that one document shows.
/// Each function gives a sentence per problem, with the path to it; nothing when all is well.
public enum PlexShape {
  /// Lines 1, 3 to 11 and 13: the document at a provider's root, which stands at `rootPath` ("/tv").
  public static func problems(inRoot document: JSONValue, rootPath: String) -> [String] {
    var report = ShapeReport()
    report.expect(document.members?.keys.sorted() == ["MediaProvider"], "root", "MediaProvider alone")
    guard let provider = document["MediaProvider"] else { return report.problems }
    report.findNulls(in: document, at: "root")
    let identifier = provider["identifier"]?.text ?? ""
    report.expect(
      identifier.wholeMatch(of: /tv\.plex\.agents\.custom\.[A-Za-z0-9.]*[A-Za-z0-9]/) != nil, "identifier",
      "tv.plex.agents.custom.<letters, digits, periods>, not \(identifier)")
    report.expect(provider["title"]?.text?.isEmpty == false, "title", "a text")
    check(types: provider["Types"]?.elements ?? [], of: identifier, &report)
    check(features: provider["Feature"]?.elements ?? [], rootPath: rootPath, &report)
    return report.problems
  }

  private static func check(types: [JSONValue], of identifier: String, _ report: inout ShapeReport) {
    let numbers = types.map { $0["type"]?.integer ?? -1 }
    report.expect(!types.isEmpty, "Types", "at least one")
    report.expect(numbers.allSatisfy { [1, 2, 3, 4, 18].contains($0) }, "Types", "1, 2, 3, 4 or 18, not \(numbers)")
    report.expect([0, 3].contains(Set(numbers).intersection([2, 3, 4]).count), "Types", "2, 3 and 4 together")
    report.expect(!(numbers.contains(1) && numbers.contains(2)), "Types", "movies and shows in two providers")
    for type in types {
      let schemes = type["Scheme"]?.elements ?? []
      report.expect(
        !schemes.isEmpty && schemes.allSatisfy { $0["scheme"]?.text == identifier }, "Types.Scheme", "the identifier")
    }
  }

  private static func check(features: [JSONValue], rootPath: String, _ report: inout ShapeReport) {
    report.expect(
      features.compactMap { $0["type"]?.text }.sorted() == ["match", "metadata"], "Feature",
      "exactly metadata and match")
    for feature in features {
      let key = feature["key"]?.text ?? ""
      report.expect(
        key.hasPrefix("/") && !key.hasPrefix("//") && (rootPath.count < 2 || !key.hasPrefix(rootPath + "/")),
        "Feature.key", "a path below the root, without the root's own, not \(key)")
    }
  }

  /// Lines 52 to 55, 58 to 65, 67 and 69: an answer with items. `isMatch`: an unknown date may be missing.
  /// `pageSize` nil: everything must be there.
  public static func problems(
    inContainer document: JSONValue, identifier: String, isMatch: Bool = false, start: Int = 0, pageSize: Int? = nil
  ) -> [String] {
    var report = ShapeReport()
    guard let objects = elements("Metadata", of: document, identifier, start, pageSize, &report) else {
      return report.problems
    }
    for (place, object) in objects.enumerated() {
      let checker = PlexItemShape(identifier: identifier, isMatch: isMatch)
      checker.check(object, at: "Metadata[\(place)]", &report)
    }
    return report.problems
  }

  /// Line 28: the answer when there is no match.
  public static func problems(inEmptyContainer document: JSONValue, identifier: String) -> [String] {
    var problems = problems(inContainer: document, identifier: identifier)
    if document["MediaContainer"]?["totalSize"]?.integer != 0 { problems.append("totalSize: must be 0") }
    return problems
  }

  /// Lines 61, 64 and 81: an answer with pictures.
  public static func problems(inImages document: JSONValue, identifier: String, start: Int = 0) -> [String] {
    var report = ShapeReport()
    let images = elements("Image", of: document, identifier, start, nil, &report) ?? []
    for (place, image) in images.enumerated() { PlexItemShape.check(image: image, at: "Image[\(place)]", &report) }
    return report.problems
  }

  /// An error answer: a code and a sentence.
  public static func problems(inError document: JSONValue) -> [String] {
    var report = ShapeReport()
    report.expect(document["error"]?["code"]?.text?.isEmpty == false, "error.code", "a text")
    report.expect(document["error"]?["message"]?.text?.isEmpty == false, "error.message", "a sentence")
    return report.problems
  }

  /// The elements of an envelope whose numbers hold.
  private static func elements(
    _ name: String, of document: JSONValue, _ identifier: String, _ start: Int, _ pageSize: Int?,
    _ report: inout ShapeReport
  ) -> [JSONValue]? {
    report.findNulls(in: document, at: "")
    report.findMarkup(in: document, at: "")
    report.expect(document.members?.keys.sorted() == ["MediaContainer"], "document", "MediaContainer alone")
    guard let container = document["MediaContainer"], let elements = container[name]?.elements else {
      report.add("MediaContainer.\(name)", "must be an array")
      return nil
    }
    let total = container["totalSize"]?.integer ?? -1
    report.expect(container["offset"]?.integer == start, "offset", "\(start)")
    report.expect(container["size"]?.integer == elements.count, "size", "the number of elements, \(elements.count)")
    report.expect(container["identifier"]?.text == identifier, "identifier", identifier)
    let expected = min(pageSize ?? .max, max(0, total - start))
    report.expect(elements.count == expected, name, "\(expected) of \(total) elements, not \(elements.count)")
    return elements
  }
}
