import UsherKit

/// How well a scene fits what a file's name says: a site and a day together are as good as sure, a title alone is not.
struct TPDBSceneFit: Sendable {
  private let sites: [String]
  private let date: CalendarDate?
  private let titles: [String]
  private let performers: [String]

  /// `names` are those of the site.
  init(request: MatchRequest, names: [String]) {
    let parsed = request.parsedName
    sites = names.map(\.normalizedName)
    date = request.date ?? parsed?.date
    titles = [parsed?.title, request.title].compactMap { $0?.normalizedName }.filter { !$0.isEmpty }
    performers = (parsed?.performers ?? []).map(\.normalizedName)
  }

  /// Whether no further search is needed: the site agrees, and the day or the title.
  func isSure(_ scene: TPDBItem) -> Bool {
    siteScore(scene) >= 0.3 && (dateScore(scene) >= 0.3 || titleScore(scene) >= 0.2)
  }

  /// 0 to 0.99: below a match by id or hash.
  func score(of scene: TPDBItem) -> Double {
    min(0.99, siteScore(scene) + dateScore(scene) + titleScore(scene) + performerScore(scene))
  }

  /// The site itself before its parent, that before the network.
  private func siteScore(_ scene: TPDBItem) -> Double {
    func isNamed(_ name: String?) -> Bool { name.map { sites.contains($0.normalizedName) } ?? false }
    if isNamed(scene.site?.name) || isNamed(scene.site?.shortName) { return 0.4 }
    if isNamed(scene.site?.parent?.name) { return 0.35 }
    return isNamed(scene.site?.network?.name) ? 0.3 : 0
  }

  /// Sites of one network publish a day or two apart.
  private func dateScore(_ scene: TPDBItem) -> Double {
    guard let date, let released = scene.released else { return 0 }
    if date == released { return 0.35 }
    return date.around.contains(released) ? 0.2 : 0
  }

  private func titleScore(_ scene: TPDBItem) -> Double {
    let title = scene.title.normalizedName
    guard !title.isEmpty else { return 0 }
    if titles.contains(title) { return 0.2 }
    // A file's name has the performers before the title as often as not.
    return title.utf8.count >= 5 && titles.contains { $0.contains(title) || title.contains($0) } ? 0.15 : 0
  }

  private func performerScore(_ scene: TPDBItem) -> Double {
    let names = scene.performers.flatMap { [$0.credited.name, $0.parent?.name] }.compactMap { $0?.normalizedName }
    return performers.contains { names.contains($0) } ? 0.1 : 0
  }
}

extension CalendarDate {
  /// The day itself, then those up to two days away, the nearest first.
  var around: [CalendarDate] {
    let before = previous
    let after = next
    return [self, before, after, before?.previous, after?.next].compactMap { $0 }
  }

  private var next: CalendarDate? {
    CalendarDate(year: year, month: month, day: day + 1) ?? CalendarDate(year: year, month: month + 1, day: 1)
      ?? CalendarDate(year: year + 1, month: 1, day: 1)
  }

  private var previous: CalendarDate? {
    if day > 1 { return CalendarDate(year: year, month: month, day: day - 1) }
    if month == 1 { return CalendarDate(year: year - 1, month: 12, day: 31) }
    return (28...31).reversed().lazy.compactMap { CalendarDate(year: self.year, month: self.month - 1, day: $0) }.first
  }
}

extension String {
  /// "Name (2014)" is how folders tell names apart.
  var withoutYear: String {
    guard hasSuffix(")"), let open = lastIndex(of: "(") else { return trimmed }
    let year = self[index(after: open)...].dropLast()
    guard year.utf8.count == 4, Int(year) != nil else { return trimmed }
    let rest = self[..<open].trimmed
    return rest.isEmpty ? trimmed : rest
  }

  /// The words of a path's last part, up to the first that speaks of the copy and not of the work; nil without any.
  /// Folders stay at home: the service is told no more than it needs.
  var fileWords: String? {
    var name = split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
    if let dot = name.lastIndex(of: "."), (2...5).contains(name[dot...].utf8.count),
      name[dot...].dropFirst().contains(where: \.isLetter)
    {
      name = String(name[..<dot])
    }
    var depth = 0
    let bare = name.filter { character in
      if character == "[" || character == "{" { depth += 1 }
      defer { if character == "]" || character == "}" { depth = max(0, depth - 1) } }
      return depth == 0
    }
    let words = bare.split { $0 == " " || $0 == "." || $0 == "_" }.prefix {
      !Self.copyWords.contains($0.lowercased().filter { $0.isLetter || $0.isNumber })
    }
    let text = words.joined(separator: " ")
    return text.normalizedName.isEmpty ? nil : String(text.prefix(200))
  }

  private static let copyWords: Set<String> = [
    "480p", "540p", "576p", "720p", "1080p", "1440p", "2160p", "4320p", "4k", "8k", "uhd", "x264", "x265", "h264",
    "h265", "hevc", "avc", "av1", "xvid", "webdl", "webrip", "bluray", "dvdrip", "bdrip", "hdrip",
  ]
}
