public import Foundation
import Support

/// The built program with a folder of its own: configuration, data, and whatever a test puts there.
public final class UsherProgram: Sendable {
  /// A finished run of the program.
  public struct Outcome: Sendable {
    public var status: Int32
    public var output: String
    public var errors: String
  }

  public let folder: URL

  /// Makes a scratch folder with `configuration` as its plugins.json.
  public init(configuration: String) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("usher-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try write(configuration, to: "plugins.json")
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Writes a file below the folder.
  public func write(_ text: String, to name: String) throws {
    let file = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// The folder of the test program, which is that of `usher` and its plugins.
  public static var productsFolder: URL {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
  }

  /// The program under test: the one built with the tests, or the one that `USHER_PROGRAM` names, such as a build with
  /// the thread sanitizer.
  public static var program: URL {
    ProcessInfo.processInfo.environment["USHER_PROGRAM"].map { URL(fileURLWithPath: $0) }
      ?? productsFolder.appendingPathComponent("usher")
  }

  /// The repository.
  public static var repository: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  }

  /// Runs a command to its end, in the folder.
  public func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
    let process = process(arguments, environment)
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let collected = Lock<Data>(Data())
    let ended = Semaphore()
    // Two pipes are read at once, or a full one would stop the program.
    Thread.start("errors") {
      let data = errors.allData()
      collected.withLock { $0 = data }
      ended.signal()
    }
    let text = String(decoding: output.allData(), as: UTF8.self)
    process.waitUntilExit()
    ended.wait()
    return Outcome(
      status: process.terminationStatus, output: text,
      errors: String(decoding: collected.withLock { $0 }, as: UTF8.self))
  }

  /// Starts `usher serve` on a free port and returns once it says that it listens.
  public func serve(_ arguments: [String] = [], environment: [String: String] = [:]) throws -> RunningUsher {
    try RunningUsher(process(["serve", "--listen", "127.0.0.1:0"] + arguments, environment))
  }

  /// The program with these arguments, in the folder, not started yet.
  public func process(_ arguments: [String], _ environment: [String: String] = [:]) -> Process {
    let process = Process()
    process.executableURL = Self.program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    return process
  }
}

/// `usher serve`, running.
public final class RunningUsher: @unchecked Sendable {
  // Sendable is right because `process` is only started, signalled and awaited, each of which Foundation locks.
  private let process: Process
  private let log = Lock<Data>(Data())
  private let ended = Semaphore()
  public let port: UInt16

  init(_ process: Process) throws {
    self.process = process
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    var text = ""
    while !text.contains("\n") {
      let chunk = output.nextData()
      if chunk.isEmpty { break }
      text += String(decoding: chunk, as: UTF8.self)
    }
    guard let line = text.split(separator: "\n").first, line.hasPrefix("listening on http://"),
      let port = line.split(separator: ":").last.flatMap({ UInt16($0) })
    else {
      let said = String(decoding: errors.allData(), as: UTF8.self)
      throw LoopbackError(text: "usher did not start: \(text)\(said)")
    }
    self.port = port
    log.withLock { $0 = Data(text.utf8) }
    for pipe in [output, errors] {
      Thread.start("log") { [log, ended] in
        while case let chunk = pipe.nextData(), !chunk.isEmpty { log.withLock { $0.append(chunk) } }
        ended.signal()
      }
    }
  }

  /// Everything that the program wrote so far, its log among it; all of it once `stop` has returned.
  public var logText: String { String(decoding: log.withLock { $0 }, as: UTF8.self) }
  public var processID: Int32 { process.processIdentifier }
  public var isRunning: Bool { process.isRunning }

  /// Processor time that it used so far, with what it did for the system. 0 once it has ended.
  public var processorSeconds: Double {
    let stat = (try? String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8)) ?? ""
    // The name of the program, in parentheses, may have spaces; user and system time are 12 and 13 after it.
    let fields = stat.drop { $0 != ")" }.split(separator: " ")
    guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13]) else { return 0 }
    return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  /// The memory that it has for itself: without the files that it looks into. 0 once it has ended.
  public var ownMegabytes: Double {
    let status = (try? String(contentsOfFile: "/proc/\(processID)/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") }
    return (line?.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0) / 1000
  }

  public func client() throws -> LoopbackClient { try LoopbackClient(port: port) }

  /// Sends SIGTERM and waits for the end of the program and of its output; gives the exit status.
  @discardableResult
  public func stop() -> Int32 {
    if process.isRunning { process.terminate() }
    process.waitUntilExit()
    for _ in 0..<2 { ended.wait() }
    // For the next one who asks.
    for _ in 0..<2 { ended.signal() }
    return process.terminationStatus
  }

  deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
}

extension Pipe {
  /// What comes next; empty at the end. Unlike `FileHandle` it does not trap when a signal interrupts the read.
  public func nextData() -> Data {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(fileHandleForReading.fileDescriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      return Data(chunk.prefix(max(0, count)))
    }
  }

  /// Everything up to the end.
  public func allData() -> Data {
    var data = Data()
    while case let chunk = nextData(), !chunk.isEmpty { data += chunk }
    return data
  }
}
