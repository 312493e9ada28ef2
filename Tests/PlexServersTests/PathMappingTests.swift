import PlexCatalogue
import PlexPaths
import PlexServers
import Testing

/// Paths of servers on this machine.
@Suite struct PathMappingTests {
  private static let rules = [
    ("/media/tv", "/mnt/tv"), ("/media", "/mnt/all"), ("D:\\Media", "/mnt/windows"),
    ("\\\\nas\\share\\tv", "/mnt/share"),
    ("/srv/films", "E:\\Films"), ("/", "/mnt/root"),
  ].map { PathRule(server: "s", prefix: $0.0, local: $0.1) }

  @Test(arguments: [
    ("/media/tv/Show/a.mkv", "/mnt/tv/Show/a.mkv"), ("/media/tv2/Show/a.mkv", "/mnt/all/tv2/Show/a.mkv"),
    ("/media//tv/./a.mkv", "/mnt/tv/a.mkv"), ("/media/tv", "/mnt/tv"), ("/MEDIA/tv/a", "/mnt/root/MEDIA/tv/a"),
    ("d:\\media\\TV Shows\\Ä.mkv", "/mnt/windows/TV Shows/Ä.mkv"), ("D:/Media/x", "/mnt/windows/x"),
    ("\\\\NAS\\Share\\TV\\Show\\a.mkv", "/mnt/share/Show/a.mkv"), ("/srv/films/A/b.mkv", "E:\\Films\\A\\b.mkv"),
    ("/other/x", "/mnt/root/other/x"), ("/media/tv/a\\b.mkv", "/mnt/tv/a\\b.mkv"),
  ]) func theLongestPrefixBySegmentsWins(_ path: String, _ expected: String) {
    guard case .mapped(let mapped, _) = PathMapping(Self.rules).map(path) else {
      Issue.record("'\(path)' was not mapped")
      return
    }
    #expect(mapped == expected)
  }

  @Test(arguments: ["relative/x", "/media/tv/../../etc/passwd", "C:\\x", "\\\\nas\\other\\x", ""])
  func whatNoRuleFitsStaysAsItIs(_ path: String) {
    let rules = Self.rules.filter { $0.prefix != "/" }
    #expect(PathMapping(rules).map(path) == .unmapped(path))
  }

  @Test func aLibrarysOwnRuleComesFirst() {
    let rules = [
      PathRule(server: "s", prefix: "/media", local: "/a"),
      PathRule(server: "s", library: "u", prefix: "/media", local: "/b"),
    ]
    #expect(PathMapping(rules).map("/media/x", library: "u").path == "/b/x")
    #expect(PathMapping(rules).map("/media/x", library: "v").path == "/a/x")
  }

  @Test func decomposedLettersOfAMacAreTheSame() {
    let rules = [PathRule(server: "s", prefix: "/media/Caf\u{e9}", local: "/x")]
    #expect(PathMapping(rules).map("/media/Cafe\u{301}/a.mkv").path == "/x/a.mkv")
  }

  @Test func rulesAreKeptPerServer() throws {
    let folder = try ScratchFolder()
    let catalogue = try Catalogue(folder: folder.path)
    try catalogue.add(PathRule(server: "one", prefix: "/media", local: "/a"))
    try catalogue.add(PathRule(server: "one", prefix: "/media", local: "/b"))
    try catalogue.add(PathRule(server: "two", prefix: "/media", local: "/c"))
    #expect(try catalogue.pathRules(server: "one").map(\.local) == ["/b"])
    #expect(throws: PlexError.self) { try catalogue.add(PathRule(server: "one", prefix: "media", local: "/a")) }
    #expect(try catalogue.removePathRules(server: "one", prefix: "/media") == 1)
    #expect(try catalogue.pathRules().map(\.server) == ["two"])
  }
}
