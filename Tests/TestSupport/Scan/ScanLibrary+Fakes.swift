extension FakeTMDB {
  /// A TMDB that knows this library.
  public convenience init(_ library: ScanLibrary) {
    self.init(works: library.shows.map(\.tmdb) + library.films.map(\.tmdb))
  }
}

extension FakeTVmaze {
  /// A TVmaze that knows the shows of this library, by the same ids of other services as TMDB has.
  public convenience init(_ library: ScanLibrary) { self.init(shows: library.shows.map(\.tvmaze)) }
}

extension ScanLibrary.Show {
  private var imdb: String { "tt9\(1_000_000 + number)" }
  private var tvdb: Int { 700_000 + number }
  private var summary: String { "How it went with \(title), told by those who were there and by those who were not." }

  fileprivate var tmdb: FakeTMDBWork {
    var work = FakeTMDBWork(id: 100_000 + number, isMovie: false, originalTitle: title)
    work.describe(title, summary, year: year)
    work.lastDate = "\(year + episodes.count - 1)-12-01"
    work.imdb = imdb
    work.tvdb = tvdb
    work.networks = ["North Coast Television"]
    work.ratings = [("US", "TV-14"), ("DE", "12")]
    for (offset, count) in episodes.enumerated() {
      work.addSeason(offset + 1, episodes: count, year: year + offset, name: "Season \(offset + 1)")
    }
    return work
  }

  fileprivate var tvmaze: FakeTVmazeShow {
    var show = FakeTVmazeShow(id: 20_000 + number, name: title)
    show.genres = ["Drama", "Mystery"]
    show.runtime = 45
    show.premiered = "\(year)-01-05"
    show.network = "North Coast Television"
    show.imdb = imdb
    show.tvdb = tvdb
    show.summary = "<p>\(summary)</p>"
    show.cast = (1...8).map { FakeTVmazeShow.Person(id: $0, name: "Player \($0)", part: "Person \($0)") }
    show.images = [("poster", true, "main-\(number)"), ("background", true, "wide-\(number)")]
    show.addSeasons(episodes.enumerated().map { ($0.offset + 1, $0.element) }, firstID: number * 1000 + 1, year: year)
    return show
  }
}

extension ScanLibrary.Film {
  fileprivate var tmdb: FakeTMDBWork {
    var work = FakeTMDBWork(id: 500_000 + number, isMovie: true, originalTitle: title)
    work.describe(title, "All that \(title) was about, in one film.", year: year)
    work.imdb = "tt8\(1_000_000 + number)"
    work.runtime = 90 + number % 60
    work.releases = [FakeTMDBWork.Release(country: "US", type: 3, date: "\(year)-05-20", certification: "PG-13")]
    return work
  }
}

extension FakeTMDBWork {
  /// What shows and films have alike.
  fileprivate mutating func describe(_ title: String, _ summary: String, year: Int) {
    translations = [Translation(language: "en", region: "US", title: title, overview: summary)]
    date = "\(year)-01-01"
    popularity = 5
    vote = 7.5
    votes = 90
    genres = ["Drama", "Mystery"]
    companies = ["Lamp Pictures"]
    countries = ["United States of America"]
    cast = (1...8).map { Person(id: $0, name: "Player \($0)", parts: ["Person \($0)"], episodes: 30) }
    crew = [Person(id: 12, name: "Fay Wren", parts: ["Director"], episodes: 2)]
    posters = (1...3).map { Picture(path: "/poster-\(id)-\($0).jpg", language: "en") }
    backdrops = [Picture(path: "/wide-\(id).jpg", width: 3840)]
    logos = [Picture(path: "/logo-\(id).png", language: "en")]
  }
}
