import MetadataModel
import NameNumbers
import NameWords

/// An episode's file together with the folders of its season and show.
package enum ShowPath {
  package static func read(_ path: NamePath, wantsLoose: Bool) -> ShowReading.Result {
    let seasonFolder = path.folders.first { $0.season != nil }
    var result = ShowReading.read(path.file, wantsLoose: wantsLoose && seasonFolder?.isSeasonAlone != true)
    if let whole = wholeFolder(path, result) { result = whole }
    let isBareNumber = takeLeadingNumber(&result, path, seasonFolder)
    if let season = seasonFolder?.season { fill(&result, season, path, wantsLoose: wantsLoose) }
    fillFromShow(&result.reading, path, prefersFolder: isBareNumber)
    return result
  }

  /// `Show.S01E02.1080p-GROUP/a1b2c3.mkv`: the folder is named after the episode, the file tells nothing.
  private static func wholeFolder(_ path: NamePath, _ file: ShowReading.Result) -> ShowReading.Result? {
    guard let folder = path.folders.first(where: { !$0.isNoise }), folder.season == nil else { return nil }
    if let style = file.style, style > .part, style != .absolute { return nil }
    let above = ShowReading.read(folder.text, wantsLoose: false)
    guard let style = above.style, style >= .date, style == .date || above.reading.parsed.episodes != nil else {
      return nil
    }
    return above
  }

  /// `Season 1/02 - Title`: the file starts with its number; the show is named by the folder.
  private static func takeLeadingNumber(_ result: inout ShowReading.Result, _ path: NamePath, _ season: Folder?) -> Bool
  {
    let text = path.file
    guard let first = text.tokens.first, !path.folders.isEmpty else { return false }
    if let style = result.style, style > .part {
      // "E02 - Title", "S01E02 - Title": nothing before the number.
      let opensName = startsWithNumber(text)
      return opensName && style != .absolute && style != .compact && style != .bare
    }
    var place = first.start
    guard let number = text.digits(&place, most: 3), first.bracket == 0 || text.tokens.count == 1 else { return false }
    text.skipVersion(&place)
    let next = text.tokens.count > 1 ? text.tokens[1] : nil
    guard text.isBoundary(place), season != nil || next == nil || next?.gap == .spacedDash || next?.gap == .dot else {
      return false
    }
    var numbering = Numbering(style: .episodeWord, start: 0, end: place, episodes: [number.value])
    StandardScan.more(text, &place, &numbering)
    result.reading.parsed.episodes = numbering.episodes
    result.reading.parsed.absolute = nil
    result.reading.parsed.year = nil
    if let folder = season?.season, number.value > 100, number.value / 100 == folder {
      result.reading.parsed.episodes = numbering.episodes.map { $0 % 100 }
    }
    result.style = .episodeWord
    result.reading.confidence = season == nil ? 0.6 : 0.85
    return true
  }

  private static func startsWithNumber(_ text: NameText) -> Bool {
    let scan = NumberScan(text, from: Lead.find(text).start, isAnime: false, wantsLoose: false)
    return text.token(from: scan.titleEnd) <= Lead.find(text).start
  }

  /// What the season's folder adds to the file's number.
  private static func fill(_ result: inout ShowReading.Result, _ season: Int, _ path: NamePath, wantsLoose: Bool) {
    if result.reading.parsed.season == nil, result.reading.parsed.episodes != nil || result.reading.parsed.date != nil {
      result.reading.parsed.season = season
    }
    if result.style == nil || result.style == .seasonOnly, result.reading.parsed.episodes == nil {
      let loose = ShowReading.read(path.file, wantsLoose: true)
      if let style = loose.style, style == .absolute || style == .compact || style == .bare {
        result.reading = loose.reading
        result.style = style
      } else if result.reading.parsed.season == nil {
        result.reading.parsed.season = season
        result.style = .seasonOnly
        result.reading.confidence = max(result.reading.confidence, 0.5)
      }
    }
    guard let absolute = result.reading.parsed.absolute, result.reading.parsed.episodes == nil else { return }
    // A number inside a season's folder counts within the season, unless it is too large for one.
    if absolute.count == 1, absolute[0] > 100, absolute[0] / 100 == season {
      result.reading.parsed.episodes = [absolute[0] % 100]
      result.reading.parsed.absolute = nil
    } else if absolute.allSatisfy({ $0 < 100 }) {
      result.reading.parsed.episodes = absolute
      result.reading.parsed.absolute = nil
    }
    result.reading.parsed.season = season
  }

  /// Title, year and ids of the show's folder.
  private static func fillFromShow(_ reading: inout Reading, _ path: NamePath, prefersFolder: Bool) {
    var isFirst = true
    for folder in path.folders where !folder.isNoise {
      let above = ShowReading.read(folder.text, wantsLoose: false).reading
      FilmPath.fillIDs(&reading, above)
      guard !folder.isSeasonAlone, let title = above.parsed.title else { continue }
      guard isFirst else { break }
      isFirst = false
      let own = reading.parsed.title
      let isSame = own?.lowercased() == title.lowercased()
      if own == nil || prefersFolder || path.file.isScrambled || FilmPath.isShort(own, for: title) {
        reading.parsed.title = title
        reading.titles.insert(title, at: 0)
        reading.parsed.year = above.parsed.year ?? reading.parsed.year
        if own == nil { reading.confidence = min(0.95, reading.confidence / 0.6) }
      } else {
        reading.addTitle(title)
      }
      if reading.parsed.year == nil, isSame || own == nil || folder.text.tokens.count <= 12 {
        reading.parsed.year = above.parsed.year
      }
      if reading.parsed.resolution == nil { reading.parsed.resolution = above.parsed.resolution }
    }
  }
}
