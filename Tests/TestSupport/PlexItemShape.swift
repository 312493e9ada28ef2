/// The checks of one Metadata object, children included.
struct PlexItemShape {
  let identifier: String
  /// An unknown date may be missing.
  let isMatch: Bool

  private static let imageForms: Set<String> = [
    "background", "backgroundSquare", "clearLogo", "coverPoster", "snapshot",
  ]
  private static let badges: Set<String> = [
    "imdb://image.rating", "themoviedb://image.rating", "rottentomatoes://image.rating.ripe",
    "rottentomatoes://image.rating.rotten", "rottentomatoes://image.rating.upright",
    "rottentomatoes://image.rating.spilled",
  ]
  private static let lists = [
    "Image", "Genre", "Guid", "Rating", "Role", "Director", "Producer", "Writer", "Country", "Studio", "Network",
    "Similar", "SeasonType",
  ]

  func check(_ item: JSONValue, at path: String, _ report: inout ShapeReport) {
    let type = item["type"]?.text ?? ""
    report.expect(
      ["movie", "show", "season", "episode"].contains(type), "\(path).type", "a kind's word, not '\(type)'")
    report.expect(item["title"]?.text?.isEmpty == false, "\(path).title", "a text")
    checkIdentity(item, type: type, prefix: "", at: path, &report)
    if type == "season" || type == "episode" { checkPlace(item, type: type, at: path, &report) }
    checkValues(item, at: path, &report)
    checkLists(item, type: type, at: path, &report)
    checkChildren(item, type: type, at: path, &report)
  }

  /// Lines 31, 53, 54, 55 and 66: key, rating key and guid name the same thing.
  private func checkIdentity(
    _ item: JSONValue, type: String, prefix: String, at path: String, _ report: inout ShapeReport
  ) {
    func name(_ word: String) -> String {
      prefix.isEmpty ? word : prefix + word.prefix(1).uppercased() + word.dropFirst()
    }
    let ratingKey = item[name("ratingKey")]?.text ?? ""
    report.expect(
      !ratingKey.isEmpty && ratingKey.utf8.allSatisfy(Self.isKeyByte), "\(path).\(name("ratingKey"))",
      "letters, digits, _ and -")
    report.expect(
      item[name("guid")]?.text == "\(identifier)://\(type)/\(ratingKey)", "\(path).\(name("guid"))",
      "\(identifier)://\(type)/\(ratingKey)")
    let plain = "/library/metadata/\(ratingKey)"
    let wanted = prefix.isEmpty && (type == "show" || type == "season") ? plain + "/children" : plain
    report.expect(item[name("key")]?.text == wanted, "\(path).\(name("key"))", wanted)
  }

  private static func isKeyByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
    default: false
    }
  }

  private func checkPlace(_ item: JSONValue, type: String, at path: String, _ report: inout ShapeReport) {
    var relatives = [("parent", type == "season" ? "show" : "season")]
    report.expect((item["index"]?.integer ?? -1) >= 0, "\(path).index", "an integer")
    if type == "episode" {
      relatives.append(("grandparent", "show"))
      report.expect((item["parentIndex"]?.integer ?? -1) >= 0, "\(path).parentIndex", "an integer")
    }
    for (prefix, type) in relatives {
      checkIdentity(item, type: type, prefix: prefix, at: path, &report)
      report.expect(item["\(prefix)Type"]?.text == type, "\(path).\(prefix)Type", type)
      report.expect(item["\(prefix)Title"]?.text?.isEmpty == false, "\(path).\(prefix)Title", "a text")
    }
  }

  /// Lines 58, 59 and 62.
  private func checkValues(_ item: JSONValue, at path: String, _ report: inout ShapeReport) {
    for name in ["year", "duration", "index", "parentIndex", "score"] where item[name] != nil {
      report.expect(item[name]?.integer != nil, "\(path).\(name)", "an integer")
    }
    if let isAdult = item["isAdult"] { report.expect(isAdult.bool != nil, "\(path).isAdult", "a boolean") }
    let date = item["originallyAvailableAt"]
    let isDate = date?.text.map { $0.isEmpty || $0.wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil }
    report.expect(isDate ?? isMatch, "\(path).originallyAvailableAt", "YYYY-MM-DD or an empty text")
    for name in ["thumb", "art", "theme", "parentThumb", "parentArt", "grandparentThumb", "grandparentArt"] {
      guard let url = item[name] else { continue }
      report.expect(Self.isURL(url), "\(path).\(name)", "an absolute URL")
    }
    guard let images = item["Image"]?.elements else { return }
    let thumb = item["type"]?.text == "episode" ? "snapshot" : "coverPoster"
    for (name, form) in [("thumb", thumb), ("art", "background")] {
      let first = images.first { $0["type"]?.text == form }?["url"]
      report.expect(item[name] == first, "\(path).\(name)", "the first \(form) of Image")
    }
  }

  /// Lines 58, 60, 61, 63 and 65, and the members that §3.4 requires.
  private func checkLists(_ item: JSONValue, type: String, at path: String, _ report: inout ShapeReport) {
    for name in Self.lists {
      guard let list = item[name] else { continue }
      report.expect(list.elements?.isEmpty == false, "\(path).\(name)", "a list with elements, or left out")
      for (index, element) in (list.elements ?? []).enumerated() {
        check(element, of: name, at: "\(path).\(name)[\(index)]", &report)
      }
    }
    for name in ["Network", "SeasonType"] where type != "show" {
      report.expect(item[name] == nil, "\(path).\(name)", "left out of all but shows")
    }
    for name in ["tagline", "studio", "theme", "Studio", "Country", "Similar"] where type != "show" && type != "movie" {
      report.expect(item[name] == nil, "\(path).\(name)", "left out of seasons and episodes")
    }
    report.expect(item["Collection"] == nil, "\(path).Collection", "left out without that feature")
  }

  private func check(_ element: JSONValue, of list: String, at path: String, _ report: inout ShapeReport) {
    switch list {
    case "Image": Self.check(image: element, at: path, &report)
    case "Guid":
      report.expect(element["id"]?.text?.wholeMatch(of: /[a-z]+:\/\/.+/) != nil, "\(path).id", "source://value")
    case "Rating":
      report.expect(Self.badges.contains(element["image"]?.text ?? ""), "\(path).image", "a built-in badge")
      report.expect(["audience", "critic"].contains(element["type"]?.text), "\(path).type", "audience or critic")
      report.expect((0...10).contains(element["value"]?.number ?? -1), "\(path).value", "a number from 0 to 10")
    case "Similar":
      report.expect(element["guid"]?.text?.hasPrefix(identifier + "://") == true, "\(path).guid", "a guid of our own")
    case "SeasonType":
      for name in ["id", "source", "tag", "title"] {
        report.expect(element[name]?.text?.isEmpty == false, "\(path).\(name)", "a text")
      }
    default:
      report.expect(element["tag"]?.text?.isEmpty == false, "\(path).tag", "a text")
      if let thumb = element["thumb"] { report.expect(Self.isURL(thumb), "\(path).thumb", "an absolute URL") }
      if let order = element["order"] { report.expect(order.integer != nil, "\(path).order", "an integer") }
    }
  }

  /// Line 67; §3.6 allows one level only.
  private func checkChildren(_ item: JSONValue, type: String, at path: String, _ report: inout ShapeReport) {
    guard let children = item["Children"] else { return }
    guard let objects = children["Metadata"]?.elements, type == "show" || type == "season" else {
      report.add("\(path).Children", "must be an object with Metadata, on a show or season")
      return
    }
    report.expect(children["size"]?.integer == objects.count, "\(path).Children.size", "\(objects.count)")
    for (index, child) in objects.enumerated() {
      let place = "\(path).Children.Metadata[\(index)]"
      report.expect(child["type"]?.text == (type == "show" ? "season" : "episode"), "\(place).type", "one level below")
      report.expect(child["Children"] == nil, "\(place).Children", "left out")
      check(child, at: place, &report)
    }
  }

  static func check(image: JSONValue, at path: String, _ report: inout ShapeReport) {
    report.expect(imageForms.contains(image["type"]?.text ?? ""), "\(path).type", "a form that Plex knows")
    report.expect(image["url"].map(isURL) == true, "\(path).url", "an absolute URL")
  }

  private static func isURL(_ value: JSONValue) -> Bool {
    guard let text = value.text, let start = ["https://", "http://"].first(where: text.hasPrefix) else { return false }
    let rest = text.utf8.dropFirst(start.utf8.count)
    return rest.first.map { $0 != UInt8(ascii: "/") } == true && rest.allSatisfy { $0 > 0x20 && $0 != 0x7F }
  }
}
