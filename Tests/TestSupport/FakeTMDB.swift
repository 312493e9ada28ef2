/// A stand-in for api.themoviedb.org: its paths below `/3`, shapes, refusals and caching headers, over an invented
/// catalogue.
public final class FakeTMDB: FakeService {
  public static let key = "0123456789abcdef0123456789abcdef"
  public static let token = "eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOiJpbnZlbnRlZCIsInNjb3BlcyI6WyJhcGlfcmVhZCJdfQ.c2lnbmF0dXJl"

  public let traffic = FakeTraffic()
  private let catalogue: FakeTMDBCatalogue

  public convenience init() { self.init(works: FakeTMDBWork.catalogue) }

  init(works: [FakeTMDBWork]) { catalogue = FakeTMDBCatalogue(works) }

  public func answer(_ request: LoopbackRequest) -> LoopbackReply {
    guard isAuthorized(request) else {
      return Self.refusal(401, 7, "Invalid API key: You must be granted a valid key.")
    }
    if let accept = request.headers["accept"], !accept.contains("json"), !accept.contains("*/*") {
      return Self.refusal(406, 19, "Invalid accept header.")
    }
    let path = request.path.split(separator: "/").map(String.init)
    guard path.first == "3", request.method == "GET" else { return Self.missing }
    switch route(Array(path.dropFirst()), request) {
    case .success(let value):
      let text = value.text
      let tag = "W/\"\(text.utf8.reduce(5381) { $0 &* 33 &+ Int($1) })\""
      let headers = [("Cache-Control", "public, max-age=21600"), ("ETag", tag)]
      if request.headers["if-none-match"] == tag { return .response(status: 304, headers: headers) }
      return .json(text, headers: headers)
    case .failure(let refusal): return refusal.reply
    }
  }

  /// Either credential will do.
  private func isAuthorized(_ request: LoopbackRequest) -> Bool {
    request.parameter("api_key") == Self.key || request.headers["authorization"] == "Bearer " + Self.token
  }

  private struct Refusal: Error { let reply: LoopbackReply }

  private func route(_ path: [String], _ request: LoopbackRequest) -> Result<FakeJSON, Refusal> {
    let none = Refusal(reply: Self.missing)
    switch path.first {
    case "configuration" where path.count == 1:
      return .success(["images": ["secure_base_url": "https://image.tmdb.org/t/p/"], "change_keys": []])
    case "search" where path.count == 2 && ["movie", "tv"].contains(path[1]):
      return search(isMovie: path[1] == "movie", request)
    case "find" where path.count == 2: return .success(find(path[1], request))
    case "tv" where path.count == 3 && path[1] == "episode_group":
      for work in catalogue.works {
        guard let group = work.groups.first(where: { $0.id == path[2] }) else { continue }
        return .success(shapes(work, request).group(group))
      }
      return .failure(none)
    case "movie" where path.count >= 2, "tv" where path.count >= 2:
      guard let work = catalogue.work(isMovie: path[0] == "movie", id: path[1]) else { return .failure(none) }
      let shapes = shapes(work, request)
      if path.count == 2 { return details(shapes, request) }
      if path.count == 6, path[2] == "season", path[4] == "episode" {
        let season = work.seasons.first { String($0.number) == path[3] }
        let episode = season?.episodes.first { String($0.number) == path[5] }
        guard let season, let episode else { return .failure(none) }
        return .success(shapes.episode(episode, season.number))
      }
      guard let part = shapes.part(path[2...].joined(separator: "/")) else { return .failure(none) }
      return .success(part.adding([("id", .integer(work.id))]))
    default: return .failure(none)
    }
  }

  private func details(_ shapes: FakeTMDBShapes, _ request: LoopbackRequest) -> Result<FakeJSON, Refusal> {
    let names = (request.parameter("append_to_response") ?? "").split(separator: ",").map(String.init)
    guard names.count <= 20 else {
      return .failure(
        Refusal(
          reply: Self.refusal(400, 27, "Too many append to response objects: The maximum number of remote calls is 20.")
        ))
    }
    // Unknown names and seasons that do not exist are passed over.
    return .success(shapes.record.adding(names.compactMap { name in shapes.part(name).map { (name, $0) } }))
  }

  private func search(isMovie: Bool, _ request: LoopbackRequest) -> Result<FakeJSON, Refusal> {
    let asked = FakeTMDBCatalogue.words(request.parameter("query") ?? "")
    guard !asked.isEmpty else {
      return .failure(
        Refusal(reply: Self.refusal(422, 5, "Invalid parameters: Your request parameters are incorrect.")))
    }
    guard let page = Int(request.parameter("page") ?? "1"), (1...500).contains(page) else {
      return .failure(
        Refusal(
          reply: Self.refusal(
            400, 22, "Invalid page: Pages start at 1 and max at 500. They are expected to be an integer.")))
    }
    let year = request.parameter(isMovie ? "primary_release_year" : "first_air_date_year")
    let hits = catalogue.works(withAnyOf: asked).filter { work in
      work.isMovie == isMovie && (!work.isAdult || request.parameter("include_adult") == "true")
        && (year ?? String(work.date.prefix(4))) == work.date.prefix(4)
    }.sorted { $0.popularity > $1.popularity }
    let items = hits.dropFirst((page - 1) * 20).prefix(20).map { shapes($0, request).listItem(withMediaType: false) }
    return .success([
      "page": .integer(page), "results": .list(Array(items)), "total_pages": .integer(max(1, (hits.count + 19) / 20)),
      "total_results": .integer(hits.count),
    ])
  }

  private func find(_ id: String, _ request: LoopbackRequest) -> FakeJSON {
    let service = request.parameter("external_source") ?? ""
    let found = catalogue.works(service: service, id: id)
    func list(_ isMovie: Bool) -> FakeJSON {
      .list(found.filter { $0.isMovie == isMovie }.map { shapes($0, request).listItem(withMediaType: true) })
    }
    // The same number may be an episode's at TVDB.
    let episode: FakeJSON = ["id": 1, "name": "Elsewhere", "media_type": "tv_episode", "show_id": 9]
    return [
      "movie_results": list(true), "tv_results": list(false),
      "tv_episode_results": service == "tvdb_id" ? .list([episode]) : [], "tv_season_results": [], "person_results": [],
    ]
  }

  private func shapes(_ work: FakeTMDBWork, _ request: LoopbackRequest) -> FakeTMDBShapes {
    FakeTMDBShapes(
      work: work, language: request.parameter("language") ?? "en-US",
      imageLanguages: request.parameter("include_image_language")?.split(separator: ",").map(String.init))
  }

  private static var missing: LoopbackReply { refusal(404, 34, "The resource you requested could not be found.") }

  private static func refusal(_ status: Int, _ code: Int, _ message: String) -> LoopbackReply {
    .json(refusal(code, message), status: status)
  }

  fileprivate static func refusal(_ code: Int, _ message: String) -> String {
    let body: FakeJSON = ["success": false, "status_code": .integer(code), "status_message": .string(message)]
    return body.text
  }
}

extension FakeOutage {
  /// TMDB's own refusal.
  public static func refusal(status: Int, code: Int, message: String) -> FakeOutage {
    .answer(status: status, body: FakeTMDB.refusal(code, message))
  }

  /// TMDB's 429, with the seconds to wait where given.
  public static func tooManyRequests(retryAfter: Int?) -> FakeOutage {
    .answer(
      status: 429, body: FakeTMDB.refusal(25, "Your request count (41) is over the allowed limit of 40."),
      headers: retryAfter.map { [("Retry-After", String($0))] } ?? [])
  }
}
