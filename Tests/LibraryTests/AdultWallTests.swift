import MetadataModel
import PluginCalls
import Support
import Testing

@testable import Library

@Suite struct AdultWallTests {
  /// A source with a general item and one declared explicit.
  private func mixed() throws -> FakeSource {
    let general = try candidate("alpha-movie-1", "Glass River", 2010)
    let explicit = try candidate("alpha-movie-2", "Iron Tide", 2010) { $0.isAdult = true }
    let item = try mediaItem("alpha-movie-2", "Iron Tide") { $0.isAdult = true }
    let show = try mediaItem("alpha-show-1", "Harbour") { $0.isAdult = true }
    let seasons = [
      try mediaItem("alpha-season-1", "One", index: 1),
      try mediaItem("alpha-season-2", "Two", index: 2) { $0.isAdult = true },
    ]
    return FakeSource {
      $0.candidates = [general, explicit]
      $0.items = [item.id: item, show.id: show]
      $0.children = [show.id: seasons]
      $0.images = []
    }
  }

  private func titles(_ stage: Stage, includeAdult: Bool?) async throws -> [String] {
    var request = movie("Iron Tide", 2010, manual: true)
    request.includeAdult = includeAdult
    return try await stage.match(request).map(\.title)
  }

  @Test(
    "explicit candidates need an adult provider and a request that includes them",
    arguments: [
      (false, nil, false), (false, false, false), (false, true, false), (true, nil, false), (true, false, false),
      (true, true, true),
    ] as [(Bool, Bool?, Bool)])
  func candidates(adult: Bool, include: Bool?, expected: Bool) async throws {
    let stage = Stage([try mixed()], adult: adult)
    #expect(try await titles(stage, includeAdult: include).contains("Iron Tide") == expected)
    #expect(try await titles(stage, includeAdult: include).contains("Glass River"))
    var own = movie("Nothing")
    own.id = try item("alpha-movie-2")
    own.includeAdult = include
    #expect(try await stage.match(own).isEmpty != expected)
  }

  @Test("explicit items are not found where the provider is not adult, kept or not")
  func items() async throws {
    let store = MemoryByteStore()
    let time = ManualTime()
    let source = try mixed()
    let adult = Stage([source], adult: true, store: store, time: time)
    #expect(try await adult.fetch("alpha-movie-2").isAdult)
    #expect(try await adult.children("alpha-show-1").count == 2)
    #expect(try await adult.images("alpha-movie-2").isEmpty)
    let general = Stage([source], store: store, time: time)
    for _ in 0..<2 {
      #expect(await general.failure { _ = try await general.fetch("alpha-movie-2") }?.kind == .notFound)
      #expect(await general.failure { _ = try await general.images("alpha-movie-2") }?.kind == .notFound)
    }
    #expect(try await general.children("alpha-show-1").map(\.id.value) == ["1"])
    #expect(await general.failure { _ = try await general.fetch("alpha-show-1") }?.kind == .notFound)
    #expect(await general.failure { _ = try await general.children("alpha-show-1") }?.kind == .notFound)
  }

  @Test("a provider that is no longer adult does not show what it decided then")
  func decisions() async throws {
    let store = MemoryByteStore()
    let time = ManualTime()
    let before = Stage([try mixed()], adult: true, store: store, time: time)
    #expect(try await titles(before, includeAdult: true).count == 2)
    let after = Stage([try mixed()], store: store, time: time)
    #expect(try await titles(after, includeAdult: true) == ["Glass River"])
  }

  @Test("a source of explicit content is left out of a general chain, with a line in the log")
  func sources() async throws {
    let known = try candidate("beta-movie-1", "Iron Tide", 2010)
    let source = FakeSource("beta", adult: true) { $0.candidates = [known] }
    let stage = Stage([try mixed(), source])
    #expect(stage.log.lines.map(\.level) == [.error])
    #expect(stage.log.lines.first?.message.contains("'beta'") == true)
    _ = try await titles(stage, includeAdult: true)
    #expect(await stage.failure { _ = try await stage.fetch("beta-movie-1") }?.kind == .notFound)
    #expect(source.calls.isEmpty)
  }

  @Test("everything of a source of explicit content counts as explicit")
  func undeclared() async throws {
    let known = try candidate("beta-movie-1", "Iron Tide", 2010)
    let source = FakeSource("beta", adult: true) { $0.candidates = [known] }
    let stage = Stage([source], adult: true)
    #expect(stage.log.lines.isEmpty)
    #expect(try await titles(stage, includeAdult: false).isEmpty)
    #expect(try await titles(stage, includeAdult: true) == ["Iron Tide"])
  }

  @Test("a source whose terms forbid such company is left out of an adult chain, with a line in the log")
  func refusing() async throws {
    let known = try candidate("beta-movie-1", "Iron Tide", 2010)
    let refusing = FakeSource("beta", refusesAdult: true) { $0.candidates = [known] }
    let adult = Stage([refusing], adult: true)
    #expect(await adult.failure { _ = try await adult.match(movie("Iron Tide", 2010)) }?.kind == .unavailable)
    #expect(refusing.calls.isEmpty)
    #expect(adult.log.lines.contains { $0.message.contains("its terms forbid it beside explicit content") })
    #expect(try await Stage([refusing]).match(movie("Iron Tide", 2010)).map(\.id) == [known.id])
  }
}
