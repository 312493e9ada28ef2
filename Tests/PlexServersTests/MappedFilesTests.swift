import PlexCatalogue
import PlexPaths
import PlexServers
import Testing
import UsherKit

/// Where the file of a match lies on this machine.
@Suite struct MappedFilesTests {
  private let folder: ScratchFolder
  private let catalogue: Catalogue
  private let files: MappedFiles

  init() throws {
    folder = try ScratchFolder()
    files = MappedFiles(folder: folder.path)
    catalogue = try Catalogue(folder: folder.path)
    var tv = PlexLibrary()
    (tv.key, tv.uuid, tv.type, tv.title, tv.roots) = ("1", "u-tv", "show", "TV", ["/media/tv", "/media/more/tv"])
    var films = PlexLibrary()
    (films.key, films.uuid, films.type, films.title, films.roots) = ("2", "u-films", "movie", "Films", ["D:\\Films"])
    _ = try catalogue.keep([tv, films], of: "one")
  }

  private func rule(_ prefix: String, _ local: String, library: String? = nil, server: String = "one") throws {
    try catalogue.add(PathRule(server: server, library: library, prefix: prefix, local: local))
  }

  @Test(arguments: [
    ("/media/tv/A/a.mkv", ["/mnt/tv/A/a.mkv"]), ("A/a.mkv", ["/mnt/tv/A/a.mkv", "/mnt/disk2/tv/A/a.mkv"]),
    ("/A/a.mkv", ["/mnt/tv/A/a.mkv", "/mnt/disk2/tv/A/a.mkv"]), ("/media/tv2/a.mkv", ["/mnt/tv/media/tv2/a.mkv"]),
    ("/media/tv/../x.mkv", []), ("../x.mkv", []), ("", []),
  ])
  func aFileLiesWhereTheRulesSay(name: String, paths: [String]) throws {
    try rule("/media/tv", "/mnt/tv")
    try rule("/media/more", "/mnt/disk2")
    let found = files.places(of: name).map(\.path)
    #expect(Array(found.prefix(paths.count)) == paths && (!paths.isEmpty || found.isEmpty), "\(found)")
  }

  @Test(arguments: ["D:\\Films\\B\\b.mkv", "d:/films/B/b.mkv", "B\\b.mkv"])
  func windowsPathsAreUnderstood(name: String) throws {
    try rule("D:\\Films", "/mnt/films")
    #expect(files.places(of: name).map(\.path).contains("/mnt/films/B/b.mkv"), "\(files.places(of: name))")
    #expect(files.places(of: name).allSatisfy { $0.folder == "/mnt/films" })
  }

  @Test func aShareAndARuleOfOneLibraryAreUnderstood() throws {
    try rule("\\\\nas\\tv", "/mnt/nas", library: "u-tv", server: "one")
    #expect(files.places(of: "\\\\NAS\\tv\\A\\a.mkv").map(\.path).first == "/mnt/nas/A/a.mkv")
  }

  @Test func whatACommandChangesCountsAtOnce() throws {
    #expect(files.places(of: "A/a.mkv") == [])
    try rule("/media/tv", "/mnt/tv")
    #expect(files.places(of: "A/a.mkv") == [LocalFile(folder: "/mnt/tv", path: "/mnt/tv/A/a.mkv")])
    _ = try catalogue.removePathRules(server: "one", prefix: "/media/tv")
    #expect(files.places(of: "A/a.mkv") == [])
  }

  @Test func withoutACatalogueThereIsNothingAndNoneIsMade() throws {
    let empty = try ScratchFolder()
    #expect(MappedFiles(folder: empty.path).places(of: "/media/tv/a.mkv") == [])
    #expect(throws: PlexError.self) { try CatalogueDatabase(path: empty.path + "/none/plex.sqlite") }
  }
}
