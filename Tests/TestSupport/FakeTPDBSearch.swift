/// How TPDB finds items: its filters, its text search, and its reading of file names.
struct FakeTPDBSearch {
  let request: LoopbackRequest

  /// What is wrong with the filters, by field; empty when nothing is.
  var faults: [(field: String, text: String)] {
    var faults: [(String, String)] = []
    if let order = parameter("orderBy"), !Self.orders.contains(order) {
      faults.append(("orderBy", "The selected order by is invalid."))
    }
    if let operation = parameter("date_operation"), !["=", ">", ">=", "<", "<="].contains(operation) {
      faults.append(("date_operation", "The selected date operation is invalid."))
    }
    if request.parameters.contains(where: { $0.name == "performers" }) {
      faults.append(("performers", "The performers must be an array."))
    }
    for name in ["page", "per_page", "year", "site_id"] {
      if let value = parameter(name), Int(value) == nil { faults.append((name, "The \(name) must be an integer.")) }
    }
    return faults
  }

  /// The items that fit, in the order asked for or by relevance.
  func items(_ all: [FakeTPDBItem]) -> [FakeTPDBItem] {
    let filtered = all.filter { isWanted($0) }
    if let text = parameter("parse") ?? parameter("q") ?? parameter("title") {
      let isParse = parameter("parse") != nil
      let scored = filtered.map { ($0, isParse ? Self.reading($0, text) : Self.overlap($0, text)) }
      return scored.filter { $0.1 > 0 }.sorted { ($0.1, $1.0.number) > ($1.1, $0.0.number) }.map(\.0)
    }
    // Equal dates stay as they come: the service does not sort ties.
    switch parameter("orderBy") {
    case "former_released": return filtered.sorted { $0.date < $1.date }
    case "recently_released": return filtered.sorted { $0.date > $1.date }
    default: return filtered
    }
  }

  private func isWanted(_ item: FakeTPDBItem) -> Bool {
    if let year = parameter("year"), !item.date.hasPrefix(year) { return false }
    if let site = parameter("site_id"), String(item.site) != site { return false }
    if let sku = parameter("sku"), item.sku?.lowercased() != sku.lowercased() { return false }
    if let hash = parameter("hash") {
      let type = (parameter("hashType") ?? "OSHASH").uppercased()
      if type != "OSHASH" || item.oshash != hash.lowercased() { return false }
    }
    if let name = parameter("site"), !isAt(name, item) { return false }
    if let date = parameter("date") {
      switch parameter("date_operation") ?? "=" {
      case ">": if item.date <= date { return false }
      case ">=": if item.date < date { return false }
      case "<": if item.date >= date { return false }
      case "<=": if item.date > date { return false }
      default: if item.date != date { return false }
      }
    }
    return true
  }

  private func isAt(_ name: String, _ item: FakeTPDBItem) -> Bool {
    guard let site = FakeTPDBSite.withID(item.site) else { return false }
    let operation = parameter("site_operation") ?? "Site"
    var names = [site.name]
    if operation.contains("Parent") { names += [FakeTPDBSite.withID(site.parent)?.name].compactMap { $0 } }
    if operation.contains("Network") { names += [FakeTPDBSite.withID(site.network)?.name].compactMap { $0 } }
    return names.contains { Self.normalized($0) == Self.normalized(name) }
  }

  /// An empty parameter counts as none.
  private func parameter(_ name: String) -> String? {
    request.parameter(name).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Reads `sitename 2024-01-31 title`: the site must be there, and the date or the title.
  private static func reading(_ item: FakeTPDBItem, _ text: String) -> Int {
    let tokens = text.split { $0 == " " }.map(String.init)
    let site = FakeTPDBSite.withID(item.site).map { normalized($0.name) } ?? ""
    let isSite = tokens.contains { normalized($0) == site }
    let isDate = tokens.contains(item.date)
    let isTitle = words(item.title).isSubset(of: words(text))
    if item.isMovie { return isTitle ? 3 : 0 }
    guard isSite, isDate || isTitle else { return 0 }
    return (isDate ? 2 : 0) + (isTitle ? 2 : 0)
  }

  private static func overlap(_ item: FakeTPDBItem, _ text: String) -> Int {
    let asked = words(text)
    let shared = asked.intersection(words(item.title)).count
    return shared * 2 >= asked.count ? shared : 0
  }

  /// Capitals inside a word begin a new one.
  static func words(_ text: String) -> Set<String> {
    var spaced = ""
    var last: Character = " "
    for character in text {
      if character.isUppercase, last.isLowercase { spaced.append(" ") }
      spaced.append(character)
      last = character
    }
    return Set(spaced.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
  }

  static func normalized(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }

  private static let orders: Set<String> = [
    "recently_released", "former_released", "recently_created", "former_created", "recently_updated", "former_updated",
    "duration_asc", "duration_desc", "most_relevant", "asc_name", "desc_name",
  ]
}
