import PlexServers

/// Reads every item of one kind of a library, page by page, and keeps what changed beside the catalogue until the whole
/// library has been read.
struct LibraryWalk {
  let staging: WalkStaging
  let client: ServerClient
  let library: CatalogueLibrary
  let kind: PlexItemKind
  let options: SyncOptions
  /// Called with the items that came so far.
  let progress: (Int, Int?) -> Void

  /// What a walk of one kind proved.
  struct Outcome {
    /// The keys that the server has.
    var keys: Set<Int64> = []
    /// Every row came, exactly once, and the total never moved: what did not come is not there.
    var isComplete = false
    var requests = 0
    var resumed = false
  }

  /// Throws when a page cannot be had, or the list ends before its total; the pages that came stay for the next try.
  func run() async throws -> Outcome {
    var outcome = Outcome()
    var start = try await resume(&outcome)
    var size = options.pageSize
    var total = try staging.total(kind)
    var isStable = true
    var previousFirst: Int64?
    var place = try staging.pages(kind)
    var current = try await fetch(start, &size, &outcome)
    while current.received > 0 {
      let page = current
      if let known = total, let now = page.total, known != now { isStable = false }
      total = page.total ?? total
      if let first = page.items.first?.ratingKey, first == previousFirst, place > 0 {
        // Without any total this is how a server looks that does not know pages: the list is whole.
        guard total == nil else { throw repeated() }
        return finished(outcome, total: nil, isStable: false)
      }
      previousFirst = page.items.first?.ratingKey
      start += page.received
      let end = total
      if end.map({ start >= $0 }) ?? false {
        try keep(page, at: place, &outcome, &isStable)
        progress(outcome.keys.count, end)
        break
      }
      // The next page, which begins behind the rows that came, is fetched and read beside this thread, which writes.
      let guess = start
      let (client, key, kind, guessSize) = (client, library.key, kind, size)
      async let ahead = withTaskExecutorPreference(globalConcurrentExecutor) {
        try await client.page(of: key, kind, start: guess, size: guessSize)
      }
      await Task.yield()
      try keep(page, at: place, &outcome, &isStable)
      place += 1
      progress(outcome.keys.count, end)
      do {
        current = try await ahead
        outcome.requests += 1
        size = min(size * 2, options.largestPage)
      } catch let error as PlexError where error.kind == .unreachable {
        current = try await fetch(start, &size, &outcome)
      }
    }
    // An empty list says its length too.
    if let now = current.total, start == 0 { total = now }
    if let total, start < total {
      throw PlexError(
        .unstable, "'\(client.name)' ended the list of '\(library.title)' after \(start) of \(total) items")
    }
    return finished(outcome, total: total, isStable: isStable)
  }

  private func finished(_ outcome: Outcome, total: Int?, isStable: Bool) -> Outcome {
    var outcome = outcome
    outcome.isComplete = isStable && total == outcome.keys.count
    return outcome
  }

  private func repeated() -> PlexError {
    PlexError(.unstable, "'\(client.name)' gives the same page of '\(library.title)' again and again")
  }

  /// Asks for a page; one that takes too long is asked for again, smaller.
  private func fetch(_ start: Int, _ size: inout Int, _ outcome: inout Outcome) async throws -> ItemPage {
    var tries = 3
    while true {
      outcome.requests += 1
      tries -= 1
      do {
        return try await client.page(of: library.key, kind, start: start, size: size)
      } catch let error as PlexError where error.kind == .unreachable && tries > 0 {
        size = max(size / 4, 25)
        try await client.transport.pause(milliseconds: 500)
      }
    }
  }

  private func keep(_ page: ItemPage, at place: Int, _ outcome: inout Outcome, _ isStable: inout Bool) throws {
    let before = outcome.keys.count
    var keys: [Int64] = []
    keys.reserveCapacity(page.items.count)
    for item in page.items where outcome.keys.insert(item.ratingKey).inserted { keys.append(item.ratingKey) }
    // A row that came twice means that the list moved while it was read; another may then have been left out.
    if outcome.keys.count - before != page.received { isStable = false }
    try staging.keep(page, keys: keys, kind: kind, place: place)
  }

  /// Takes up a walk that was interrupted, when the list still has its last row where it was.
  private func resume(_ outcome: inout Outcome) async throws -> Int {
    let keys = try staging.keys(kind)
    let received = try staging.received(kind)
    guard let last = keys.last, received > 0 else { return 0 }
    outcome.requests += 1
    let page = try await client.page(of: library.key, kind, start: received - 1, size: 1)
    guard page.items.first?.ratingKey == last, page.total == (try staging.total(kind)) else {
      try staging.forget(kind)
      return 0
    }
    outcome.keys = Set(keys)
    outcome.resumed = true
    progress(keys.count, page.total)
    return received
  }
}
