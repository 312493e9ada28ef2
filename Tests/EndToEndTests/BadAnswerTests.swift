import Foundation
import TestSupport
import Testing

/// Answers of services that are too large, refuse the request as wrong, or have another shape.
@Suite(.serialized) @OwnThread struct BadAnswerTests {
  /// An empty list of hits, for those who would read so much.
  nonisolated private static let large: [UInt8] =
    [UInt8](repeating: 0x20, count: 33 << 20) + Array(#"{"results":[]}"#.utf8)

  private func tmdb(_ answer: @escaping @Sendable (LoopbackRequest) -> LoopbackReply) throws -> SourceStage {
    try SourceStage("tmdb", path: "/3", settings: ["apiKey": FakeTMDB.key], secrets: { [FakeTMDB.key] }, answer)
  }

  private func match(_ running: RunningUsher, _ root: String = "/movie", title: String = "The Glass Orchard") throws
    -> LoopbackAnswer
  {
    let (type, guid) = root == "/tv" ? (2, "tvdb://990082") : (1, "imdb://tt99000101")
    let hints = #"{"type":\#(type),"title":"\#(title)","guid":"\#(guid)","includeAdult":1}"#
    return try running.client().send("POST", root + "/library/metadata/matches", body: Array(hints.utf8))
  }

  /// Lines that people are to look at.
  private func warnings(_ running: RunningUsher, of plugin: String) -> [Substring] {
    running.logText.split(separator: "\n").filter { $0.contains(" warning plugin \(plugin): ") }
  }

  @Test(arguments: [false, true]) func aBodyOver32MiBIsAnOutage(isCompressed: Bool) throws {
    let body = isCompressed ? try Self.compressed() : Self.large
    #expect(body.count < 100_000 || !isCompressed)
    let headers = [("Content-Type", "application/json")] + (isCompressed ? [("Content-Encoding", "gzip")] : [])
    let stage = try tmdb { _ in .response(status: 200, headers: headers, body: body) }
    let running = try stage.usher.serve()
    let answer = try match(running)
    #expect(answer.status == 503, "\(answer.text)")
    #expect(answer.text.contains("larger than the 33554432 bytes allowed"), "\(answer.text)")
    // One for the id and one for the title: what is too large stays so, and is not tried again.
    #expect(stage.server.requests.count == 2)
    #expect(try running.client().send("GET", "/health/live").status == 200)
    try stage.lookForSecrets(running, "/movie")
  }

  @Test(arguments: [400, 422]) func aRequestThatIsWrongIsLoggedOnceAsABugWithoutItsSecrets(status: Int) throws {
    let fake = FakeTMDB()
    fake.outage = .refusal(status: status, code: 5, message: "Invalid parameters for \(FakeTMDB.key).")
    let stage = try tmdb { fake.reply(to: $0) }
    let running = try stage.usher.serve()
    for _ in 0..<2 { #expect(try match(running, "/tv", title: "Harbor Watch").status == 503) }
    try stage.lookForSecrets(running, "/tv")
    let lines = warnings(running, of: "tmdb").filter { $0.contains("/search/tv?query=Harbor%20Watch") }
    #expect(lines.count == 1, "\(lines)")
    #expect(lines.first?.contains("fault: TMDB answered \(status) to ") == true, "\(lines)")
  }

  struct Shape: Sendable, CustomTestStringConvertible {
    var id: String
    var path = ""
    var root = "/movie"
    var key: String
    var body: String
    /// What the line says of the place.
    var place: String
    var testDescription: String { id }
  }

  @Test(arguments: [
    Shape(id: "tmdb", path: "/3", key: FakeTMDB.key, body: #"{"movie_results":7,"results":7}"#, place: "results"),
    Shape(
      id: "tvdb", path: "/v4", root: "/tv", key: FakeTVDB.key, body: #"{"status":"success","data":7}"#, place: "data"),
    Shape(id: "tpdb", key: FakeTPDB.key, body: #"{"data":7}"#, place: "data"),
    Shape(id: "omdb", key: FakeOMDb.key, body: #"{"Response":"True","Search":7,"Title":[7]}"#, place: "Search"),
  ])
  func anAnswerOfAnotherShapeIsAnOutageAndOneLineWithThePath(shape: Shape) throws {
    let login = FakeTVDB()
    let stage = try SourceStage(
      shape.id, path: shape.path, settings: ["apiKey": shape.key], adult: shape.id == "tpdb", secrets: { [shape.key] }
    ) { $0.path.hasSuffix("/login") ? login.reply(to: $0) : .json(shape.body) }
    let running = try stage.usher.serve()
    for _ in 0..<3 { #expect(try match(running, shape.root).status == 503) }
    running.stop()
    let lines = warnings(running, of: shape.id).compactMap { $0.split(separator: "no answer: ").last }
      .map { $0.prefix { $0 != "=" } }
    #expect(lines.contains { $0.contains(": \(shape.place): ") }, "\(lines)")
    #expect(Set(lines).count == lines.count, "\(lines)")
  }

  private static func compressed() throws -> [UInt8] {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("large-\(UUID().uuidString)")
    try Data(large).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let gzip = Process()
    gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    gzip.arguments = ["gzip", "-c", file.path]
    let output = Pipe()
    gzip.standardOutput = output
    try gzip.run()
    let bytes = output.allData()
    gzip.waitUntilExit()
    return [UInt8](bytes)
  }
}
