import MetadataModel
import NameNumbers
import NameReadings
import NameWords
import SceneReadings

/// Decides which sort of name it is, and reads it as that.
enum KindChoice {
  static func reading(of path: NamePath, kind: NameKind?) -> Reading {
    switch kind {
    case .movie: film(path)
    case .show: ShowPath.read(path, wantsLoose: true).reading
    case .scene: ScenePath.read(path)
    case nil: decided(path)
    }
  }

  private static func film(_ path: NamePath) -> Reading {
    let film = FilmPath.read(path)
    guard film.parsed.year == nil, let code = strictCode(path.file) else { return film }
    var reading = film
    reading.parsed.code = code.parsed.code
    reading.parsed.title = code.parsed.title
    reading.titles = code.titles
    reading.confidence = code.confidence
    return reading
  }

  private static func decided(_ path: NamePath) -> Reading {
    if SceneReading.isSure(path.file) { return ScenePath.read(path) }
    let show = ShowPath.read(path, wantsLoose: path.folders.contains { $0.isSeasonAlone })
    let film = FilmPath.read(path)
    if show.style == .absolute, film.parsed.year == nil, let code = strictCode(path.file), code.parsed.title == nil {
      return code
    }
    if let style = show.style, style > .part {
      return style == .episodeWord && film.parsed.year != nil && isWritten(path.file) ? film : show.reading
    }
    if show.style != nil, path.folders.contains(where: { $0.isSeasonAlone }) || isOfSeveral(path.file) {
      return show.reading
    }
    if film.parsed.year == nil, let code = strictCode(path.file) { return code }
    if film.parsed.year == nil, show.style == .part || isBroadcast(path.file) {
      let loose = ShowPath.read(path, wantsLoose: true)
      if loose.style == .compact || loose.style == .absolute { return loose.reading }
    }
    if film.parsed.year == nil, NumberScan.isNoted(path.file) {
      let loose = ShowPath.read(path, wantsLoose: true)
      if loose.style == .absolute { return loose.reading }
    }
    return film
  }

  /// `ABC-123` in capitals at the front of a name: hardly a film's title.
  private static func strictCode(_ text: NameText) -> Reading? {
    guard !text.tokens.isEmpty else { return nil }
    let start = Lead.find(text).start
    guard start < text.tokens.count else { return nil }
    for index in [0, start] {
      guard let found = CodeScan.at(text, index, isStrict: true), isPlain(text, found) else { continue }
      return SceneReading.read(text)
    }
    return nil
  }

  private static func isPlain(_ text: NameText, _ found: CodeScan.Found) -> Bool {
    let digits = found.code.utf8.reversed().prefix(while: ASCII.isDigit).count
    let token = text.tokens[found.first]
    let isCapital = text.bytes[token.start..<token.end].allSatisfy { !ASCII.isLower($0) }
    let isWhole =
      found.last >= text.tokens.count || text.tokens[found.last].mark != .none || text.tokens[found.last].count <= 2
    return digits >= 3 && (isCapital || isWhole) && token.count >= 2 && !token.isSure
  }

  /// "Episode IV": counted like that and with a year it is a film.
  private static func isWritten(_ text: NameText) -> Bool {
    text.tokens.indices.dropLast().contains { text.isWord($0, "episode") && text.tokens[$0 + 1].number < 0 }
  }

  /// "3of6", "3 of 6".
  private static func isOfSeveral(_ text: NameText) -> Bool {
    text.tokens.contains { ASCII.isDigit(text.at($0.start)) && WordScan.episodeBeforeWord(text, $0.start) != nil }
  }

  /// Names of recordings off the air are those of episodes.
  private static func isBroadcast(_ text: NameText) -> Bool {
    text.tokens.indices.contains { index in
      ["hdtv", "pdtv", "dsr", "tvrip", "dsrip", "sdtv", "satrip", "dvbrip"].contains { text.isWord(index, $0) }
    }
  }
}
