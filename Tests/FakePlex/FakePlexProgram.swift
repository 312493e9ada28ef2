import Foundation
import Support
import TestSupport

/// Serves the fake media server and the fake plex.tv, for clients that are not of this repository.
///
/// `fakeplex [--shows N] [--episodes N] [--movies N]` prints a line of JSON with URLs and tokens, and runs until its
/// standard input ends. Each line on it is an order: `grant` lets PINs sign in, `accept` accepts invitations, `touch N`
/// changes every N-th episode, `warm` makes every
/// row ready, `requests` counts the requests since `forget`.
@main
enum FakePlexProgram {
  static func main() throws {
    let server = try FakePlexServer()
    let movies = number("--movies", 7)
    if movies > 0 { server.addMovies(movies, roots: ["/media/movies", "/media/movies2"]) }
    server.addShows(number("--shows", 5), episodes: number("--episodes", 70))
    let account = try FakePlexTV()
    account.add(server)
    account.add(.init(id: 2, username: "friend", email: "friend@example.org"))
    let line: [String: Any] = [
      "server": server.url, "token": server.ownerToken, "machineIdentifier": server.machineIdentifier,
      "plexTV": account.url, "accountToken": account.token,
    ]
    let data = try JSONSerialization.data(withJSONObject: line, options: [.sortedKeys, .withoutEscapingSlashes])
    say(String(decoding: data, as: UTF8.self))
    while let order = readLine() { obey(order.split(separator: " "), server, account) }
  }

  private static func obey(_ order: [Substring], _ server: FakePlexServer, _ account: FakePlexTV) {
    switch order.first {
    case "grant": account.grantPins()
    case "accept": account.acceptInvitations()
    case "touch":
      let step = order.dropFirst().first.flatMap { Int($0) } ?? 1000
      let keys = server.sections.flatMap { $0.keys[.episode] ?? [] }
      server.change(stride(from: 0, to: keys.count, by: step).map { keys[$0] }) { item in
        item.updatedAt = 1_700_005_000
        item.title += " (new)"
      }
    case "warm": server.prepareRows()
    case "requests": say(String(server.requests.count))
    case "forget": server.forgetRequests()
    default: break
    }
    say("done")
  }

  /// At once, though standard output may be a pipe.
  private static func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

  private static func number(_ option: String, _ standard: Int) -> Int {
    let arguments = CommandLine.arguments
    guard let place = arguments.firstIndex(of: option), place + 1 < arguments.count else { return standard }
    return Int(arguments[place + 1]) ?? standard
  }
}
