import Foundation

extension FakePlexServer {
  /// What a scan of a library found wrong with its provider, and how many shows and films it matched.
  public struct ScanReport: Sendable {
    public var matched = 0
    public var problems: [String] = []
  }

  /// Does what Plex does when a library with a registered provider is scanned: asks the provider for every film and
  /// show that has no match, and keeps what it answers. Blocks.
  public func scan(_ section: Int) throws -> ScanReport {
    guard let library = sections.first(where: { $0.key == section }),
      let group = groups.first(where: { $0.id == library.group }),
      let provider = providers.first(where: { $0.identifier == group.primary }),
      let (port, root) = Self.loopback(provider.uri)
    else {
      throw LoopbackError(text: "library \(section) has no registered provider")
    }
    var report = ScanReport()
    let client = try ScriptedPlex(port: port, root: root, identifier: provider.identifier)
    for key in library.keys[library.type] ?? [] {
      guard let item = item(key), item.guid.hasPrefix("local://") else { continue }
      let scan =
        library.type == .movie
        ? try client.scanMovie(title: item.title, year: item.year)
        : try client.scanShow(title: item.title, year: item.year, seasons: seasons(of: key))
      report.problems += scan.problems
      guard !scan.showGuid.isEmpty else { continue }
      report.matched += 1
      apply(scan, to: key)
    }
    return report
  }

  private func seasons(of show: Int) -> [Int] {
    state.withLock { state in
      state.items.values.filter { $0.kind == .season && $0.parent == show }.compactMap(\.index).sorted()
    }
  }

  private func apply(_ scan: ScriptedPlex.Scan, to key: Int) {
    change([key]) { item in
      item.guid = scan.showGuid
      item.updatedAt = (item.updatedAt ?? item.addedAt) + 60
    }
    let (seasons, episodes) = state.withLock { state in
      (
        state.items.values.filter { $0.kind == .season && $0.parent == key },
        state.items.values.filter { $0.kind == .episode && $0.grandparent == key }
      )
    }
    for season in seasons {
      guard let guid = season.index.flatMap({ scan.seasonGuids[$0] }) else { continue }
      change([season.key]) { $0.guid = guid }
      for episode in episodes where episode.parent == season.key {
        let place = "\(season.index ?? 0)x\(episode.index ?? 0)"
        guard let guid = scan.episodeGuids[place] else { continue }
        change([episode.key]) { $0.guid = guid }
      }
    }
  }
}
