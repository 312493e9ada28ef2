import Foundation
import TestSupport
import Testing

/// The built program and its database, when that is damaged, taken or has no room.
@Suite(.serialized) @OwnThread struct StoreTests {
  private let usher: UsherProgram
  private let item = "/movie/library/metadata/local-movie-imdb-tt0013442"

  init() throws { usher = try UsherProgram(configuration: Configurations.demo) }

  @Test func aSecondHostOnTheSameFolderIsOneSentenceAndOne() throws {
    let running = try usher.serve()
    let outcome = try usher.run(["serve", "--listen", "127.0.0.1:0"])
    #expect(outcome.status == 1, "\(outcome)")
    #expect(outcome.errors.contains("in use by another host (process \(running.processID))"), "\(outcome)")
    #expect(outcome.errors.split(separator: "\n").filter { $0.hasPrefix("usher: ") }.count == 1)
    // A command is no host.
    #expect(try usher.run(["cache", "stats"]).status == 0)
    #expect(try running.client().send("GET", item).status == 200)
    running.stop()
    #expect(try usher.serve().stop() == 0)
  }

  /// What a host holds no command sets aside: `HostLockTests`.
  @Test(arguments: ["usher.sqlite", "works.sqlite"])
  func aHostHoldsItsFiles(name: String) throws {
    let running = try usher.serve()
    let path = usher.folder.appendingPathComponent("data/\(name).lock").path
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    defer { close(descriptor) }
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == -1 && errno == EWOULDBLOCK)
    running.stop()
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
  }

  @Test func aDamagedDatabaseIsSetAsideWithOneLine() throws {
    try usher.write(String(repeating: "this is no database ", count: 500), to: "data/usher.sqlite")
    let running = try usher.serve()
    #expect(try running.client().send("GET", item).status == 200)
    running.stop()
    let lines = running.logText.split(separator: "\n").filter { $0.contains(" error ") }
    // One for each of the two files.
    #expect((1...2).contains(lines.count), "\(lines)")
    #expect(lines.first?.contains("set aside; a new one is started") == true)
    let files = try FileManager.default.contentsOfDirectory(atPath: usher.folder.appendingPathComponent("data").path)
    #expect(files.contains { $0.hasPrefix("usher.sqlite.corrupt-") }, "\(files)")
  }

  @Test func cacheStatsTellsEntriesAndLookupsByEndpoint() throws {
    let running = try usher.serve()
    #expect(try running.client().send("GET", item).status == 200)
    running.stop()
    let outcome = try usher.run(["cache", "stats", "--json"])
    let report = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any] ?? [:]
    let rows = report["endpoints"] as? [[String: Any]] ?? []
    let row = try #require(rows.first { $0["space"] as? String == "local" }, "\(outcome)")
    for name in ["entries", "active", "misses", "bytes"] {
      #expect((row[name] as? Int ?? 0) > 0, "\(name): \(outcome)")
    }
    #expect(row["expired"] as? Int == 0)
    #expect(report["limitBytes"] as? Int == 2 << 30)
    let table = try usher.run(["cache", "stats"]).output
    for word in ["ENDPOINT", "ACTIVE", "EXPIRED", "HITS", "of at most 2147483648 bytes"] {
      #expect(table.contains(word), "\(word): \(table)")
    }
  }

  @Test(.enabled(if: SmallDisk.canMount)) func servingGoesOnFromMemoryWhenTheDiskIsFull() throws {
    let disk = try SmallDisk(megabytes: 4)
    let running = try usher.serve(["--data", disk.path])
    let client = try running.client()
    disk.fillUp()
    let asked = (0..<300).map { "Title Number \($0) of Three Hundred" }
    for _ in 0..<2 {
      for title in asked {
        let hints = #"{"type":1,"title":"\#(title)","year":1999}"#
        #expect(try client.send("POST", "/movie/library/metadata/matches", body: Array(hints.utf8)).status == 200)
      }
      #expect(try client.send("GET", item).status == 200)
    }
    #expect(try client.send("GET", "/health/ready").status == 200)
    disk.makeRoom()
    #expect(try client.send("GET", item + "/images").status == 200)
    #expect(running.stop() == 0)
    let lines = running.logText.split(separator: "\n").filter { $0.contains("disk is full") }
    // One for each of the two files.
    #expect((1...2).contains(lines.count), "\(lines)")
  }
}
