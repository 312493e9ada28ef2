extension FakeTMDBWork {
  /// Everything that a movie can have.
  static let glassOrchard: FakeTMDBWork = {
    var movie = FakeTMDBWork(id: 600, isMovie: true, originalTitle: "The Glass Orchard")
    movie.translations = [
      Translation(
        language: "en", region: "US", title: "The Glass Orchard", overview: "A gardener grows glass.",
        tagline: "Mind the fruit."),
      Translation(language: "de", region: "DE", title: "Der gläserne Garten", overview: "Ein Gärtner zieht Glas."),
    ]
    movie.alternativeTitles = [("FR", "Le Verger de verre")]
    movie.date = "2011-05-20"
    movie.popularity = 33
    movie.vote = 7.25
    movie.votes = 1200
    movie.imdb = "tt99000600"
    movie.genres = ["Drama", "Fantasy"]
    movie.companies = ["Orchard Films", "Pane"]
    movie.countries = ["Germany", "France"]
    movie.runtime = 121
    movie.collection = (77, "The Orchard Collection")
    movie.cast = [
      Person(id: 21, name: "Hal Iver", parts: ["The Gardener"]), Person(id: 22, name: "June Kerr", parts: ["Mara"]),
    ]
    movie.crew = [
      Person(id: 23, name: "Lena Moor", parts: ["Director"]), Person(id: 23, name: "Lena Moor", parts: ["Screenplay"]),
      Person(id: 24, name: "Nils Orr", parts: ["Novel"]), Person(id: 24, name: "Nils Orr", parts: ["Screenplay"]),
      Person(id: 25, name: "Ove Pratt", parts: ["Producer"]), Person(id: 26, name: "Pia Quist", parts: ["Editor"]),
    ]
    movie.posters = [
      Picture(path: "/orchard-en.jpg", language: "en"), Picture(path: "/orchard-de.jpg", language: "de"),
    ]
    movie.backdrops = [Picture(path: "/glass.jpg"), Picture(path: "/glass-de.jpg", language: "de")]
    movie.logos = [Picture(path: "/glass.png", language: "en")]
    movie.releases = [
      Release(country: "FR", type: 1, date: "2011-05-14"),
      Release(country: "US", type: 2, date: "2011-05-20", certification: "R"),
      Release(country: "US", type: 3, date: "2011-06-10", certification: "PG-13"),
      Release(country: "DE", type: 5, date: "2012-01-15", certification: "16"),
      Release(country: "DE", type: 3, date: "2011-09-01", certification: "12"),
      Release(country: "DE", type: 3, date: "2021-09-01", certification: "12"),
      Release(country: "GB", type: 5, date: "2013-01-01", certification: "15"),
    ]
    movie.recommendations = [601, 603, 4100]
    return movie
  }()

  static let olderGlassOrchard: FakeTMDBWork = {
    var movie = FakeTMDBWork(id: 601, isMovie: true, originalTitle: "The Glass Orchard")
    movie.translations = [Translation(language: "en", region: "US", title: "The Glass Orchard")]
    movie.date = "1974-10-02"
    movie.popularity = 3
    return movie
  }()

  /// Was in no cinema.
  static let streamed: FakeTMDBWork = {
    var movie = FakeTMDBWork(id: 602, isMovie: true, originalTitle: "Signal Fire")
    movie.translations = [Translation(language: "en", region: "US", title: "Signal Fire")]
    movie.date = "2020-02-01"
    movie.imdb = "tt99000602"
    movie.releases = [
      Release(country: "US", type: 4, date: "2020-02-01"), Release(country: "DE", type: 4, date: "2020-03-05"),
      Release(country: "GB", type: 6, date: "2022-03-05", certification: "U"),
    ]
    return movie
  }()

  static let closedDoors: FakeTMDBWork = {
    var movie = FakeTMDBWork(id: 603, isMovie: true, originalTitle: "Closed Doors")
    movie.translations = [Translation(language: "en", region: "US", title: "Closed Doors")]
    movie.isAdult = true
    movie.date = "2009-01-01"
    return movie
  }()

  /// Nothing is known but the title.
  static let bare: FakeTMDBWork = {
    var movie = FakeTMDBWork(id: 604, isMovie: true, originalTitle: "Untold")
    movie.genres = []
    return movie
  }()

  /// Its number is that of nothing else, its words are those of another.
  static let secondOrchard: FakeTMDBWork = {
    var movie = FakeTMDBWork(id: 605, isMovie: true, originalTitle: "Orchard of Stone")
    movie.translations = [Translation(language: "en", region: "US", title: "Orchard of Stone")]
    movie.date = "1999-01-01"
    return movie
  }()
}
