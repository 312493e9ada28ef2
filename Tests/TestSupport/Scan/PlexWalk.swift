import Foundation
import Support

/// One worker of a media server, on one connection: matches a show and its seasons with what is in them, then reads each
/// item with its images, extras and lists, in the order of `ScriptedPlex` but with as little work of its own as can be.
///
/// Every answer must have status 200, every item must be the one asked for, every file must find its episode.
struct PlexWalk {
  private static let language = "X-Plex-Country=US&X-Plex-Language=en-US"

  private(set) var seen = BusyPlex.Pass()
  private let port: UInt16
  private let time = SystemTime()
  private var client: LoopbackClient?

  init(port: UInt16) { self.port = port }

  mutating func scan(_ show: ScanLibrary.Show) {
    let folder = "\(show.title) (\(show.year))"
    let hints: [String: Any] = [
      "type": 2, "title": show.title, "year": show.year, "includeChildren": 1,
      "filename": "\(folder)/Season 01/\(show.title) - s01e01.mkv",
    ]
    guard let found = match("/tv", hints, title: show.title) else { return }
    var seasons: [String] = []
    var episodes: [String] = []
    for (offset, count) in show.episodes.enumerated() {
      let hints: [String: Any] = [
        "type": 3, "parentTitle": show.title, "index": offset + 1, "includeChildren": 1,
        "filename": "\(folder)/Season \(offset + 1)/\(show.title) - s\(offset + 1)e01.mkv",
      ]
      guard let season = match("/tv", hints, title: nil), let guid = season["guid"] as? String else { continue }
      seasons.append(guid)
      let children = (season["Children"] as? [String: Any])?["Metadata"] as? [[String: Any]] ?? []
      let bound = children.filter { (1...max(1, count)).contains($0["index"] as? Int ?? 0) }
      if bound.count != count {
        report("\(show.title): season \(offset + 1) has \(bound.count) episodes, not \(count)")
      }
      episodes += bound.compactMap { $0["guid"] as? String }
    }
    seen.episodes += episodes.count
    let guid = found["guid"] as? String ?? ""
    read("/tv", guid, lists: [("children", show.episodes.count), ("grandchildren", show.episodes.reduce(0, +))])
    for (season, count) in zip(seasons, show.episodes) { read("/tv", season, lists: [("children", count)]) }
    for episode in episodes { read("/tv", episode, lists: []) }
  }

  mutating func scan(_ film: ScanLibrary.Film) {
    let name = "\(film.title) (\(film.year))"
    let hints: [String: Any] = [
      "type": 1, "title": film.title, "year": film.year, "filename": "\(name)/\(name).mkv",
    ]
    guard let found = match("/movie", hints, title: film.title) else { return }
    read("/movie", found["guid"] as? String ?? "", lists: [])
  }

  private mutating func match(_ root: String, _ hints: [String: Any], title: String?) -> [String: Any]? {
    let body = (try? JSONSerialization.data(withJSONObject: hints)) ?? Data()
    let what = "match of \(hints["title"] ?? hints["parentTitle"] ?? "") \(hints["index"] ?? "")"
    guard let answer = send("POST", root + "/library/metadata/matches", [UInt8](body), what) else { return nil }
    let container = answer.object["MediaContainer"] as? [String: Any]
    guard let first = (container?["Metadata"] as? [[String: Any]])?.first else {
      report("\(what): nothing")
      return nil
    }
    if let title, first["title"] as? String != title { report("\(what): \(first["title"] ?? "")") }
    return first
  }

  /// The item, its images and extras, and its lists by pages of 20.
  private mutating func read(_ root: String, _ guid: String, lists: [(name: String, count: Int)]) {
    let path = "\(root)/library/metadata/\(guid.split(separator: "/").last ?? "")"
    let children = lists.isEmpty ? "" : "includeChildren=1&"
    if let item = send("GET", "\(path)?\(children)\(Self.language)"), !Self.holds(item.body, "\"\(guid)\"") {
      report("\(path): another guid")
    }
    send("GET", "\(path)/images?\(Self.language)")
    send("GET", "\(path)/extras?updating=1&X-Plex-Container-Size=50&X-Plex-Container-Start=0&\(Self.language)")
    for list in lists {
      var (start, total) = (0, list.count)
      while start < total {
        guard let page = send("GET", "\(path)/\(list.name)?X-Plex-Container-Start=\(start)&X-Plex-Container-Size=20")
        else { break }
        let container = page.object["MediaContainer"] as? [String: Any]
        total = container?["totalSize"] as? Int ?? 0
        start += 20
      }
      if total != list.count { report("\(path)/\(list.name): \(total) elements, not \(list.count)") }
    }
  }

  /// Nil unless the status is 200.
  @discardableResult
  private mutating func send(
    _ method: String, _ target: String, _ body: [UInt8] = [], _ what: String? = nil
  ) -> LoopbackAnswer? {
    let start = time.monotonicNanoseconds
    seen.requests += 1
    do {
      let connection = try client ?? LoopbackClient(port: port, seconds: 95)
      client = connection
      let answer = try connection.send(
        method, target, headers: body.isEmpty ? [:] : ["Content-Type": "application/json"], body: body)
      let milliseconds = Double(time.monotonicNanoseconds - start) / 1e6
      seen.milliseconds.append(milliseconds)
      if milliseconds > seen.slowest.milliseconds { seen.slowest = (what ?? target, milliseconds) }
      if answer.status == 200 { return answer }
      report("\(what ?? target): status \(answer.status) \(answer.text.prefix(200))")
    } catch {
      client = nil
      report("\(what ?? target): \(error)")
    }
    return nil
  }

  private mutating func report(_ problem: String) {
    seen.problemCount += 1
    if seen.problems.count < 20 { seen.problems.append(problem) }
  }

  private static func holds(_ bytes: [UInt8], _ text: String) -> Bool {
    Data(bytes).range(of: Data(text.utf8)) != nil
  }
}
