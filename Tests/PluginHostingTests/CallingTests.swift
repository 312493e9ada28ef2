import MetadataModel
import PluginCalls
import PluginHosting
import PluginLoading
import Support
import Testing

/// A source that a test talks to by titles.
struct Faces {
  let test: TestHost
  let source: any Source

  init(
    services: FakeServices = FakeServices(), settings: [String: SettingValue] = [:],
    limits: HostingLimits = HostingLimits(), time: any TimeSource = SystemTime()
  ) async throws {
    let library = try await blocking { () throws in try FacesPlugin.library() }
    let entry = PluginEntry(id: "faces", library: library, settings: settings)
    test = await TestHost([entry], services: services, time: time, limits: limits)
    source = try #require(test.host.source("faces"))
    #expect(test.status("faces")?.reason == "")
  }

  /// The year of the first candidate: what the plugin counted.
  func year(_ title: String, _ call: CallInfo = .within()) async throws(PluginError) -> Int? {
    try await source.match(Self.request(title), call).candidates.first?.year
  }

  func failure(_ title: String, _ call: CallInfo = .within()) async -> PluginError? {
    do throws(PluginError) {
      _ = try await source.match(Self.request(title), call)
      return nil
    } catch {
      return error
    }
  }

  /// What the plugin logged.
  var messages: [String] { test.log.lines.filter { $0.level == .info }.map(\.message) }

  private static func request(_ title: String) -> MatchRequest {
    var request = MatchRequest(kind: .movie)
    request.title = title
    return request
  }
}

struct CallingTests {
  @Test func aGoodReplyArrives() async throws {
    #expect(try await Faces().year("good") == 2001)
  }

  @Test(
    "A reply that breaks a rule is a fault that says where",
    arguments: [
      ("twice", "'faces' handed over its reply twice"), ("none", "'match' went well and handed over no reply"),
      ("no json", "source 'faces', reply to 'match'"), ("misshapen", "candidates[0].title"),
      ("foreign", "candidates[0].id: 'other-movie-1' is an id of 'other'"),
      ("kind", "is of kind 'show', expected 'movie'"), ("status", "returned the status 42"),
      ("fault", "a bug"), ("memory", "no memory"), ("huge", "more than 32 MiB"),
    ])
  func faults(_ title: String, says: String) async throws {
    let error = try #require(try await Faces().failure(title))
    #expect(error.kind == .fault)
    #expect(error.text.contains(says), "\(error.text)")
  }

  @Test func aFailingStatusKeepsItsKindAndItsSentenceOnOneLine() async throws {
    let faces = try await Faces()
    #expect(await faces.failure("not found") == PluginError(.notFound, "no such film"))
    let silent = try #require(await faces.failure("silent"))
    #expect(silent.kind == .unavailable)
    #expect(silent.text.contains("plugin 'faces' failed (unavailable)"))
  }

  @Test func anOperationThatIsNotThereIsUnsupported() async throws {
    let faces = try await Faces()
    let id = try #require(ItemID("faces-show-1"))
    let error = await failure { () async throws(PluginError) in
      try await faces.source.children(ItemRequest(id: id), .within())
    }
    #expect(error == PluginError(.unsupported, "source 'faces' does not offer 'children'"))
  }

  @Test(
    "Ids in an item are checked, unknown members are not",
    arguments: [
      ("faces-movie-1", nil), ("faces-movie-other", "id: 'other-movie-1'"), ("faces-season-1", "parent.id: 'x-show-1'"),
      ("faces-show-1", "id: 'faces-movie-1' is of kind 'movie', expected 'show'"),
      // An older name, under which the item no longer answers.
      ("faces-film-1", nil),
    ])
  func itemIDs(_ id: String, says: String?) async throws {
    let faces = try await Faces()
    let id = try #require(ItemID(id))
    let error = await failure { () async throws(PluginError) in
      try await faces.source.fetch(ItemRequest(id: id), .within())
    }
    #expect((error == nil) == (says == nil))
    if let says { #expect(error?.text.contains(says) == true, "\(error?.text ?? "")") }
  }

  @Test func aCallThatIgnoresItsDeadlineIsAnsweredAtItsDeadline() async throws {
    let faces = try await Faces()
    let start = ContinuousClock.now
    let error = try #require(await faces.failure("deaf", .within(100)))
    #expect(ContinuousClock.now - start < .milliseconds(900))
    #expect(error.kind == .unavailable)
    #expect(error.text.contains("'faces' gave no answer within"))
  }

  @Test func aCallWhoseDeadlineHasPassedDoesNotEnterThePlugin() async throws {
    let faces = try await Faces()
    #expect(await faces.failure("good", .within(0))?.text.contains("no answer within 0 s") == true)
  }

  @Test func theHostsOwnLimitCutsALongerDeadline() async throws {
    var limits = HostingLimits()
    limits.callMilliseconds = 150
    let faces = try await Faces(limits: limits)
    #expect(try await faces.year("remaining", .within(60_000)) ?? 0 <= 150)
    #expect(await faces.failure("polite", .within(60_000))?.kind == .unavailable)
  }

  @Test func cancellingTheTaskEndsTheCallAtOnceAndTellsThePlugin() async throws {
    var limits = HostingLimits()
    limits.sourceWorkers = 1
    let faces = try await Faces(limits: limits)
    let task = Task { await faces.failure("polite", .within(60_000)) }
    try await Task.sleep(for: .milliseconds(30))
    task.cancel()
    #expect(await task.value?.kind == .cancelled)
    // The only thread is free again: the plugin heard of it.
    #expect(try await faces.year("good") == 2001)
  }

  @Test func oneCallTooManyIsUnavailableAtOnce() async throws {
    var limits = HostingLimits()
    limits.sourceWorkers = 1
    limits.queue = 1
    let faces = try await Faces(limits: limits)
    let running = Task { await faces.failure("polite", .within(60_000)) }
    for _ in 0..<2000 where !faces.messages.contains("polite") { try await Task.sleep(for: .milliseconds(5)) }
    // Whose deadline has passed keeps no place, although no thread gets free to drop it.
    for _ in 0..<3 { #expect(await faces.failure("good", .within(20))?.text.contains("no answer") == true) }
    let waiting = Task { await faces.failure("good", .within(60_000)) }
    try await Task.sleep(for: .milliseconds(100))
    let refused = try #require(await faces.failure("good", .within(60_000)))
    #expect(refused.kind == .unavailable)
    #expect(refused.text.contains("all its threads are busy and 1 calls wait"))
    running.cancel()
    _ = await running.value
    #expect(await waiting.value == nil)
  }

  @Test func threadsThatNeverComeBackMakeThePluginFailed() async throws {
    var limits = HostingLimits()
    limits.lostAfterMilliseconds = 20
    limits.lostThreadsToFail = 2
    let faces = try await Faces(limits: limits)
    async let first = faces.failure("deaf", .within(50))
    async let second = faces.failure("deaf", .within(50))
    _ = await (first, second)
    for _ in 0..<200 where faces.source.unusable == nil { try await Task.sleep(for: .milliseconds(5)) }
    #expect(faces.source.unusable?.contains("failed: 2 calls never came back") == true)
    #expect(faces.test.status("faces")?.state == .failed)
    #expect(await faces.failure("good")?.kind == .unavailable)
  }

  @Test func eightBlockedCallsRunAtOnceAndDoNotBlockTasks() async throws {
    let faces = try await Faces()
    let start = ContinuousClock.now
    let calls = (0..<8).map { _ in Task { await faces.failure("deaf", .within(10_000)) } }
    try await Task.sleep(for: .milliseconds(10))
    #expect(ContinuousClock.now - start < .milliseconds(1400))
    for call in calls { #expect(await call.value?.kind == .cancelled) }
    #expect(ContinuousClock.now - start < .seconds(6))
  }
}
