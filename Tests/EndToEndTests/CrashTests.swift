import Foundation
import TestSupport
import Testing

/// The short form of `Scripts/crash`: killed while it writes, the store loses nothing that was kept.
@Suite(.serialized) @OwnThread struct CrashTests {
  private let usher: UsherProgram

  init() throws { usher = try UsherProgram(configuration: Configurations.demo) }

  private var file: String { usher.folder.appendingPathComponent("data/usher.sqlite").path }

  private func load(_ arguments: [String]) -> (process: Process, input: Pipe, output: Pipe) {
    let process = Process()
    process.executableURL = UsherProgram.productsFolder.appendingPathComponent("StoreLoad")
    process.arguments = arguments
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    return (process, input, output)
  }

  /// Writes until so many values are kept, then kills the writer in the middle of the next; gives what it printed.
  private func killAWriter(first: Int, after count: Int) throws -> String {
    let writer = load(["write", file, "\(first)"])
    try writer.process.run()
    var text = ""
    while text.utf8.count(where: { $0 == 0x0A }) < count {
      let chunk = writer.output.nextData()
      guard !chunk.isEmpty else { break }
      text += String(decoding: chunk, as: UTF8.self)
    }
    kill(writer.process.processIdentifier, SIGKILL)
    text += String(decoding: writer.output.allData(), as: UTF8.self)
    writer.process.waitUntilExit()
    return text
  }

  private func verify(_ numbers: String) throws -> (status: Int32, output: String) {
    let reader = load(["verify", file])
    try reader.process.run()
    // Through a file descriptor of our own: a full pipe must not stop us while the reader waits for its end.
    try reader.input.fileHandleForWriting.write(contentsOf: Data(numbers.utf8))
    try reader.input.fileHandleForWriting.close()
    let output = String(decoding: reader.output.allData(), as: UTF8.self)
    reader.process.waitUntilExit()
    return (reader.process.terminationStatus, output)
  }

  @Test func fiveRoundsOfKillLoseNothingAndTheNextStartAnswersAtOnce() throws {
    var kept = ""
    for round in 0..<5 {
      let numbers = try killAWriter(first: round * 1_000_000, after: 150 + round * 70)
      #expect(!numbers.isEmpty)
      // The last line may have been cut by the kill.
      kept += numbers.split(separator: "\n").map { $0 + "\n" }.joined()
      let started = Date()
      let running = try usher.serve()
      let answer = try running.client().send("GET", "/movie/library/metadata/local-movie-imdb-tt0013442")
      #expect(answer.status == 200)
      // A debug build on a busy machine; `Scripts/crash` measures the release.
      #expect(Date().timeIntervalSince(started) < 5)
      let found = try verify(kept)
      #expect(found.status == 0, "round \(round): \(found.output)")
      kill(running.processID, SIGKILL)
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: usher.folder.appendingPathComponent("data").path)
    #expect(!files.contains { $0.contains("corrupt") }, "\(files)")
    #expect(try verify("999999999\n").status == 1, "what was never written is missed")
  }
}
