public import Support

/// A stand-in for api.tvmaze.com: its paths, shapes, status codes and rate limit, over an invented catalogue.
public final class FakeTVmaze: FakeService {
  public let traffic = FakeTraffic()
  private let moments = Lock<[Int64]>([])
  private let rateLimited: Bool
  private let time: any TimeSource

  /// With `rateLimited` the 21st request within ten seconds is refused, as the service does.
  public init(rateLimited: Bool = false, time: any TimeSource = SystemTime()) {
    self.rateLimited = rateLimited
    self.time = time
  }

  public func answer(_ request: LoopbackRequest) -> LoopbackReply {
    let now = time.monotonicNanoseconds
    let count = moments.withLock { moments in
      moments = moments.filter { now - $0 < 10_000_000_000 } + [now]
      return moments.count
    }
    return rateLimited && count > 20 ? FakeOutage.page(status: 429).reply : found(request)
  }

  private func found(_ request: LoopbackRequest) -> LoopbackReply {
    let path = request.path.split(separator: "/").map(String.init)
    switch path.first {
    case "search" where path == ["search", "shows"]:
      return Self.json(
        .list(
          Self.search(request.parameter("q") ?? "").map { hit in
            ["score": .number(hit.score), "show": FakeTVmazeShapes(show: hit.show).record]
          }))
    case "singlesearch" where path == ["singlesearch", "shows"]:
      guard let hit = Self.search(request.parameter("q") ?? "").first(where: \.isWhole) else {
        return .response(status: 404, headers: Self.headers)
      }
      return Self.json(Self.embedding(request, in: FakeTVmazeShapes(show: hit.show)))
    case "lookup" where path == ["lookup", "shows"]: return Self.lookup(request)
    case "shows" where path.count == 1: return Self.index(request)
    case "shows": return Self.show(path, request)
    case "episodes" where path.count == 2: return Self.episode(path[1])
    case "alternatelists": return Self.alternateList(path, request)
    default: return Self.missing
    }
  }

  private static func show(_ path: [String], _ request: LoopbackRequest) -> LoopbackReply {
    guard let show = FakeTVmazeShow.catalogue.first(where: { String($0.id) == path[1] }) else { return missing }
    let shapes = FakeTVmazeShapes(show: show)
    guard path.count == 3 else { return path.count == 2 ? json(embedding(request, in: shapes)) : missing }
    switch path[2] {
    case "episodes": return json(.list(shapes.episodes(withSpecials: request.parameter("specials") == "1")))
    case "images": return json(show.images.isEmpty ? [] : shapes.part("images") ?? [])
    case "alternatelists": return json(shapes.alternateLists)
    case "episodebynumber":
      let found = show.episodes.first {
        $0.number != nil && String($0.season) == request.parameter("season")
          && $0.number.map(String.init) == request.parameter("number")
      }
      return found.map { json(shapes.episode($0)) } ?? missing
    case "episodesbydate":
      let found = show.episodes.filter { !$0.airdate.isEmpty && $0.airdate == request.parameter("date") }
      return found.isEmpty ? missing : json(.list(found.map(shapes.episode)))
    default: return shapes.part(path[2]).map { json($0) } ?? missing
    }
  }

  /// `embed=x`, or `embed[]=x&embed[]=y` with the brackets raw or escaped; unknown names bring nothing.
  private static func embedding(_ request: LoopbackRequest, in shapes: FakeTVmazeShapes) -> FakeJSON {
    let names = request.parameters.filter { $0.name == "embed" || $0.name == "embed[]" }.map(\.value)
    let parts = names.compactMap { name in shapes.part(name).map { (name, $0) } }
    return parts.isEmpty ? shapes.record : shapes.record.adding([("_embedded", .object(parts))])
  }

  private static func lookup(_ request: LoopbackRequest) -> LoopbackReply {
    let found = FakeTVmazeShow.catalogue.first { show in
      (show.imdb != nil && show.imdb == request.parameter("imdb"))
        || (show.tvdb.map(String.init) ?? "-") == request.parameter("thetvdb")
    }
    guard let found else { return json(nil, status: 404) }
    let base = request.headers["host"].map { "http://\($0)" } ?? ""
    return .response(status: 301, headers: headers + [("Location", "\(base)/shows/\(found.id)")])
  }

  private static func index(_ request: LoopbackRequest) -> LoopbackReply {
    let page = Int(request.parameter("page") ?? "0") ?? 0
    let shows = FakeTVmazeShow.catalogue.filter { $0.id / 250 == page }
    guard page >= 0, page * 250 <= FakeTVmazeShow.catalogue.map(\.id).max() ?? 0 else { return missing }
    return json(.list(shows.map { FakeTVmazeShapes(show: $0).record }))
  }

  private static func episode(_ id: String) -> LoopbackReply {
    for show in FakeTVmazeShow.catalogue {
      if let episode = show.episodes.first(where: { String($0.id) == id }) {
        return json(FakeTVmazeShapes(show: show).episode(episode))
      }
    }
    return missing
  }

  private static func alternateList(_ path: [String], _ request: LoopbackRequest) -> LoopbackReply {
    let show = FakeTVmazeShow.catalogue.first { !$0.dvd.isEmpty && path.count > 1 && String($0.id * 10 + 1) == path[1] }
    guard let show else { return missing }
    let shapes = FakeTVmazeShapes(show: show)
    if path.count == 3, path[2] == "alternateepisodes" {
      return json(shapes.alternateEpisodes(embedded: request.parameter("embed") == "episodes"))
    }
    guard path.count == 2, case .list(let lists) = shapes.alternateLists, let list = lists.last else { return missing }
    guard request.parameter("embed") == "alternateepisodes" else { return json(list) }
    return json(list.adding([("_embedded", ["alternateepisodes": shapes.alternateEpisodes(embedded: false)])]))
  }

  /// Shows that share at least half of the words asked for, in their name or another name; the best first.
  private static func search(_ text: String) -> [(score: Double, isWhole: Bool, show: FakeTVmazeShow)] {
    let asked = words(text)
    guard !asked.isEmpty else { return [] }
    let hits = FakeTVmazeShow.catalogue.compactMap { show -> (score: Double, isWhole: Bool, show: FakeTVmazeShow)? in
      let names = [show.name] + show.akas.map(\.name)
      let shared = names.map { asked.intersection(words($0)).count }.max() ?? 0
      guard shared > 0, shared * 2 >= asked.count else { return nil }
      let score = 1.5 * Double(shared) / Double(asked.count) + Double(show.weight) / 1000
      return (score, shared == asked.count, show)
    }
    return Array(hits.sorted { $0.score > $1.score }.prefix(10))
  }

  /// Lower-case, without punctuation, as the service searches.
  private static func words(_ text: String) -> Set<String> {
    Set(text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
  }

  private static let headers = [("Cache-Control", "public, max-age=3600"), ("Access-Control-Allow-Origin", "*")]

  private static var missing: LoopbackReply {
    json(["name": "Not Found", "message": "Page not found.", "code": 0, "status": 404], status: 404)
  }

  private static func json(_ value: FakeJSON, status: Int = 200) -> LoopbackReply {
    .json(value.text, status: status, headers: headers)
  }

}
