public import PlexServers

/// Brings the catalogue of one server up to date, library by library; a library that fails does not stop the others,
/// and keeps what it had.
public struct LibrarySync {
  private let catalogue: Catalogue
  private let client: ServerClient
  private let options: SyncOptions
  private let progress: (SyncProgress) -> Void

  /// A library is walked wholly once a day, whatever the server's filters say: some edits move no time.
  static let walkInterval: Int64 = 86_400_000
  /// Seconds before the last known time from which changes are asked for again.
  static let overlap: Int64 = 600

  public init(
    _ catalogue: Catalogue, _ client: ServerClient, options: SyncOptions = .init(),
    progress: @escaping (SyncProgress) -> Void = { _ in }
  ) {
    self.catalogue = catalogue
    self.client = client
    self.options = options
    self.progress = progress
  }

  /// Syncs the enabled libraries, or the one of that title or key. Throws when the server cannot be asked at all, is
  /// another one than `machineIdentifier`, or has no such library.
  public func run(machineIdentifier: String, library: String? = nil) async throws -> [LibraryReport] {
    let facts = try await client.identityFacts(timeout: 30)
    guard facts.machineIdentifier == machineIdentifier else {
      throw PlexError(.wrongServer, "another server answers at \(client.address); nothing was read from it")
    }
    let remote = try await client.libraries()
    let known = try catalogue.keep(remote, of: machineIdentifier)
    let chosen = try LibraryChoice.choose(known, library)
    var reports: [LibraryReport] = []
    for (index, entry) in chosen.enumerated() {
      guard let there = remote.first(where: { $0.identity == entry.uuid }) else { continue }
      reports.append(try await sync(entry, there, at: index, of: chosen.count))
    }
    return reports
  }

  private func sync(
    _ library: CatalogueLibrary, _ remote: PlexLibrary, at index: Int, of count: Int
  ) async throws -> LibraryReport {
    var report = LibraryReport(library: library.title, type: library.type)
    let say = { (done: Int, total: Int?) in
      progress(
        SyncProgress(library: library.title, libraryIndex: index, libraries: count, done: done, total: total))
    }
    do {
      try await sync(library, remote, &report, say)
    } catch let error as PlexError where error.kind != .cancelled {
      report = LibraryReport(library: library.title, type: library.type)
      report.outcome = .failed
      report.sentence = error.text
    }
    return report
  }

  private func sync(
    _ library: CatalogueLibrary, _ remote: PlexLibrary, _ report: inout LibraryReport,
    _ say: @escaping (Int, Int?) -> Void
  ) async throws {
    let now = client.transport.nowMilliseconds
    let needsWalk = options.isFull || isWalkDue(library, remote, now)
    if !needsWalk, options.trustsCounters, isUntouched(library, remote) {
      report.outcome = .unchanged
      report.unchanged = try catalogue.count(library.id)
      return
    }
    let staging = try WalkStaging.open(catalogue.database, library: library, now: now, keepsOld: needsWalk)
    var seen: [PlexItemKind: Set<Int64>] = [:]
    var isFull = needsWalk
    if !needsWalk {
      isFull = try await !onlyChanges(staging, library, remote, &report)
      if isFull { try staging.forgetAll() }
    }
    if isFull { seen = try await walk(staging, library, remote, &report, say) }
    let counts = try staging.counts()
    let orphans = try WalkApplying(
      database: catalogue.database, library: library, now: now, isFirst: staging.isFirst
    ).apply(
      seen: seen, remote: remote, isFull: isFull, isConfirmed: options.isConfirmed)
    report.full = isFull
    (report.added, report.updated) = counts
    (report.removed, report.missing) = (orphans.removed, orphans.missing)
    if !staging.isFirst {
      report.unchanged = max(0, try catalogue.count(library.id) - counts.added - counts.updated)
    }
    if orphans.isHeld {
      report.outcome = .held
      report.sentence =
        "\(orphans.wouldGo.0) of \(orphans.wouldGo.1) items are not on the server any more; is a disk missing there? "
        + "Nothing was removed; sync again with --yes to remove them"
    }
  }

  /// The server's own counters stand where they stood.
  private func isUntouched(_ library: CatalogueLibrary, _ remote: PlexLibrary) -> Bool {
    library.contentChangedAt == Int64(remote.contentChangedAt) && library.updatedAt == Int64(remote.updatedAt)
      && library.scannedAt == Int64(remote.scannedAt)
  }

  private func isWalkDue(_ library: CatalogueLibrary, _ remote: PlexLibrary, _ now: Int64) -> Bool {
    guard let walked = library.walkedAt, let counter = library.contentChangedAt, library.watermark != nil else {
      return true
    }
    // A counter that went back belongs to a database that was restored: no time of it can be trusted.
    return now - walked >= Self.walkInterval || now < walked || counter > Int64(remote.contentChangedAt)
  }

  /// Reads what changed since the last time. False when that cannot be trusted: the server ignores filters, or the
  /// number of items does not fit.
  private func onlyChanges(
    _ staging: WalkStaging, _ library: CatalogueLibrary, _ remote: PlexLibrary, _ report: inout LibraryReport
  ) async throws -> Bool {
    let since = (library.watermark ?? 0) - Self.overlap
    for kind in remote.kinds {
      var keys: Set<Int64> = []
      var place = 0
      for field in ["updatedAt", "addedAt"] {
        var start = 0
        while true {
          let page = try await client.page(
            of: library.key, kind, start: start, size: options.largestPage, filter: [("\(field)>>", String(since))])
          report.requests += 1
          guard
            page.items.allSatisfy({ (field == "updatedAt" ? $0.updatedAt : $0.addedAt).map { $0 > since } ?? false })
          else { return false }
          guard page.received > 0 else { break }
          let new = page.items.map(\.ratingKey).filter { keys.insert($0).inserted }
          try staging.keep(page, keys: new, kind: kind, place: place)
          place += 1
          start += page.received
          if start >= page.total ?? (page.received < options.largestPage ? start : .max) { break }
        }
      }
      report.requests += 1
      let there = try await client.count(library.key, kind)
      let added = try staging.added(kind)
      guard there == (try catalogue.count(library.id, kind)) + added else { return false }
    }
    return true
  }

  private func walk(
    _ staging: WalkStaging, _ library: CatalogueLibrary, _ remote: PlexLibrary, _ report: inout LibraryReport,
    _ say: @escaping (Int, Int?) -> Void
  ) async throws -> [PlexItemKind: Set<Int64>] {
    var totals: [Int?] = []
    for kind in remote.kinds {
      totals.append(try await client.count(library.key, kind))
      report.requests += 1
    }
    let whole = totals.contains { $0 == nil } ? nil : totals.reduce(0) { $0 + ($1 ?? 0) }
    var seen: [PlexItemKind: Set<Int64>] = [:]
    var before = 0
    for kind in remote.kinds {
      let offset = before
      let outcome = try await LibraryWalk(
        staging: staging, client: client, library: library, kind: kind, options: options,
        progress: { done, _ in say(offset + done, whole) }
      ).run()
      before += outcome.keys.count
      report.requests += outcome.requests
      report.resumed = report.resumed || outcome.resumed
      if outcome.isComplete { seen[kind] = outcome.keys }
    }
    return seen
  }
}

/// Finds the libraries that a command means.
public enum LibraryChoice {
  /// The enabled libraries, or the one of that title, key or uuid. Throws a sentence that lists what there is.
  public static func choose(_ libraries: [CatalogueLibrary], _ name: String?) throws(PlexError) -> [CatalogueLibrary] {
    guard let name else { return libraries.filter(\.isEnabled) }
    return [try one(libraries, name)]
  }

  /// Titles are neither unique nor stable: an ambiguous one is refused.
  public static func one(_ libraries: [CatalogueLibrary], _ name: String) throws(PlexError) -> CatalogueLibrary {
    let exact = libraries.filter { $0.title == name || $0.uuid == name }
    let found =
      exact.isEmpty ? libraries.filter { $0.key == name || $0.title.lowercased() == name.lowercased() } : exact
    let there = libraries.map { "'\($0.title)' (\($0.key))" }.joined(separator: ", ")
    guard let library = found.first else {
      throw PlexError(.notFound, "there is no library '\(name)'; there are \(there.isEmpty ? "none" : there)")
    }
    guard found.count == 1 else {
      throw PlexError(.needsDecision, "several libraries are called '\(name)'; say the key of one: \(there)")
    }
    return library
  }
}
