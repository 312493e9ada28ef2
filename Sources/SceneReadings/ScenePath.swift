import MetadataModel
import NameNumbers
package import NameReadings
import NameWords

/// A scene's file together with the folder above it.
package enum ScenePath {
  package static func read(_ path: NamePath) -> Reading {
    var reading = SceneReading.read(path.file)
    // A folder of a year tells nothing.
    let named = path.folders.first { !$0.isNoise && !($0.text.tokens.count == 1 && $0.text.tokens[0].number >= 0) }
    guard let folder = named else { return reading }
    let above = SceneReading.read(folder.text)
    FilmPath.fillIDs(&reading, above)
    if above.parsed.date == reading.parsed.date || above.parsed.code == reading.parsed.code {
      reading.parsed.resolution = reading.parsed.resolution ?? above.parsed.resolution
    }
    if let site = folderSite(folder, above), reading.parsed.performers == nil, let first = reading.parsed.site,
      let title = reading.parsed.title, startsWithDay(path.file), first.lowercased() != site.lowercased()
    {
      // "Site/2024-01-15 - Jane Doe - Title": the folder is the site.
      reading.parsed.site = site
      if title.lowercased() != site.lowercased() { reading.parsed.performers = [first] }
    }
    if reading.parsed.code == nil, above.parsed.date != nil || above.parsed.code != nil,
      above.confidence > reading.confidence
    {
      var better = above
      better.parsed.resolution = better.parsed.resolution ?? reading.parsed.resolution
      for title in reading.titles { better.addTitle(title) }
      return better
    }
    if reading.parsed.site == nil, reading.parsed.code == nil, above.parsed.date == nil, above.parsed.site == nil,
      folder.text.tokens.count <= 4
    {
      reading.parsed.site = above.parsed.title
      if reading.parsed.site != nil { reading.confidence = min(0.95, reading.confidence + 0.2) }
    }
    return reading
  }

  /// A folder's name that can be a site's: a few words, no day, no number.
  private static func folderSite(_ folder: Folder, _ above: Reading) -> String? {
    guard above.parsed.date == nil, above.parsed.code == nil, above.parsed.site == nil, folder.text.tokens.count <= 4,
      !folder.text.tokens.contains(where: { $0.isSure || $0.isYear })
    else { return nil }
    return above.parsed.title
  }

  private static func startsWithDay(_ text: NameText) -> Bool {
    !text.tokens.isEmpty && DateScan.at(text, 0, short: true) != nil
  }
}
