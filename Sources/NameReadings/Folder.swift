import MetadataModel
import NameNumbers
package import NameWords

/// A folder above the file.
package struct Folder {
  package let text: NameText
  /// The season that the folder holds.
  package var season: Int?
  /// True when the folder is named after its season alone, such as `Season 1`.
  package var isSeasonAlone = false
  /// True when the name says nothing of the work: `CD1`, `Subs`, `Movies`.
  package var isNoise = false

  private static let noise: Set<String> = [
    "cd1", "cd2", "cd3", "cd4", "cd 1", "cd 2", "dvd1", "dvd2", "disc1", "disc2", "disc 1", "disc 2", "disk 1", "subs",
    "subtitles", "sample",
    "samples", "extras", "featurettes", "bdmv", "stream", "video_ts", "movies", "movie", "films", "film", "tv",
    "tv shows", "tvshows",
    "shows", "series", "tv series", "anime", "videos", "video", "media", "downloads", "download", "complete",
    "completed", "data", "mnt",
    "volumes", "home", "library", "kids", "scenes", "cinema", "filme", "serien", "documentaries", "cartoons", "new",
    "hd", "4k",
  ]

  package init(_ name: ArraySlice<UInt8>, kind: NameKind?) {
    text = NameText(name, isFile: false)
    guard let first = text.tokens.first else {
      isNoise = true
      return
    }
    let whole = String(decoding: text.lower.prefix(40), as: UTF8.self)
    if Self.noise.contains(whole) {
      isNoise = true
      return
    }
    if NumberWords.specials.contains(where: { text.isWord(0, $0) }), text.tokens.count == 1 {
      season = 0
      isSeasonAlone = true
    } else if text.tokens.count == 1, first.number >= 0, first.count <= 2, kind == .show {
      season = first.number
      isSeasonAlone = true
    } else {
      let scan = NumberScan(text, from: 0, isAnime: false, wantsLoose: false)
      guard let main = scan.main, main.season != nil, main.episodes.isEmpty else { return }
      season = main.season
      isSeasonAlone = text.token(from: scan.titleEnd) == 0
    }
  }
}
