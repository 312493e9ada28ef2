public import Support

/// A stand-in for api.tvmaze.com: its paths, shapes, status codes and rate limit, over an invented catalogue.
public final class FakeTVmaze: FakeService {
  public let traffic = FakeTraffic()
  private let moments = Lock<[Int64]>([])
  private let rateLimited: Bool
  private let time: any TimeSource
  private let catalogue: FakeTVmazeCatalogue

  /// With `rateLimited` the 21st request within ten seconds is refused, as the service does.
  public convenience init(rateLimited: Bool = false, time: any TimeSource = SystemTime()) {
    self.init(shows: FakeTVmazeShow.catalogue, rateLimited: rateLimited, time: time)
  }

  init(shows: [FakeTVmazeShow], rateLimited: Bool = false, time: any TimeSource = SystemTime()) {
    catalogue = FakeTVmazeCatalogue(shows)
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
          catalogue.search(request.parameter("q") ?? "").map { hit in
            ["score": .number(hit.score), "show": FakeTVmazeShapes(show: hit.show).record]
          }))
    case "singlesearch" where path == ["singlesearch", "shows"]:
      guard let hit = catalogue.search(request.parameter("q") ?? "").first(where: \.isWhole) else {
        return .response(status: 404, headers: Self.headers)
      }
      return Self.json(Self.embedding(request, in: FakeTVmazeShapes(show: hit.show)))
    case "lookup" where path == ["lookup", "shows"]: return lookup(request)
    case "shows" where path.count == 1: return index(request)
    case "shows": return show(path, request)
    case "episodes" where path.count == 2: return episode(path[1])
    case "alternatelists": return alternateList(path, request)
    default: return Self.missing
    }
  }

  private func show(_ path: [String], _ request: LoopbackRequest) -> LoopbackReply {
    guard let show = catalogue.show(path[1]) else { return Self.missing }
    let shapes = FakeTVmazeShapes(show: show)
    guard path.count == 3 else {
      return path.count == 2 ? Self.json(Self.embedding(request, in: shapes)) : Self.missing
    }
    switch path[2] {
    case "episodes": return Self.json(.list(shapes.episodes(withSpecials: request.parameter("specials") == "1")))
    case "images": return Self.json(show.images.isEmpty ? [] : shapes.part("images") ?? [])
    case "alternatelists": return Self.json(shapes.alternateLists)
    case "episodebynumber":
      let found = show.episodes.first {
        $0.number != nil && String($0.season) == request.parameter("season")
          && $0.number.map(String.init) == request.parameter("number")
      }
      return found.map { Self.json(shapes.episode($0)) } ?? Self.missing
    case "episodesbydate":
      let found = show.episodes.filter { !$0.airdate.isEmpty && $0.airdate == request.parameter("date") }
      return found.isEmpty ? Self.missing : Self.json(.list(found.map(shapes.episode)))
    default: return shapes.part(path[2]).map { Self.json($0) } ?? Self.missing
    }
  }

  /// `embed=x`, or `embed[]=x&embed[]=y` with the brackets raw or escaped; unknown names bring nothing.
  private static func embedding(_ request: LoopbackRequest, in shapes: FakeTVmazeShapes) -> FakeJSON {
    let names = request.parameters.filter { $0.name == "embed" || $0.name == "embed[]" }.map(\.value)
    let parts = names.compactMap { name in shapes.part(name).map { (name, $0) } }
    return parts.isEmpty ? shapes.record : shapes.record.adding([("_embedded", .object(parts))])
  }

  private func lookup(_ request: LoopbackRequest) -> LoopbackReply {
    let found = catalogue.show(imdb: request.parameter("imdb"), tvdb: request.parameter("thetvdb"))
    guard let found else { return Self.json(nil, status: 404) }
    let base = request.headers["host"].map { "http://\($0)" } ?? ""
    return .response(status: 301, headers: Self.headers + [("Location", "\(base)/shows/\(found.id)")])
  }

  private func index(_ request: LoopbackRequest) -> LoopbackReply {
    let page = Int(request.parameter("page") ?? "0") ?? 0
    let shows = catalogue.shows.filter { $0.id / 250 == page }
    guard page >= 0, page * 250 <= catalogue.shows.map(\.id).max() ?? 0 else { return Self.missing }
    return Self.json(.list(shows.map { FakeTVmazeShapes(show: $0).record }))
  }

  private func episode(_ id: String) -> LoopbackReply {
    for show in catalogue.shows {
      if let episode = show.episodes.first(where: { String($0.id) == id }) {
        return Self.json(FakeTVmazeShapes(show: show).episode(episode))
      }
    }
    return Self.missing
  }

  private func alternateList(_ path: [String], _ request: LoopbackRequest) -> LoopbackReply {
    let show = catalogue.shows.first { !$0.dvd.isEmpty && path.count > 1 && String($0.id * 10 + 1) == path[1] }
    guard let show else { return Self.missing }
    let shapes = FakeTVmazeShapes(show: show)
    if path.count == 3, path[2] == "alternateepisodes" {
      return Self.json(shapes.alternateEpisodes(embedded: request.parameter("embed") == "episodes"))
    }
    guard path.count == 2, case .list(let lists) = shapes.alternateLists, let list = lists.last else {
      return Self.missing
    }
    guard request.parameter("embed") == "alternateepisodes" else { return Self.json(list) }
    return Self.json(list.adding([("_embedded", ["alternateepisodes": shapes.alternateEpisodes(embedded: false)])]))
  }

  private static let headers = [("Cache-Control", "public, max-age=3600"), ("Access-Control-Allow-Origin", "*")]

  private static var missing: LoopbackReply {
    json(["name": "Not Found", "message": "Page not found.", "code": 0, "status": 404], status: 404)
  }

  private static func json(_ value: FakeJSON, status: Int = 200) -> LoopbackReply {
    .json(value.text, status: status, headers: headers)
  }

}
