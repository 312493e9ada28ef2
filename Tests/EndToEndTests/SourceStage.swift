import Foundation
import TestSupport
import Testing

/// The built program with one source of its own, which asks a fake service over real HTTP.
final class SourceStage {
  /// What a scan saw, and what it cost the service.
  struct Outcome {
    var scan: ScriptedPlex.Scan
    /// The requests to the service.
    var calls: [Call]
  }

  /// A request to the service.
  struct Call: CustomStringConvertible {
    /// With the method: `GET /shows/1`.
    var path: String
    var query: String
    var description: String { query.isEmpty ? path : "\(path)?\(query)" }

    init(_ request: LoopbackRequest) {
      path = "\(request.method) \(request.path)"
      query = request.query
    }
  }

  let server: LoopbackServer
  let usher: UsherProgram
  private let isAdult: Bool
  private let secrets: () -> [String]

  /// `settings` are those of plugins.json beside `baseURL`, which ends with `path`. `secrets` gives what must never be
  /// seen, also what the fake gave out meanwhile. `answer` is the fake service.
  init(
    _ source: String, path: String = "", settings: [String: String], adult: Bool = false, mediaFolders: [String] = [],
    secrets: @escaping () -> [String], _ answer: @escaping @Sendable (LoopbackRequest) -> LoopbackReply
  ) throws {
    server = try LoopbackServer(answer)
    isAdult = adult
    self.secrets = secrets
    usher = try UsherProgram(
      configuration: Configurations.source(
        source, settings: settings.merging(["baseURL": server.url + path]) { own, _ in own }, adult: adult,
        mediaFolders: mediaFolders))
  }

  deinit { server.stop() }

  func plex(_ running: RunningUsher, _ root: String) throws -> ScriptedPlex {
    try ScriptedPlex(
      port: running.port, root: root,
      identifier: root == "/tv" ? Configurations.tvIdentifier : Configurations.movieIdentifier, includesAdult: isAdult)
  }

  /// Scans twice at `root`: the second time must see the same and ask nobody. Then lets the program fail in some ways,
  /// and looks for secrets in all that it said and kept. Gives the first scan.
  func scanTwice(_ root: String, _ scan: (ScriptedPlex) throws -> ScriptedPlex.Scan) throws -> Outcome {
    let running = try usher.serve()
    let first = try scan(plex(running, root))
    let calls = server.requests.map(Call.init)
    let second = try scan(plex(running, root))
    #expect(first.problems == [])
    #expect(second == first)
    #expect(server.requests.count == calls.count, "\(server.requests.dropFirst(calls.count).map(Call.init))")
    try lookForSecrets(running, root)
    return Outcome(scan: first, calls: calls)
  }

  /// Ends the program. Nothing that it wrote, answered or kept may have a secret in it.
  func lookForSecrets(_ running: RunningUsher, _ root: String) throws {
    let client = try running.client()
    server.stop()
    let (type, guid) = root == "/tv" ? (2, "tvdb://99999999") : (1, "imdb://tt99999999")
    let hints = #"{"type":\#(type),"title":"Some Unseen Work","year":1931,"guid":"\#(guid)","includeAdult":1}"#
    var said = [try client.send("POST", root + "/library/metadata/matches", body: Array(hints.utf8))]
    #expect((500...599).contains(said[0].status), "\(said[0].text)")
    for path in ["/", "/health", "/metrics", root, root + "/library/metadata/none-movie-1"] {
      said.append(try client.send("GET", path))
    }
    var kept = try dataFiles()
    #expect(kept.contains { $0.name.hasSuffix("-wal") }, "\(kept.map(\.name))")
    #expect(running.stop() == 0)
    kept += try dataFiles()
    let secrets = secrets()
    #expect(!secrets.isEmpty && secrets.allSatisfy { $0.count >= 8 })
    for secret in secrets {
      for answer in said { #expect(!answer.text.contains(secret), "\(answer.text)") }
      #expect(!running.logText.contains(secret), "the log has a secret")
      for file in kept {
        #expect(file.bytes.range(of: Data(secret.utf8)) == nil, "\(file.name) has a secret")
      }
    }
  }

  private func dataFiles() throws -> [(name: String, bytes: Data)] {
    let folder = usher.folder.appendingPathComponent("data")
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    return names.compactMap { name in
      (try? Data(contentsOf: folder.appendingPathComponent(name))).map { (name, $0) }
    }
  }
}
