import MetadataModel
import Naming
import Testing

/// What a file's name adds to a request, and what it never touches.
@Suite struct NameHintsTests {
  private let hints = NameHints()

  private func provider(_ kind: MediaKind, adult: Bool = false) -> Provider {
    Provider(
      name: "main", path: "/main", kind: kind, title: "Main", identifier: "org.example.main", adult: adult,
      version: "1")
  }

  private func film(_ title: String?, _ file: String, year: Int? = nil) -> MatchRequest {
    var request = MatchRequest(kind: .movie)
    request.title = title
    request.year = year
    request.file = file
    return hints.complete(request, of: provider(.movie))
  }

  private func episode(_ file: String, _ change: (inout MatchRequest) -> Void = { _ in }) -> MatchRequest {
    var request = MatchRequest(kind: .episode)
    request.showTitle = "Harbour Lights"
    request.file = file
    change(&request)
    return hints.complete(request, of: provider(.show))
  }

  @Test func aRequestWithoutAFileStaysAsItIs() {
    var request = MatchRequest(kind: .movie)
    request.title = "Paper Lantern"
    #expect(hints.complete(request, of: provider(.movie)) == request)
    request.file = ""
    #expect(hints.complete(request, of: provider(.movie)) == request)
    request.file = "..."
    #expect(hints.complete(request, of: provider(.movie)) == request)
  }

  @Test func theNameFillsTheYearThatTheServerLeftOut() {
    #expect(film("Paper Lantern", "Paper Lantern (2010).mkv").year == 2010)
    #expect(film("Paper Lantern", "Paper Lantern (2010).mkv", year: 1999).year == 1999)
  }

  @Test func idsInTheNameAreAddedToThoseOfTheServer() {
    let file = "Paper Lantern (2010) {tmdb-12} {imdb-tt0012345}/Paper Lantern.mkv"
    #expect(film("Paper Lantern", file).externalIDs == ["tmdb": "12", "imdb": "tt0012345"])
    var request = MatchRequest(kind: .movie)
    request.externalIDs = ["tmdb": "99"]
    request.file = file
    let completed = hints.complete(request, of: provider(.movie))
    #expect(completed.externalIDs == ["tmdb": "99", "imdb": "tt0012345"])
  }

  @Test func theIDOfAnEpisodesFolderIsTheShows() {
    let request = episode("Harbour Lights {tvdb-77}/Season 1/Harbour Lights S01E02.mkv")
    #expect(request.externalIDs == nil)
    #expect(request.parsedName?.ids == ["tvdb": "77"])
  }

  @Test func otherTitlesComeInOrderAndWithoutTheServersOwn() {
    let request = film("paper lantern", "Paper Lantern AKA Papierlaterne (2010).mkv")
    #expect(request.title == "paper lantern")
    #expect(request.alternativeTitles?.first == "Papierlaterne")
    #expect(request.alternativeTitles?.count ?? 0 <= 2)
    #expect(
      film("Something Else", "Paper Lantern AKA Papierlaterne (2010).mkv").alternativeTitles?.first == "Paper Lantern")
    #expect(film("Paper Lantern", "Paper Lantern (2010).mkv").alternativeTitles == nil)
  }

  @Test func seasonAndEpisodeFillOnlyWhatTheServerLeftOut() {
    let file = "Harbour Lights/Season 2/Harbour Lights S02E05.mkv"
    let filled = episode(file)
    #expect(filled.season == 2 && filled.episode == 5)
    let sent = episode(file) {
      $0.season = 3
      $0.episode = 7
    }
    #expect(sent.season == 3 && sent.episode == 7)
    let dated = episode(file) { $0.date = CalendarDate("2024-01-15") }
    #expect(dated.episode == nil && dated.season == nil)
    let seasoned = episode(file) { $0.season = 4 }
    #expect(seasoned.season == 4 && seasoned.episode == 5)
  }

  @Test func anEpisodeWithoutASeasonIsOfTheFirst() {
    let request = episode("Harbour Lights E05.mkv")
    #expect(request.season == 1 && request.episode == 5)
  }

  @Test func aDayFillsOnlyWhereNoNumberIsKnown() {
    #expect(episode("Harbour Lights - 2024-01-15.mkv").date == CalendarDate("2024-01-15"))
    let numbered = episode("Harbour Lights - 2024-01-15.mkv") { $0.episode = 3 }
    #expect(numbered.date == nil && numbered.episode == 3)
    let both = episode("Harbour.Lights.S01E02.2024.01.15.mkv")
    #expect(both.episode == 2 && both.date == nil)
  }

  @Test func anAbsoluteNumberIsToldButIsNoEpisodeOfASeason() {
    let request = episode("[Group] Harbour Lights - 105 [1080p].mkv")
    #expect(request.episode == nil && request.season == nil)
    #expect(request.parsedName?.absolute == [105])
  }

  @Test func aSeasonTakesItsNumberFromItsFolder() {
    var request = MatchRequest(kind: .season)
    request.showTitle = "Harbour Lights"
    request.file = "Harbour Lights/Season 3/Harbour Lights S03E01.mkv"
    #expect(hints.complete(request, of: provider(.show)).season == 3)
    request.season = 1
    #expect(hints.complete(request, of: provider(.show)).season == 1)
  }

  @Test func onlyExplicitProvidersReadScenes() {
    var request = MatchRequest(kind: .episode)
    request.file = "LanternHouse - 2024-01-15 - Jane Doe - The Storm.mp4"
    let scene = hints.complete(request, of: provider(.show, adult: true))
    #expect(scene.parsedName?.site == "LanternHouse")
    #expect(scene.parsedName?.performers == ["Jane Doe"])
    #expect(hints.complete(request, of: provider(.show)).parsedName?.site == nil)
  }
}
