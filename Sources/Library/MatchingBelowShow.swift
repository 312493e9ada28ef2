import Gathering
import MetadataModel
import PluginCalls
import Searching

extension Matching {
  /// Most shows whose seasons are looked through for a person.
  private static let maximumShows = 5
  /// A list as young as that has all news.
  private static let newsSeconds: Int64 = 600

  /// Finds the show, then the season or episode in it by number or date. The show's match is kept by itself: the next
  /// season of the same show costs no search.
  func decideBelowShow(_ request: MatchRequest) async throws(PluginError) -> Decision {
    if let own = try await ownItem(request) { return Decision(candidates: [own]) }
    guard Place(request) != nil else { return Decision(candidates: []) }
    var decision = Decision(candidates: [])
    let shows = try await shows(for: request, &decision.isProvisional)
    for show in shows.prefix(request.manual == true ? Self.maximumShows : 1) {
      guard let (item, reason) = try await findWithNews(request, in: show) else { continue }
      guard sources.mayShow(item, request) else { continue }
      decision.candidates.append(Candidate(item, reason: reason))
    }
    return decision
  }

  private func shows(
    for request: MatchRequest, _ isProvisional: inout Bool
  ) async throws(PluginError) -> [ItemID] {
    if let id = request.id, id.kind == .show, await chain.answers(for: id, library.works) { return [id] }
    if request.manual != true, let pinned = await pinnedShow(request) { return [pinned] }
    for hint in ShowHint.all(from: request) {
      var question = MatchRequest(kind: .show)
      question.title = hint.title
      question.year = hint.year
      question.externalIDs = hint.externalIDs
      question.language = request.language
      question.country = request.country
      question.manual = request.manual
      question.includeAdult = request.includeAdult
      let answer = try await library.matchAnswer(question, chain, calls.call, calls.trace)
      isProvisional = isProvisional || answer.isProvisional
      let reply = try AnswerJSON.decoded(MatchReply.self, answer.bytes)
      if !reply.candidates.isEmpty { return reply.candidates.map(\.id) }
    }
    return []
  }

  /// Where the wanted item stands in its show.
  private enum Place {
    case season(Int)
    case episode(season: Int, number: Int)
    case date(CalendarDate)
    /// Counted through all seasons.
    case absolute(Int)

    /// Nil when the request has neither numbers nor a date.
    init?(_ request: MatchRequest) {
      if request.kind == .season {
        guard let season = request.season else { return nil }
        self = .season(season)
      } else if let season = request.season, let number = request.episode {
        self = .episode(season: season, number: number)
      } else if let date = request.date {
        self = .date(date)
      } else if let number = request.parsedName?.absolute?.first {
        self = .absolute(number)
      } else {
        return nil
      }
    }
  }

  /// What is not in a list that is kept may have been added since: a file of a new episode is often there first.
  private func findWithNews(
    _ request: MatchRequest, in show: ItemID
  ) async throws(PluginError) -> (MediaItem, reason: String)? {
    if let found = try await find(request, in: show) { return found }
    var call = calls.call
    call.maximumAgeSeconds = Self.newsSeconds
    let calls = SourceCalls(call: call, time: calls.time, trace: calls.trace)
    return try await Matching(library: library, chain: chain, calls: calls).find(request, in: show)
  }

  /// By number where there are numbers, else by date; also by date when the numbers lead nowhere.
  private func find(
    _ request: MatchRequest, in show: ItemID
  ) async throws(PluginError) -> (MediaItem, reason: String)? {
    switch Place(request) {
    case .season(let number):
      return try await list(.children, show, request).first { $0.index == number }.map { ($0, "season number") }
    case .episode(let season, let number):
      if let found = try await list(.children, show, request).first(where: { $0.index == season }),
        let episode = try await list(.children, found.id, request).first(where: { $0.index == number })
      {
        return (episode, "season and episode number")
      }
      guard let date = request.date else { return nil }
      return try await episode(of: date, show, request).map { ($0, "air date") }
    case .date(let date):
      return try await episode(of: date, show, request).map { ($0, "air date") }
    case .absolute(let number):
      return try await episode(counted: number, show, request).map { ($0, "absolute number") }
    case nil:
      return nil
    }
  }

  /// By the source's own count where it has one, else by counting regular episodes in aired order.
  private func episode(
    counted number: Int, _ show: ItemID, _ request: MatchRequest
  ) async throws(PluginError) -> MediaItem? {
    let episodes = try await list(.grandchildren, show, request)
    if episodes.contains(where: { $0.absoluteIndex != nil }) {
      return episodes.first { $0.absoluteIndex == number }
    }
    let regular = episodes.filter { ($0.parent?.index ?? 0) > 0 }
    return number > 0 ? regular.dropFirst(number - 1).first : nil
  }

  /// Several on one day: the lowest number, regular seasons before specials.
  private func episode(
    of date: CalendarDate, _ show: ItemID, _ request: MatchRequest
  ) async throws(PluginError) -> MediaItem? {
    let aired = try await list(.grandchildren, show, request).filter { $0.released == date }
    return aired.first { $0.parent?.index != 0 } ?? aired.first
  }

  /// A show or season that its source no longer has holds nothing.
  private func list(
    _ operation: ItemOperation, _ id: ItemID, _ request: MatchRequest
  ) async throws(PluginError) -> [MediaItem] {
    let question = ItemRequest(id: id, language: request.language, country: request.country, order: request.order)
    do throws(PluginError) {
      let bytes = try await library.itemBytes(operation, question, chain, calls.call, calls.trace)
      return try AnswerJSON.decoded(ItemList.self, bytes).items
    } catch  where error.kind == .notFound {
      return []
    }
  }
}
