import MetadataModel

/// A scene's file together with the folder above it.
enum ScenePath {
  static func read(_ path: NamePath) -> Reading {
    var reading = SceneReading.read(path.file)
    guard let folder = path.folders.first(where: { !$0.isNoise }) else { return reading }
    let above = SceneReading.read(folder.text)
    FilmPath.fillIDs(&reading, above)
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
}
