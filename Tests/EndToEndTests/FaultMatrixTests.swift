import Foundation
import Storage
import Support
import TestSupport
import Testing

/// Every fault of a service, with nothing kept, with fresh and with old answers, for a match, an item and a list: what
/// the built program answers, how soon, and what it keeps.
@Suite(.serialized) @OwnThread struct FaultMatrixTests {
  @Test func everyFaultInEveryStateForEveryQuestion() {
    // Those that take long begin first.
    let slow: [ServiceFault] = [.hang, .trickle, .tooManyWithoutRetryAfter]
    let faults = Lock(slow + ServiceFault.allCases.filter { !slow.contains($0) })
    let reports = Parallel.map(0..<5) { _ in
      var reports: [String] = []
      while let fault = faults.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
        do {
          reports += try FaultStory(fault).problems().map { "\(fault.rawValue): \($0)" }
        } catch {
          reports.append("\(fault.rawValue): \(error)")
        }
      }
      return reports
    }
    #expect(reports.flatMap { $0 } == [])
  }

  @Test func aServiceLeftAloneIsShownAndStaysSoOverARestart() throws {
    let story = try FaultStory(.status500)
    story.fault.withLock { $0 = .status500 }
    let first = try story.usher.serve()
    for number in 1...3 { _ = try first.client().send("GET", "/tv/library/metadata/tvmaze-show-\(number)") }
    let health = try first.client().send("GET", "/health")
    #expect(health.status == 200 && health.object["status"] as? String == "degraded")
    #expect(health.text.contains("source 'tvmaze' is suspended: its service is left alone"), "\(health.text)")
    #expect(try first.client().send("GET", "/health/ready").status == 200)
    let metrics = try first.client().send("GET", "/metrics").text
    #expect(metrics.contains(#"usher_upstream_suspended{source="tvmaze"} 1"#))
    #expect(metrics.contains(#"usher_source_state{source="tvmaze",state="suspended"} 1"#))
    first.stop()

    let rows = try story.usher.run(["plugins"]).output
    #expect(rows.contains("suspended") && rows.contains("status 500; next try at 20"), "\(rows)")

    story.server.forgetRequests()
    let second = try story.usher.serve()
    let answer = try second.client().send("GET", "/tv/library/metadata/tvmaze-show-1")
    #expect(answer.status == 503 && answer.text.contains("is not asked"), "\(answer.text)")
    #expect(story.server.requests.isEmpty)
    second.stop()
    story.server.stop()
  }
}

/// One fault: a program with its data, and the service behind it.
private struct FaultStory: Sendable {
  private struct Question: Sendable {
    let name: String
    let method: String
    let target: String
    let body: String
  }

  private struct Answer: Sendable {
    let name: String
    let status: Int
    let text: String
    let seconds: Double
  }

  let fault = Lock<ServiceFault?>(nil)
  let server: LoopbackServer
  let usher: UsherProgram
  private let kind: ServiceFault

  /// A hang costs ten seconds in all tries, a trickle eight after its first byte; the rest is for a busy machine.
  private static let limitSeconds = 16.0
  private static let warmSeconds = 3.0
  private static let hints = #"{"type":2,"title":"Harbor Lights","year":2014}"#

  init(_ kind: ServiceFault) throws {
    self.kind = kind
    let service = FakeTVmaze()
    let fault = fault
    server = try LoopbackServer { request in fault.withLock { $0 }?.reply ?? service.reply(to: request) }
    usher = try UsherProgram(configuration: Configurations.tvmaze(at: server.url))
  }

  func problems() throws -> [String] {
    defer { server.stop() }
    var problems: [String] = []

    // The service is well: what is right, and the data for the next two states.
    let (key, right) = try healthy(["--data", "kept"])
    problems += right.filter { $0.status != 200 }.map { "well: \($0.name) \($0.status) \($0.text)" }
    fault.withLock { $0 = kind }

    server.forgetRequests()
    for answer in try ask(key, ["--data", "kept"]) {
      let isRight = answer.status == 200 && right.contains { $0.name == answer.name && $0.text == answer.text }
      if !isRight || answer.seconds > Self.warmSeconds { problems.append("warm: \(Self.line(answer))") }
    }
    if !server.requests.isEmpty { problems.append("warm: asked \(server.requests.map(\.path))") }

    try age("kept")
    for answer in try ask(key, ["--data", "kept"]) {
      let isRight = answer.status == 200 && right.contains { $0.name == answer.name && $0.text == answer.text }
      if !isRight || answer.seconds > Self.limitSeconds { problems.append("stale: \(Self.line(answer))") }
    }

    for answer in try ask(key, ["--data", "cold"]) {
      let isRight = (500...599).contains(answer.status) && answer.text.contains("\"error\"")
      if !isRight || answer.seconds > Self.limitSeconds { problems.append("cold: \(Self.line(answer))") }
    }
    let kept = try keptSpaces("cold").filter { $0 != "suspended" }
    if !kept.isEmpty { problems.append("cold: kept something in \(kept)") }

    // Well again, after the time for which the service is left alone.
    fault.withLock { $0 = nil }
    try age("cold")
    for answer in try healthy(["--data", "cold"]).answers {
      let isRight = answer.status == 200 && right.contains { $0.name == answer.name && $0.text == answer.text }
      if !isRight { problems.append("afterwards: \(Self.line(answer))") }
    }
    return problems
  }

  private static func line(_ answer: Answer) -> String {
    "\(answer.name) \(answer.status) after \(answer.seconds) s: \(answer.text.prefix(300))"
  }

  /// A run with the service well, one question after the other.
  private func healthy(_ arguments: [String]) throws -> (key: String, answers: [Answer]) {
    let running = try usher.serve(arguments)
    defer { running.stop() }
    let match = Self.send(Self.questions("")[0], running.port)
    let key = match.text.components(separatedBy: "\"ratingKey\":\"").dropFirst().first?.prefix { $0 != "\"" } ?? ""
    return (String(key), [match] + Self.questions(String(key)).dropFirst().map { Self.send($0, running.port) })
  }

  /// A run with all questions at once.
  private func ask(_ key: String, _ arguments: [String]) throws -> [Answer] {
    let running = try usher.serve(arguments)
    defer { running.stop() }
    let (questions, port) = (Self.questions(key), running.port)
    return Parallel.map(0..<questions.count) { Self.send(questions[$0], port) }
  }

  private static func questions(_ key: String) -> [Question] {
    let path = "/tv/library/metadata/"
    return [
      Question(name: "match", method: "POST", target: path + "matches", body: hints),
      Question(name: "item", method: "GET", target: path + key, body: ""),
      Question(name: "children", method: "GET", target: path + key + "/children", body: ""),
    ]
  }

  private static func send(_ question: Question, _ port: UInt16) -> Answer {
    let started = Date()
    let answer = try? LoopbackClient(port: port, seconds: 60).send(
      question.method, question.target, headers: ["Content-Type": "application/json"], body: Array(question.body.utf8))
    return Answer(
      name: question.name, status: answer?.status ?? 0, text: answer?.text ?? "",
      seconds: Date().timeIntervalSince(started))
  }

  private func open(_ data: String) throws -> Database {
    try Database(
      path: usher.folder.appendingPathComponent("\(data)/usher.sqlite").path, migrations: KeyValueStore.migrations,
      log: Log(RecordingLogSink(), subject: "store"))
  }

  /// Makes all that is kept thirty days older.
  private func age(_ data: String) throws {
    let database = try open(data)
    defer { database.close() }
    try database.writeNow { connection in
      try connection.execute(
        "UPDATE entries SET stored_at = stored_at - 2592000000, fresh_until = fresh_until - 2592000000")
    }
  }

  private func keptSpaces(_ data: String) throws -> [String] {
    let database = try open(data)
    defer { database.close() }
    return try database.readNow { try $0.rows("SELECT DISTINCT space FROM entries") { $0.text(0) } }
  }
}
