import UsherKit

/// The fields of Kodi's NFO files, old and new spellings, one by one.
struct NFOFields {
  let element: NFOElement

  init(_ element: NFOElement) { self.element = element }

  /// The text of the first field of that name; nil when there is none or it is empty.
  func text(_ name: String) -> String? {
    element.first(name).map(\.text).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// A whole number from 0 on.
  func integer(_ name: String) -> Int? {
    text(name).flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil }
  }

  func date(_ name: String) -> CalendarDate? { text(name).flatMap { CalendarDate($0) } }

  /// All values of that name; one field may hold several with " / " between them.
  func list(_ name: String) -> [String] {
    var seen: Set<String> = []
    return element.all(name).flatMap { Self.parts($0.text) }.filter { seen.insert($0).inserted }
  }

  /// Milliseconds; the file says minutes, sometimes with a word behind the number.
  var duration: Int? {
    guard let digits = text("runtime")?.prefix(while: { $0.isASCII && $0.isNumber }), let minutes = Int(digits),
      (1...10_000).contains(minutes)
    else { return nil }
    return minutes * 60_000
  }

  var countries: [String] {
    let names = ["US": "United States", "USA": "United States", "UK": "United Kingdom", "GB": "United Kingdom"]
    return list("country").map { names[$0] ?? $0 }
  }

  /// `<set><name>…</name><overview>…</overview></set>`, or the name alone.
  var collections: [CollectionReference] {
    element.all("set").compactMap { set in
      let fields = NFOFields(set)
      guard let name = fields.text("name") ?? (set.text.isEmpty ? nil : set.text) else { return nil }
      let number = set.attributes["tmdbcolid"].flatMap { Int($0) }
      let id = number.map { "tmdb-\($0)" } ?? PathHash.hex(of: name.lowercased())
      return CollectionReference(id: id, title: name, summary: fields.text("overview"))
    }
  }

  /// Actors in their order, then directors, writers and producers.
  var credits: [Credit] {
    let actors = element.all("actor").enumerated().compactMap { place, actor -> (order: Int, credit: Credit)? in
      let fields = NFOFields(actor)
      guard let name = fields.text("name") else { return nil }
      let picture = fields.text("thumb").flatMap(PublicAddress.checked)
      let order = fields.integer("order") ?? place
      return (order, Credit(name: name, job: .actor, role: fields.text("role"), picture: picture, order: order))
    }
    let sorted = actors.enumerated().sorted { ($0.element.order, $0.offset) < ($1.element.order, $1.offset) }
    let crew: [(field: String, job: Credit.Job)] = [
      ("director", .director), ("credits", .writer), ("writer", .writer), ("producer", .producer),
    ]
    let others = crew.flatMap { field, job in list(field).map { Credit(name: $0, job: job) } }
    var seen: Set<Credit> = []
    return sorted.map(\.element.credit) + others.filter { seen.insert($0).inserted }
  }

  private static func parts(_ text: String) -> [String] {
    text.split(separator: " / ").map(\.trimmed).filter { !$0.isEmpty }
  }
}

extension NFOFields {
  /// `<mpaa>` and `<certification>`: "Rated PG-13", "US:R / Germany:16". Without a country it is the United States'.
  var contentRatings: [ContentRating] {
    var ratings: [ContentRating] = []
    for text in list("mpaa") + list("certification") {
      let halves = text.split(separator: ":", maxSplits: 1).map(\.trimmed)
      let country = halves.count == 2 ? Self.country(halves[0]) : "US"
      var rating = halves.last ?? ""
      if rating.lowercased().hasPrefix("rated ") { rating = rating.dropFirst(6).trimmed }
      guard let country, !rating.isEmpty, rating.utf8.count <= 20 else { continue }
      if !ratings.contains(where: { $0.country == country }) {
        ratings.append(ContentRating(country: country, rating: rating))
      }
    }
    return ratings
  }

  private static func country(_ text: String) -> String? {
    if text.utf8.count == 2, text.utf8.allSatisfy({ (0x41...0x5A).contains($0 & 0xDF) }) { return text.uppercased() }
    return countryCodes[text.lowercased()]
  }

  private static let countryCodes = [
    "usa": "US", "united states": "US", "united kingdom": "GB", "germany": "DE", "france": "FR", "italy": "IT",
    "spain": "ES", "netherlands": "NL", "sweden": "SE", "norway": "NO", "denmark": "DK", "finland": "FI",
    "australia": "AU", "canada": "CA", "japan": "JP", "brazil": "BR", "ireland": "IE", "switzerland": "CH",
  ]

  /// `<ratings><rating name max>`, or the `<rating>` and `<votes>` of old files, whose origin nobody knows.
  var ratings: [Rating] {
    let named = (element.first("ratings")?.all("rating") ?? []).compactMap { rating -> Rating? in
      let fields = NFOFields(rating)
      let name = (rating.attributes["name"] ?? "").lowercased()
      let origin = Self.origins[name] ?? (name.isEmpty ? LocalSource.id : name)
      let scale = rating.attributes["max"].flatMap { Double($0) } ?? 10
      return Self.rating(
        fields.text("value"), of: scale, votes: fields.text("votes"), origin, Self.critics.contains(name))
    }
    if !named.isEmpty { return named }
    let old = element.first("rating")
    let scale = old?.attributes["max"].flatMap { Double($0) } ?? 10
    return Self.rating(old?.text, of: scale, votes: text("votes"), LocalSource.id, false).map { [$0] } ?? []
  }

  private static func rating(_ text: String?, of scale: Double, votes: String?, _ origin: String, _ isCritic: Bool)
    -> Rating?
  {
    guard let value = text.flatMap({ Double($0.replacing(",", with: ".")) }), scale.isFinite, scale > 0, value > 0,
      value <= scale
    else { return nil }
    let count = votes.flatMap { Int($0.filter(\.isNumber)) }
    // To two digits: 63 of 100 is 6.3, not 6.300000000000001.
    let rounded = (value / scale * 1000).rounded() / 100
    return Rating(origin: origin, isCritic: isCritic, value: rounded, votes: count)
  }

  private static let critics: Set<String> = ["tomatometerallcritics", "tomatometeravgcritics", "metacritic"]
  private static let origins = [
    "themoviedb": "tmdb", "thetvdb": "tvdb", "default": LocalSource.id, "tomatometerallcritics": "rottentomatoes",
    "tomatometeravgcritics": "rottentomatoes", "tomatometerallaudience": "rottentomatoes",
    "tomatometeravgaudience": "rottentomatoes",
  ]

  /// `<thumb aspect>` and `<fanart>`; addresses that only this machine can reach are left out.
  func artwork(_ root: NFOItem.Root) -> [Artwork] {
    let plain: Artwork.Form = root == .episode ? .snapshot : .coverPoster
    let thumbs = element.all("thumb").filter { $0.attributes["type"] != "season" }.compactMap { thumb -> Artwork? in
      let aspect = thumb.attributes["aspect"]?.lowercased() ?? ""
      return Self.artwork(thumb, aspect.isEmpty || aspect == "thumb" ? plain : Self.forms[aspect])
    }
    let wide = element.all("fanart").flatMap { fanart in
      fanart.all("thumb").compactMap { Self.artwork($0, .background, base: fanart.attributes["url"] ?? "") }
    }
    var seen: Set<String> = []
    return (thumbs.filter { $0.form != .background } + wide + thumbs.filter { $0.form == .background })
      .filter { seen.insert($0.form.rawValue + $0.url).inserted }
  }

  /// A show's `<thumb type="season" season="1">`.
  var seasonArtwork: [Int: [Artwork]] {
    var artwork: [Int: [Artwork]] = [:]
    for thumb in element.all("thumb") where thumb.attributes["type"] == "season" {
      guard let number = thumb.attributes["season"].flatMap({ Int($0) }), number >= 0 else { continue }
      let aspect = thumb.attributes["aspect"]?.lowercased() ?? ""
      let picture = Self.artwork(thumb, aspect.isEmpty ? .coverPoster : Self.forms[aspect])
      artwork[number, default: []] += picture.map { [$0] } ?? []
    }
    return artwork
  }

  /// A show's `<namedseason number="1">`.
  var seasonNames: [Int: String] {
    let named = element.all("namedseason").compactMap { season -> (Int, String)? in
      guard let number = season.attributes["number"].flatMap({ Int($0) }), !season.text.isEmpty else { return nil }
      return (number, season.text)
    }
    return Dictionary(named, uniquingKeysWith: { first, _ in first })
  }

  private static func artwork(_ thumb: NFOElement, _ form: Artwork.Form?, base: String = "") -> Artwork? {
    guard let form, let url = PublicAddress.checked(base + thumb.text) else { return nil }
    return Artwork(form: form, url: url)
  }

  private static let forms: [String: Artwork.Form] = [
    "poster": .coverPoster, "landscape": .background, "fanart": .background, "clearlogo": .clearLogo,
    "logo": .clearLogo, "banner": .banner,
  ]
}
