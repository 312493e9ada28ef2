import Support

/// A stand-in for www.omdbapi.com: its one address, shapes, sentences and codes, over an invented catalogue.
public final class FakeOMDb: FakeService {
  /// The key that the service knows.
  public static let key = "0ddba11f"

  private struct Allowance {
    var answered = 0
    var dailyLimit = Int.max
  }

  public let traffic = FakeTraffic()
  private let allowance = Lock(Allowance())

  public init() {}

  /// The parameters of each request so far but the key and the length of the plot: `i=tt99000301 Season=1`.
  public var questions: [String] {
    requests.map { request in
      request.parameters.filter { !["apikey", "plot"].contains($0.name) }.map { "\($0.name)=\($0.value)" }
        .joined(separator: " ")
    }
  }

  /// Calls that the key may make in all.
  public var dailyLimit: Int {
    get { allowance.withLock { $0.dailyLimit } }
    set { allowance.withLock { $0.dailyLimit = newValue } }
  }

  public func answer(_ request: LoopbackRequest) -> LoopbackReply {
    guard let key = request.parameter("apikey"), !key.isEmpty else {
      return Self.refusal("No API key provided.", status: 401)
    }
    guard key == Self.key else { return Self.refusal("Invalid API key!", status: 401) }
    let isWornOut = allowance.withLock { allowance in
      allowance.answered += 1
      return allowance.answered > allowance.dailyLimit
    }
    return isWornOut ? Self.refusal("Request limit reached!", status: 401) : found(request)
  }

  private func found(_ request: LoopbackRequest) -> LoopbackReply {
    if let id = request.parameter("i") {
      guard id.hasPrefix("tt"), id.utf8.count >= 9 else { return Self.refusal("Incorrect IMDb ID.") }
      guard let work = FakeOMDbWork.catalogue.first(where: { $0.id == id }) else {
        if let episode = FakeOMDbWork.episodes.first(where: { $0.1.id == id }) {
          return Self.answer(episode.0.record(episode.1))
        }
        return Self.refusal("Error getting data.")
      }
      return Self.one(work, request)
    }
    if let title = request.parameter("t") {
      let found = Self.works(request) { $0.title.lowercased() == title.lowercased() }.first
      return found.map { Self.one($0, request) } ?? Self.refusal(Self.missing(request))
    }
    if let title = request.parameter("s") { return Self.search(title, request) }
    return Self.refusal("Incorrect IMDb ID.")
  }

  private static func one(_ work: FakeOMDbWork, _ request: LoopbackRequest) -> LoopbackReply {
    guard let season = request.parameter("Season") else { return answer(work.record) }
    guard let number = Int(season), let list = work.seasons[number] else {
      return refusal("Series or season not found!")
    }
    guard let wanted = request.parameter("Episode") else { return answer(work.list(number)) }
    let episode = list.first { String($0.number) == wanted }
    return episode.map { answer(work.record($0)) } ?? refusal("Series or episode not found!")
  }

  /// Ten works a page that have all words in their titles; the total is a text.
  private static func search(_ title: String, _ request: LoopbackRequest) -> LoopbackReply {
    guard title.count > 2 else { return refusal("Too many results.") }
    let words = words(title)
    let found = works(request) { words.isSubset(of: Self.words($0.title)) }
    let page = Int(request.parameter("page") ?? "1") ?? 0
    let hits = found.dropFirst(max(0, page - 1) * 10).prefix(10)
    guard (1...100).contains(page), !hits.isEmpty else { return refusal(missing(request)) }
    return answer(["Search": .list(hits.map(\.hit)), "totalResults": .string(String(found.count))])
  }

  private static func works(_ request: LoopbackRequest, _ fits: (FakeOMDbWork) -> Bool) -> [FakeOMDbWork] {
    FakeOMDbWork.catalogue.filter { work in
      fits(work) && request.parameter("type").map { $0 == work.type } ?? true
        && request.parameter("y").map { work.year.hasPrefix($0) } ?? true
    }
  }

  private static func missing(_ request: LoopbackRequest) -> String {
    request.parameter("type") == "series" ? "Series not found!" : "Movie not found!"
  }

  private static func words(_ text: String) -> Set<String> {
    Set(text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
  }

  /// The service writes its yes and no as texts.
  private static func answer(_ value: FakeJSON) -> LoopbackReply {
    .json(value.adding([("Response", "True")]).text, headers: [("Cache-Control", "public, max-age=3600")])
  }

  private static func refusal(_ sentence: String, status: Int = 200) -> LoopbackReply {
    let body: FakeJSON = ["Response": "False", "Error": .string(sentence)]
    return .json(body.text, status: status)
  }

}
