import Foundation

/// Asks a provider what Plex Media Server asks on a scan, in its order: root, match show, match seasons with children,
/// metadata, lists by pages of 20, images, extras. Every answer is checked for its shape as it comes.
public final class ScriptedPlex {
  /// What a scan saw, to compare with the next one.
  public struct Scan: Equatable {
    /// What an item came with.
    public struct Item: Equatable {
      public var title: String
      public var year: Int?
      public var pictures: Int
      /// Of a show its seasons, of a season its episodes.
      public var children: Int?

      public init(title: String, year: Int? = nil, pictures: Int, children: Int? = nil) {
        self.title = title
        self.year = year
        self.pictures = pictures
        self.children = children
      }
    }

    /// The show's or the film's.
    public var showGuid = ""
    /// By season number.
    public var seasonGuids: [Int: String] = [:]
    /// By "season x episode"; the files that the scanner bound.
    public var episodeGuids: [String: String] = [:]
    /// Everything that was read, by guid.
    public var items: [String: Item] = [:]
    public var requests = 0
    /// Everything that was not as the protocol wants it.
    public var problems: [String] = []

    /// The show or the film.
    public var show: Item? { items[showGuid] }
    public func season(_ number: Int) -> Item? { seasonGuids[number].flatMap { items[$0] } }
    public func episode(_ season: Int, _ number: Int) -> Item? {
      episodeGuids["\(season)x\(number)"].flatMap { items[$0] }
    }
    /// How many the files of each season are.
    public var episodes: [Int: Int] {
      Dictionary(grouping: episodeGuids.keys) { Int($0.prefix { $0 != "x" }) ?? -1 }.mapValues(\.count)
    }
  }

  private let client: LoopbackClient
  private let root: String
  private let identifier: String
  private let includesAdult: Bool
  private var scan = Scan()
  /// The folder of the show that is being scanned.
  private var folder = ""

  /// `root` is the provider's path, such as "/tv". `includesAdult`: the library's setting to match explicit items.
  public init(port: UInt16, root: String, identifier: String, includesAdult: Bool = false) throws {
    client = try LoopbackClient(port: port, seconds: 60)
    self.root = root
    self.identifier = identifier
    self.includesAdult = includesAdult
  }

  /// Scans one show with the seasons that lie on the disk. `guid` is that of another agent, as after a change of agents.
  public func scanShow(title: String, year: Int?, seasons: [Int], guid: String? = nil) throws -> Scan {
    scan = Scan()
    folder = year.map { "\(title) (\($0))" } ?? title
    try readRoot()
    var hints: [String: Any] = [
      "type": 2, "title": title, "includeChildren": 1, "filename": "\(folder)/Season 01/\(title) - s01e01.mkv",
    ]
    hints["year"] = year
    hints["guid"] = guid
    guard let show = try match(hints).first else {
      scan.problems.append("the show '\(title)' was not matched")
      return scan
    }
    scan.showGuid = show["guid"] as? String ?? ""
    for number in seasons { try scanSeason(number, of: title) }
    try readItem(guid: scan.showGuid, hasChildren: true)
    return scan
  }

  /// Scans one film; `file` is its path below the library, `guid` as with shows.
  public func scanMovie(title: String, year: Int?, guid: String? = nil, file: String? = nil) throws -> Scan {
    scan = Scan()
    try readRoot()
    var hints: [String: Any] = ["type": 1, "title": title, "filename": file ?? "\(title)/\(title).mkv"]
    hints["year"] = year
    hints["guid"] = guid
    guard let movie = try match(hints).first else {
      scan.problems.append("the film '\(title)' was not matched")
      return scan
    }
    scan.showGuid = movie["guid"] as? String ?? ""
    try readItem(guid: scan.showGuid, hasChildren: false)
    return scan
  }

  /// Sends a match and gives the elements of the answer.
  public func match(_ hints: [String: Any]) throws -> [[String: Any]] {
    scan.requests += 1
    var hints = hints
    if includesAdult { hints["includeAdult"] = 1 }
    let body = try JSONSerialization.data(withJSONObject: hints)
    let answer = try client.send(
      "POST", root + "/library/metadata/matches",
      headers: ["Content-Type": "application/json", "X-Plex-Language": "en-US", "X-Plex-Country": "US"],
      body: [UInt8](body))
    return try elements(of: answer, "match \(hints)")
  }

  private func scanSeason(_ number: Int, of show: String) throws {
    let seasons = try match([
      "type": 3, "parentTitle": show, "index": number, "includeChildren": 1,
      "filename": "\(folder)/Season \(number)/\(show) - s\(number)e01.mkv",
    ])
    guard let season = seasons.first, let guid = season["guid"] as? String else {
      scan.problems.append("season \(number) of '\(show)' was not matched")
      return
    }
    scan.seasonGuids[number] = guid
    let children = season["Children"] as? [String: Any]
    let episodes = children?["Metadata"] as? [[String: Any]] ?? []
    if episodes.isEmpty { scan.problems.append("season \(number) came without its episodes") }
    for episode in episodes {
      guard let index = episode["index"] as? Int, let guid = episode["guid"] as? String else {
        scan.problems.append("season \(number): an episode without index or guid")
        continue
      }
      scan.episodeGuids["\(number)x\(index)"] = guid
      try readItem(guid: guid, hasChildren: false)
    }
    try readItem(guid: guid, hasChildren: true)
  }

  private func readRoot() throws {
    let answer = try get("?includePreferences=1")
    scan.problems += PlexShape.problems(inRoot: try JSONValue(answer.body), rootPath: root)
  }

  private func readItem(guid: String, hasChildren: Bool) throws {
    let key = guid.split(separator: "/").last.map(String.init) ?? ""
    let language = "X-Plex-Country=US&X-Plex-Language=en-US"
    let answer = try get("/library/metadata/\(key)?\(hasChildren ? "includeChildren=1&" : "")\(language)")
    let items = try elements(of: answer, "metadata of \(key)")
    if items.first?["guid"] as? String != guid { scan.problems.append("\(key) answers another guid") }
    let images = try get("/library/metadata/\(key)/images?\(language)")
    let pictures = try JSONValue(images.body)
    if images.status != 200 { scan.problems.append("images of \(key): \(images.status)") }
    scan.problems += PlexShape.problems(inImages: pictures, identifier: identifier).map { "images of \(key): \($0)" }
    let extras = try get(
      "/library/metadata/\(key)/extras?updating=1&X-Plex-Container-Size=50&X-Plex-Container-Start=0&\(language)")
    if extras.status != 200 { scan.problems.append("extras of \(key): \(extras.status)") }
    var item = Scan.Item(
      title: items.first?["title"] as? String ?? "", year: items.first?["year"] as? Int,
      pictures: pictures["MediaContainer"]?["totalSize"]?.integer ?? 0)
    if hasChildren {
      item.children = try walk("/library/metadata/\(key)/children").count
      if guid.contains("://show/") { try walk("/library/metadata/\(key)/grandchildren") }
    }
    scan.items[guid] = item
  }

  /// Reads a list by pages of 20 until its total; every element must come exactly once.
  @discardableResult
  private func walk(_ path: String) throws -> [String] {
    var keys: [String] = []
    var total = 1
    while keys.count < total {
      let page = try get("\(path)?X-Plex-Container-Start=\(keys.count)&X-Plex-Container-Size=20")
      let container = page.object["MediaContainer"] as? [String: Any] ?? [:]
      total = container["totalSize"] as? Int ?? 0
      let elements = try elements(of: page, path, start: keys.count, pageSize: 20)
      if elements.isEmpty { break }
      keys += elements.compactMap { $0["ratingKey"] as? String }
    }
    if keys.count != total || Set(keys).count != total {
      scan.problems.append("\(path): \(keys.count) elements, \(Set(keys).count) different, of \(total)")
    }
    return keys
  }

  private func get(_ target: String) throws -> LoopbackAnswer {
    scan.requests += 1
    return try client.send("GET", root + target)
  }

  private func elements(
    of answer: LoopbackAnswer, _ what: String, start: Int = 0, pageSize: Int? = nil
  ) throws -> [[String: Any]] {
    guard answer.status == 200 else {
      scan.problems.append("\(what): status \(answer.status) \(answer.text.prefix(200))")
      return []
    }
    let document = try JSONValue(answer.body)
    let problems = PlexShape.problems(
      inContainer: document, identifier: identifier, isMatch: what.hasPrefix("match"), start: start, pageSize: pageSize)
    scan.problems += problems.map { "\(what): \($0)" }
    return (answer.object["MediaContainer"] as? [String: Any])?["Metadata"] as? [[String: Any]] ?? []
  }
}
