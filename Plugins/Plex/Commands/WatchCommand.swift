import PlexCatalogue
import PlexServers
import UsherKit

extension CommandDesk {
  /// Syncs what the server tells of; a server that tells nothing is asked every few seconds.
  func watch() async throws {
    let server = try server()
    let watch = LibraryWatch(desk: self, server: server, catalogue: try catalogue())
    output.note("Watching '\(server.name)'; end with Ctrl-C.")
    try await watch.run()
  }
}

/// A watch over one server's libraries.
private final class LibraryWatch {
  private let desk: CommandDesk
  private let server: KnownServer
  private let catalogue: Catalogue
  /// Milliseconds between two questions when the server tells nothing, and when it tells.
  private let pause: Int64
  private let telling: Int64
  private let settle: Int64
  private var left: Int
  /// What was said last of the stream and of syncs: not again every few seconds.
  private var lastOfStream = ""
  private var lastOfSync = ""

  /// Pauses before a lost stream is opened again, in milliseconds.
  private static let firstRetry: Int64 = 1000
  private static let longestRetry: Int64 = 60_000

  init(desk: CommandDesk, server: KnownServer, catalogue: Catalogue) {
    (self.desk, self.server, self.catalogue) = (desk, server, catalogue)
    let every = desk.request.integer("every").map { Int64(min(max($0, 1), 3600)) * 1000 }
    (pause, telling) = (every ?? 15_000, every ?? 300_000)
    settle = Int64(min(max(desk.request.integer("settle") ?? 5, 0), 600)) * 1000
    left = desk.request.integer("times") ?? .max
  }

  private var now: Int64 { desk.transport.nowMilliseconds }

  func run() async throws {
    var retry = Self.firstRetry
    while left > 0 {
      let start = now
      let isOpened = try await follow()
      guard left > 0 else { return }
      if isOpened {
        retry = now - start >= Self.longestRetry ? Self.firstRetry : min(retry * 2, Self.longestRetry)
        try await desk.transport.pause(milliseconds: retry)
      } else {
        try await sync(nil)
        if left > 0 { try await desk.transport.pause(milliseconds: pause) }
      }
    }
  }

  /// What the stream's thread hands over.
  private struct News: Sendable {
    var changed: Set<String> = []
    var isOpen = false
    var isOver = false
  }

  /// Listens and syncs until the stream ends; false when it could not be opened.
  private func follow() async throws -> Bool {
    let news = Guarded(News())
    let (wakes, waker) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let (desk, server) = (desk, server)
    async let ending = Self.listen(desk, server, news, waker)
    do {
      // Lets the stream end though a sync failed.
      defer { news.withLock { $0.isOver = true } }
      try await syncOnNews(news, wakes)
    } catch {
      _ = await ending
      throw error
    }
    let isOpened = news.withLock { $0.isOpen }
    if isOpened { lastOfStream = "" }
    if let error = await ending {
      if error.kind == .cancelled || error.kind == .unauthorized { throw error }
      let instead = "; '\(server.name)' is asked every \(pause / 1000) seconds instead"
      warn(error.text + (isOpened ? "" : instead), unless: &lastOfStream)
    }
    return isOpened
  }

  /// Listens until the stream ends; gives why it failed, nil when it just ended.
  private static func listen(
    _ desk: CommandDesk, _ server: KnownServer, _ news: Guarded<News>, _ waker: AsyncStream<Void>.Continuation
  ) async -> PlexError? {
    defer { waker.finish() }
    do {
      let client = try await desk.answeringClient(server)
      try await client.listen { changed in
        let goesOn = news.withLock { news in
          news.changed.formUnion(changed)
          news.isOpen = true
          return !news.isOver
        }
        waker.yield()
        return goesOn
      }
      return nil
    } catch {
      return error as? PlexError ?? PlexError(.unreachable, PluginError(thrown: error).text)
    }
  }

  /// Everything once the stream is open, for what happened while it was not; then what it tells of, and everything again
  /// now and then, since some edits are told by nobody.
  private func syncOnNews(_ news: Guarded<News>, _ wakes: AsyncStream<Void>) async throws {
    var changed = ChangedLibraries(settle: settle)
    var lastAll: Int64?
    for await _ in wakes {
      changed.note(
        news.withLock { news in
          defer { news.changed = [] }
          return news.changed
        }, now: now)
      if lastAll.map({ now - $0 >= telling || now < $0 }) ?? true {
        changed.forgetAll()
        try await sync(nil)
        lastAll = now
      }
      for key in changed.due(now: now) where left > 0 { try await sync(key) }
      guard left > 0 else { return }
    }
  }

  /// Syncs the library of that key, whatever its counters say, or all of them. A server that is away is no reason to end.
  private func sync(_ key: String?) async throws {
    left -= 1
    do {
      let client = try await desk.answeringClient(server)
      var options = SyncOptions()
      var library: String?
      if let key {
        let known = try catalogue.libraries(server: server.machineIdentifier).first { $0.key == key && $0.isAvailable }
        if let known, !known.isEnabled { return left += 1 }
        // One that is not known yet: everything is looked at, and it is kept.
        (library, options.trustsCounters) = (known?.uuid, known == nil)
      }
      for report in try await desk.sync(client, server, catalogue, options, library)
      where report.outcome != .unchanged && (key == nil || report.hasNews) {
        say(report)
      }
      lastOfSync = ""
    } catch let error as PlexError where error.kind != .cancelled && error.kind != .unauthorized {
      warn(error.text, unless: &lastOfSync)
    }
  }

  private func warn(_ text: String, unless last: inout String) {
    if text != last { desk.output.warning(text) }
    last = text
  }

  private func say(_ report: LibraryReport) {
    if desk.output.isJSON {
      let columns = CommandDesk.syncColumns.map(\.key)
      let row = CommandDesk.row(report, server.name)
      try? desk.output.value(CommandValue.object(Dictionary(zip(columns, row)) { first, _ in first }))
    } else {
      desk.output.text(
        "\(report.library): \(report.added) added, \(report.updated) updated, \(report.removed) removed"
          + (report.sentence.map { "; \($0)" } ?? ""))
    }
  }
}

extension LibraryReport {
  /// Something to tell a person.
  fileprivate var hasNews: Bool { added + updated + removed + missing > 0 || sentence != nil }
}
