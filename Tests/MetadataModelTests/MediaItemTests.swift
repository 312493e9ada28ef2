import Foundation
import MetadataModel
import Testing

@Suite struct MediaItemTests {
  /// An item with something in every field.
  private func full() throws -> MediaItem {
    let show = try #require(ItemID("mine-show-1"))
    var item = MediaItem(id: try #require(ItemID("mine-episode-3")), title: "Titel")
    item.originalTitle = "Original"
    item.sortTitle = "Sort"
    item.alternativeTitles = ["Other", "Third"]
    item.summary = "Text / with \"quotes\" and 🎬"
    item.tagline = "Tag"
    item.released = CalendarDate("2021-03-14")
    item.ended = CalendarDate("2022-03-14")
    item.year = 2021
    item.duration = 2_700_000
    item.language = "de"
    item.contentRatings = [ContentRating(country: "us", rating: "TV-14")]
    item.isAdult = true
    item.genres = ["Drama", "Comedy"]
    item.credits = [Credit(name: "A", job: .actor, role: "B", picture: "http://127.0.0.1/a.jpg", order: 0)]
    item.studios = ["S"]
    item.networks = ["N"]
    item.countries = ["Germany"]
    item.ratings = [Rating(origin: "imdb", isCritic: true, value: 7.25, votes: 12)]
    item.artwork = [
      Artwork(form: .snapshot, url: "http://127.0.0.1/s.jpg", language: "de", width: 1, height: 2, score: 0.5)
    ]
    item.theme = "http://127.0.0.1/t.mp3"
    item.collections = [CollectionReference(id: "c1", title: "C", summary: "D", poster: "p", background: "b")]
    item.seasonOrders = [SeasonOrder(id: "mineDvd", tag: "DVD", title: "Mine (DVD)")]
    item.similar = [SimilarItem(id: show, title: "Like")]
    item.index = 0
    item.absoluteIndex = 33
    item.parent = Ancestor(
      id: try #require(ItemID("mine-season-2")), title: "Season 2", index: 2, poster: "p", background: "b")
    item.grandparent = Ancestor(id: show, title: "Show")
    item.externalIDs = ["imdb": "tt1"]
    item.page = "http://127.0.0.1/page"
    item.provenance = ["summary": [Origin(source: "tmdb", language: "de")]]
    return item
  }

  @Test func everyFieldComesThroughJSON() throws {
    let item = try full()
    let bytes = try JSONCoding.encode(item)
    #expect(try JSONCoding.decode(MediaItem.self, from: bytes) == item)
    // A field that is added to the type but not to its JSON is found here.
    let object = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    #expect(Set(object.keys) == Set(Mirror(reflecting: item).children.compactMap(\.label)))
  }

  @Test func whatIsNotKnownIsLeftOut() throws {
    let item = MediaItem(id: try #require(ItemID("mine-movie-1")), title: "T")
    #expect(try JSONCoding.encode(item) == Array(#"{"id":"mine-movie-1","title":"T"}"#.utf8))
  }

  @Test func missingNullAndUnknownMembersAreNotKnown() throws {
    let json = #"{"id":"mine-movie-1","title":"T","summary":null,"genres":null,"year":null,"isAdult":null,"later":{}}"#
    let item = try JSONCoding.decode(MediaItem.self, from: Array(json.utf8))
    #expect(item == MediaItem(id: try #require(ItemID("mine-movie-1")), title: "T"))
  }

  @Test func equalValuesGiveEqualBytes() throws {
    var first = try full()
    var second = try full()
    first.externalIDs = ["imdb": "tt1", "tvdb": "2", "tmdb": "3", "tvmaze": "4"]
    for (namespace, value) in first.externalIDs.sorted.reversed() { second.externalIDs[namespace] = value }
    #expect(first == second)
    #expect(try JSONCoding.encode(first) == JSONCoding.encode(second))
    #expect(!String(decoding: try JSONCoding.encode(first), as: UTF8.self).contains(#"\/"#))
  }

  @Test(arguments: [
    (#"{"title":"T"}"#, "the document: the member 'id' is missing"),
    (#"{"id":"mine-movie-1"}"#, "the document: the member 'title' is missing"),
    (#"{"id":"x","title":"T"}"#, "id: 'x' is not an item id of the form source-kind-value"),
    (#"{"id":"mine-movie-1","title":5}"#, "title: "),
    (#"{"id":"mine-movie-1","title":"T","year":"1999"}"#, "year: "),
    (#"{"id":"mine-movie-1","title":"T","genres":["a",5]}"#, "genres[1]: "),
    (#"{"id":"mine-movie-1","title":"T","released":"soon"}"#, "released: 'soon' is not a date YYYY-MM-DD"),
    (#"{"id":"mine-movie-1","title":"T","credits":[{"name":"A"}]}"#, "credits[0]: the member 'job' is missing"),
    (#"{"id":"mine-movie-1","title":"T","parent":{"id":"y","title":"T"}}"#, "parent.id: "),
    (#"{"id":"mine-movie-1","title":"T","externalIDs":{"imdb":5}}"#, "externalIDs.imdb: "),
    ("{", "the document: "), ("", "the document: "), ("[]", "the document: "),
  ])
  func whatIsWrongIsNamedByItsPlace(json: String, message: String) {
    let error = #expect(throws: DecodingError.self) { try JSONCoding.decode(MediaItem.self, from: Array(json.utf8)) }
    let found = error.map { JSONCoding.path(of: $0) } ?? ""
    #expect(found.hasPrefix(message), "\(found)")
    #expect(found.count > "the document: ".count)
  }

  @Test func theFirstPictureOfAFormIsTheBest() throws {
    var item = try full()
    item.artwork = ["a", "b"].map { Artwork(form: .coverPoster, url: $0) } + [Artwork(form: .banner, url: "c")]
    #expect(item.firstArtwork(.coverPoster) == "a" && item.firstArtwork(.banner) == "c")
    #expect(item.firstArtwork(.clearLogo) == nil)
  }

  @Test func requestsAndCandidatesComeThroughJSON() throws {
    var request = MatchRequest(kind: .episode)
    request.title = "T"
    request.season = 0
    request.date = CalendarDate("2021-03-14")
    request.externalIDs = ["tvdb": "5"]
    request.manual = true
    #expect(try JSONCoding.decode(MatchRequest.self, from: JSONCoding.encode(request)) == request)
    #expect(try JSONCoding.encode(MatchRequest(kind: .movie)) == Array(#"{"kind":"movie"}"#.utf8))
    var candidate = Candidate(id: try #require(ItemID("mine-show-1")), title: "T", year: 1999)
    candidate.alternativeTitles = ["U"]
    candidate.score = 0.75
    let reply = MatchReply(candidates: [candidate])
    #expect(try JSONCoding.decode(MatchReply.self, from: JSONCoding.encode(reply)) == reply)
  }
}
