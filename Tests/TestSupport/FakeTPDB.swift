import Support

/// A stand-in for api.theporndb.net: its paths, filters, shapes, status codes and paging, over an invented catalogue.
public final class FakeTPDB: FakeService {
  /// The token that is let in.
  public static let key = "fake-tpdb-token-0123456789"

  public let traffic = FakeTraffic()
  private let scenes = Lock(FakeTPDBItem.scenes)
  private let listCap: Int
  private let repeatsRows: Bool

  /// No list is longer than `listCap`. With `repeatsRows` a page begins with the last row of the one before.
  public init(listCap: Int = 10_000, repeatsRows: Bool = false) {
    self.listCap = listCap
    self.repeatsRows = repeatsRows
  }

  /// A new record; its uuid.
  public func addScene(_ number: Int, site: Int, date: String, title: String) -> String {
    let scene = FakeTPDBItem(number: number, site: site, date: date, title: title)
    scenes.withLock { $0.append(scene) }
    return scene.id
  }

  public func removeScene(_ id: String) { scenes.withLock { $0.removeAll { $0.id == id } } }

  public func answer(_ request: LoopbackRequest) -> LoopbackReply {
    guard request.headers["authorization"] == "Bearer \(Self.key)" else {
      guard request.headers["accept"]?.contains("application/json") == true else {
        return .response(status: 302, headers: [("Location", "/login"), ("Content-Type", "text/html")])
      }
      return Self.json(["message": "Unauthenticated."], status: 401)
    }
    return answer(request, scenes.withLock { $0 })
  }

  private func answer(_ request: LoopbackRequest, _ scenes: [FakeTPDBItem]) -> LoopbackReply {
    let path = request.path.split(separator: "/").map { Self.decoded($0) }
    switch (path.first, path.count) {
    case ("auth", 2): return Self.json(["data": ["id": 1, "name": "somebody"]])
    case ("scenes", _): return items(path, scenes, request)
    case ("movies", _): return items(path, FakeTPDBItem.movies, request)
    case ("jav", 1): return list([], request)
    case ("sites", 1):
      let asked = FakeTPDBSearch.words(request.parameter("q") ?? "")
      let found = FakeTPDBSite.catalogue.filter { site in
        let names = FakeTPDBSearch.words(site.name).union([FakeTPDBSearch.normalized(site.shortName)])
        return asked.isSubset(of: names)
      }
      return list(found.map { FakeTPDBShapes.site($0) }, request)
    case ("sites", 2), ("sites", 3):
      guard let site = Self.site(path[1]) else { return Self.missing }
      guard path.count == 3 else { return Self.json(["data": FakeTPDBShapes.site(site)]) }
      guard path[2] == "scenes" || path[2] == "movies" else { return Self.missing }
      let own = (path[2] == "scenes" ? scenes : FakeTPDBItem.movies).filter { $0.site == site.id }
      return list(own.map { FakeTPDBShapes(item: $0).record(isDetail: false) }, request)
    case ("performers", 1):
      return list(FakeTPDBItem.people.indices.map { FakeTPDBShapes.performer($0) }, request, clamped: true)
    case ("performers", 2):
      guard let index = Int(path[1]), FakeTPDBItem.people.indices.contains(index) else { return Self.missing }
      return Self.json(["data": FakeTPDBShapes.performer(index)])
    default: return Self.missing
    }
  }

  private func items(_ path: [String], _ all: [FakeTPDBItem], _ request: LoopbackRequest) -> LoopbackReply {
    if path.count == 1 {
      let search = FakeTPDBSearch(request: request)
      let faults = search.faults
      guard faults.isEmpty else {
        let errors = faults.map { ($0.field, FakeJSON.list([.string($0.text)])) }
        return Self.json(
          ["message": "The given data was invalid.", "errors": .object(errors)], status: 422)
      }
      return list(search.items(all).map { FakeTPDBShapes(item: $0).record(isDetail: false) }, request)
    }
    let found = all.first { item in
      if path.count == 3, path[1] == "hash" { return item.oshash == path[2].lowercased() }
      return path.count == 2 && (item.id == path[1] || String(item.number) == path[1] || item.slug == path[1])
    }
    return found.map { Self.json(["data": FakeTPDBShapes(item: $0).record(isDetail: true)]) } ?? Self.missing
  }

  /// A page of a list. A page past the end is empty, or with `clamped` the last one again.
  private func list(_ all: [FakeJSON], _ request: LoopbackRequest, clamped: Bool = false) -> LoopbackReply {
    let rows = Array(all.prefix(listCap))
    let size = min(100, max(1, request.parameter("per_page").flatMap { Int($0) } ?? 20))
    let last = max(1, (rows.count + size - 1) / size)
    let asked = max(1, request.parameter("page").flatMap { Int($0) } ?? 1)
    let page = clamped ? min(asked, last) : asked
    let start = min(rows.count, (page - 1) * size)
    let end = min(rows.count, start + size)
    let shown = repeatsRows && start > 0 && start < end ? rows[(start - 1)..<end] : rows[start..<end]
    func link(_ page: Int) -> FakeJSON { .string("http://fake\(request.path)?page=\(page)") }
    return Self.json([
      "data": .list(Array(shown)),
      "links": [
        "first": link(1), "last": link(last), "prev": page > 1 ? link(page - 1) : nil,
        "next": page < last ? link(page + 1) : nil,
      ],
      "meta": [
        "current_page": .integer(page), "from": shown.isEmpty ? nil : .integer(start + 1), "last_page": .integer(last),
        "links": [["url": nil, "label": "&laquo; Previous", "active": false]], "path": .string(request.path),
        "per_page": .integer(size), "to": shown.isEmpty ? nil : .integer(end), "total": .integer(rows.count),
      ],
    ])
  }

  private static func site(_ reference: String) -> FakeTPDBSite? {
    FakeTPDBSite.catalogue.first { String($0.id) == reference || $0.uuid == reference || $0.shortName == reference }
  }

  private static func decoded(_ segment: Substring) -> String {
    LoopbackRequest(method: "GET", path: "", query: "x=\(segment)", headers: [:], body: []).parameter("x") ?? ""
  }

  private static var missing: LoopbackReply { json(["message": "Not found."], status: 404) }

  private static func json(_ value: FakeJSON, status: Int = 200, headers: [(String, String)] = []) -> LoopbackReply {
    .json(value.text, status: status, headers: headers)
  }

}

extension FakeOutage {
  /// TPDB's 429.
  public static var busy: FakeOutage {
    let body: FakeJSON = ["message": "Too Many Attempts."]
    return .answer(
      status: 429, body: body.text,
      headers: [("Retry-After", "30"), ("X-RateLimit-Limit", "120"), ("X-RateLimit-Remaining", "0")])
  }
}
