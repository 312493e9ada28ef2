import Answers
import Foundation
import Gathering
import Merging
import MetadataModel
import PluginCalls
import Searching
import Storage
import Support
import Testing
import Works

@testable import Library

/// A library over fakes, with a clock that stands still.
struct Stage {
  let time: ManualTime
  let store: any ByteStore
  let metrics = Metrics()
  let log = RecordingLogSink()
  let library: MediaLibrary
  let works: WorkStore

  static let provider = Provider(
    name: "main", path: "/main", kind: .movie, title: "Main", identifier: "org.example.main", adult: false,
    version: "1")

  init(
    _ sources: [any Source], kind: MediaKind = .movie, adult: Bool = false, store: any ByteStore = MemoryByteStore(),
    time: ManualTime = ManualTime(), memoryBytes: Int = 16 << 20, freshness: Freshness = Freshness(),
    works: WorkStore? = nil, policy: MergePolicy = .firstSourceAlone, background: BackgroundPolicy? = nil
  ) {
    self.time = time
    self.store = store
    self.works = works ?? Self.scratchWorks(time, log)
    var provider = Self.provider
    provider.kind = kind
    provider.adult = adult
    library = MediaLibrary(
      chains: [Chain(provider: provider, sources: sources, policy: policy)], works: self.works, store: store,
      memoryBytes: memoryBytes,
      freshness: freshness, time: time, metrics: metrics, log: log, background: background)
  }

  /// Real SQLite in a file of its own; two stages over one store of works are a restart.
  static func scratchWorks(_ time: any TimeSource, _ log: any LogSink) -> WorkStore {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("usher-works-\(UUID().uuidString).sqlite")
    do {
      let database = try Database(path: path.path, migrations: WorkStore.migrations, log: Log(log, subject: "works"))
      return WorkStore(database: database, time: time, log: Log(log, subject: "works"))
    } catch {
      preconditionFailure("no scratch database at \(path.path): \(error)")
    }
  }

  /// A library over one source with the machine's clock, for what takes real time.
  static func onRealTime(
    _ source: FakeSource, _ store: MemoryByteStore = MemoryByteStore(), _ freshness: Freshness = Freshness()
  ) -> MediaLibrary {
    MediaLibrary(
      chains: [Chain(provider: provider, sources: [source])],
      works: scratchWorks(SystemTime(), RecordingLogSink()), store: store, memoryBytes: 1 << 20,
      freshness: freshness, time: SystemTime(), metrics: Metrics(), log: RecordingLogSink())
  }

  /// A call with so many (real) milliseconds to go.
  func call(milliseconds: Int64 = 60_000) -> CallInfo {
    CallInfo(requestID: "test", deadline: .after(milliseconds: milliseconds, time))
  }

  func match(_ request: MatchRequest, trace: Trace? = nil) async throws -> [Candidate] {
    try await library.match(request, provider: "main", call: call(), trace: trace).candidates
  }

  func fetch(_ id: String) async throws -> MediaItem {
    try await library.fetch(ItemRequest(id: try item(id)), provider: "main", call: call())
  }

  func children(_ id: String, order: String? = nil) async throws -> [MediaItem] {
    try await library.children(ItemRequest(id: try item(id), order: order), provider: "main", call: call()).items
  }

  func grandchildren(_ id: String) async throws -> [MediaItem] {
    try await library.grandchildren(ItemRequest(id: try item(id)), provider: "main", call: call()).items
  }

  func images(_ id: String) async throws -> [Artwork] {
    try await library.images(ItemRequest(id: try item(id)), provider: "main", call: call()).artwork
  }

  /// Returns when so many have looked into memory in vain.
  func askers(_ count: Int) async {
    let line = "usher_cache_lookups_total{tier=\"item-memory\",outcome=\"miss\"} \(count)\n"
    while !metrics.render().contains(line) { await Task.yield() }
  }

  /// Returns when all is done that nobody waits for.
  func rest() async {
    while let work = library.background?.work, work.count > 0 { try? await Task.sleep(for: .milliseconds(1)) }
  }

  /// What `body` throws; nil when it throws nothing.
  func failure(_ body: () async throws -> Void) async -> PluginError? {
    do {
      try await body()
      return nil
    } catch {
      return error as? PluginError
    }
  }
}

func item(_ text: String) throws -> ItemID { try #require(ItemID(text)) }

func movie(_ title: String, _ year: Int? = nil, manual: Bool? = nil) -> MatchRequest {
  var request = MatchRequest(kind: .movie)
  request.title = title
  request.year = year
  request.manual = manual
  return request
}

/// `alpha-movie-1` with a title and perhaps a year and more.
func candidate(
  _ id: String, _ title: String, _ year: Int? = nil, _ change: (inout Candidate) -> Void = { _ in }
) throws -> Candidate {
  var candidate = Candidate(id: try item(id), title: title, year: year)
  change(&candidate)
  return candidate
}

func mediaItem(
  _ id: String, _ title: String, index: Int? = nil, released: String? = nil, season: Int? = nil,
  _ change: (inout MediaItem) -> Void = { _ in }
) throws -> MediaItem {
  var media = MediaItem(id: try item(id), title: title)
  media.index = index
  media.released = released.flatMap { CalendarDate($0) }
  if let season {
    media.parent = Ancestor(id: try item("\(media.id.source)-season-\(season)"), title: "Season", index: season)
  }
  change(&media)
  return media
}

extension MergePolicy {
  /// Every record is good enough: no source is asked to fill the gaps of another.
  static var firstSourceAlone: MergePolicy {
    var policy = MergePolicy()
    policy.quality = [:]
    return policy
  }
}
