import MetadataModel
import NameWords

/// A film's file together with the folder above it.
package enum FilmPath {
  package static func read(_ path: NamePath) -> Reading {
    var film = FilmReading.read(path.file)
    guard let folder = path.folders.first(where: { !$0.isNoise }), folder.season == nil || !folder.isSeasonAlone else {
      return film
    }
    let above = FilmReading.read(folder.text)
    fillIDs(&film, above)
    guard let title = above.parsed.title else { return film }
    let isNamed = above.parsed.year != nil || folder.text.tokens.contains { $0.isSure } || above.parsed.ids != nil
    let isBare = film.parsed.title == nil || path.file.isScrambled || film.parsed.year == nil && isNamed
    if isBare || isShort(film.parsed.title, for: title), isNamed || film.parsed.title == nil {
      film.titles.insert(title, at: 0)
      film.parsed.title = title
      film.parsed.year = above.parsed.year ?? film.parsed.year
      film.confidence = max(film.confidence, above.confidence)
    } else if isNamed, above.parsed.year == film.parsed.year {
      film.addTitle(title)
      film.confidence = min(0.99, film.confidence + 0.02)
    }
    if film.parsed.edition == nil, isNamed { film.parsed.edition = above.parsed.edition }
    if film.parsed.resolution == nil, isNamed { film.parsed.resolution = above.parsed.resolution }
    return film
  }

  package static func fillIDs(_ reading: inout Reading, _ above: Reading) {
    guard let more = above.parsed.ids else { return }
    var ids = reading.parsed.ids ?? ExternalIDs()
    for (namespace, value) in more.sorted where ids[namespace] == nil { ids[namespace] = value }
    reading.parsed.ids = ids
    reading.confidence = max(reading.confidence, 0.97)
  }

  /// True when `name` is one word that abbreviates `title`: "tgw" for "The Good Whale".
  static func isShort(_ name: String?, for title: String) -> Bool {
    guard let name, !name.utf8.contains(0x20) else { return false }
    let words = title.utf8.split(whereSeparator: { !ASCII.isWord($0) })
    guard words.count >= 2 else { return false }
    let letters = name.utf8.filter { ASCII.isLetter($0) || ASCII.isDigit($0) }.map { $0 | 0x20 }
    let initials = words.compactMap { $0.first.map { $0 | 0x20 } }
    return letters == initials || letters == initials.dropFirst().map { $0 }
  }
}
