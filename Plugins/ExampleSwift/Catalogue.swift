import UsherKit

/// A work of the built-in catalogue: a film, or a serial whose chapters count as one season.
struct Work {
  var kind = MediaKind.movie
  var key: String
  var title: String
  var originalTitle: String?
  var year: Int
  var released: String?
  var director: String
  var country: String
  var genres: [String]
  var imdb: String
  var episodes: [String] = []
}

let catalogue = [
  Work(
    key: "trip", title: "A Trip to the Moon", originalTitle: "Le Voyage dans la Lune", year: 1902,
    director: "Georges Méliès", country: "France", genres: ["Science Fiction", "Fantasy"], imdb: "tt0000417"),
  Work(
    key: "robbery", title: "The Great Train Robbery", year: 1903, director: "Edwin S. Porter",
    country: "United States", genres: ["Western"], imdb: "tt0000439"),
  Work(
    key: "caligari", title: "The Cabinet of Dr. Caligari", originalTitle: "Das Cabinet des Dr. Caligari", year: 1920,
    released: "1920-02-26", director: "Robert Wiene", country: "Germany", genres: ["Horror"], imdb: "tt0010323"),
  Work(
    key: "nosferatu", title: "Nosferatu", originalTitle: "Nosferatu, eine Symphonie des Grauens", year: 1922,
    released: "1922-03-04", director: "F. W. Murnau", country: "Germany", genres: ["Horror"], imdb: "tt0013442"),
  Work(
    kind: .show, key: "vampires", title: "Les Vampires", year: 1915, released: "1915-11-13",
    director: "Louis Feuillade", country: "France", genres: ["Crime", "Thriller"], imdb: "tt0006206",
    episodes: [
      "La Tête coupée", "La Bague qui tue", "Le Cryptogramme rouge", "Le Spectre", "L'Évasion du mort",
      "Les Yeux qui fascinent", "Satanas", "Le Maître de la foudre", "L'Homme des poisons", "Les Noces sanglantes",
    ]),
]
