import Merging
import MetadataModel
import Testing

@testable import Configuration

/// How a provider says what is made of its sources' records.
@Suite struct PolicyReadingTests {
  /// A provider whose members stand on line 1, those under test alone on line 2.
  private func file(_ members: String, sources: String = "['tmdb', 'tvdb', 'fanarttv']") -> String {
    "{providers: {tv: {server: 'plex', path: '/tv', kind: 'show', title: 'T', sources: \(sources), "
      + "identifier: 'tv.plex.agents.custom.a',\n\(members)}}}"
  }

  private func policy(_ members: String) throws -> MergePolicy? {
    try read(file(members)).get().providers.first?.policy
  }

  private func scope(_ name: String) throws -> FieldScope { try #require(FieldScope(name)) }

  @Test func nothingSaidGivesTheUsual() throws { #expect(try policy("") == MergePolicy()) }

  @Test func qualitySaysWhatARecordMustHave() throws {
    let found = try #require(
      try policy(
        """
        quality: { ask: 'all', show: { fields: { 'artwork.coverPoster': 1, summary: 2.5, episodes: 1 }, threshold: 0.75 },
        movie: { threshold: 0 }, episode: { fields: { title: 1 } }, season: { fields: { 'artwork.coverPoster': 1 } } }
        """))
    #expect(found.asksAll)
    #expect(
      found.quality[.show]
        == QualityRule(weights: [.artwork(.coverPoster): 1, .summary: 2.5, .episodes: 1], threshold: 0.75))
    #expect(found.quality[.movie]?.weights == QualityRule.standard[.movie]?.weights)
    #expect(found.quality[.movie]?.threshold == 0)
    #expect(found.quality[.episode] == QualityRule(weights: [.title: 1], threshold: 0.5))
    #expect(found.quality[.season] == QualityRule(weights: [.artwork(.coverPoster): 1], threshold: 1))
    #expect(try policy("quality: { ask: 'until-good' }") == MergePolicy())
  }

  @Test func fieldsSayWhoGoesFirst() throws {
    let found = try #require(
      try policy(
        """
        fields: { summary: { sources: ['tvdb', 'tmdb'], languages: ['de', 'pt-BR'], strategy: 'longest' },
        'episode.summary': { strategy: 'first' }, 'artwork.coverPoster': { sources: ['fanarttv'], strategy: 'best' },
        ratings: { strategy: 'best' }, genres: { strategy: 'merge' }, year: {} }
        """))
    #expect(
      found.fields == [
        try scope("summary"): FieldRule(sources: ["tvdb", "tmdb"], languages: ["de", "pt-BR"], strategy: .longest),
        try scope("episode.summary"): FieldRule(strategy: .first),
        try scope("artwork.coverPoster"): FieldRule(sources: ["fanarttv"], strategy: .best),
        try scope("ratings"): FieldRule(strategy: .best), try scope("genres"): FieldRule(strategy: .merge),
        try scope("year"): FieldRule(),
      ])
  }

  @Test func languagesAreAListOrAnObject() throws {
    #expect(try policy("languages: ['de', 'en-GB']")?.languages == ["de", "en-GB"])
    let found = try #require(try policy("languages: { order: ['ja', 'de'], prefer: 'language' }"))
    #expect(found.languages == ["ja", "de"] && found.prefersLanguage)
    #expect(try policy("languages: { order: ['de'], prefer: 'source' }")?.prefersLanguage == false)
    #expect(try policy("languages: { prefer: 'language' }")?.prefersLanguage == true)
  }

  @Test func picturesHaveLanguagesByFormAndKind() throws {
    let found = try policy(
      "images: { coverPoster: ['de', 'en', null], 'season.coverPoster': ['de'], background: [null] }")
    #expect(
      found?.images == [
        ImageScope(.coverPoster): ["de", "en", nil], ImageScope(kind: .season, .coverPoster): ["de"],
        ImageScope(.background): [nil],
      ])
  }

  @Test(arguments: EpisodeOrder.allCases)
  func theOrderIsOneOfFour(order: EpisodeOrder) throws {
    #expect(try policy("order: '\(order.rawValue)'")?.order == order)
  }

  @Test(arguments: [
    ("quality: 1", "2:10: the quality of provider 'tv': expected an object, found a number"),
    (
      "quality: {aks: 'all'}",
      "2:11: unknown key 'aks' in the quality of provider 'tv'; did you mean 'ask'?"
    ),
    (
      "quality: {ask: 'every'}",
      "2:16: 'ask' of the quality of provider 'tv': 'every' is not known; known are 'all', 'until-good'"
    ),
    (
      "quality: {shows: {}}",
      "2:11: unknown key 'shows' in the quality of provider 'tv'; did you mean 'show'?"
    ),
    (
      "quality: {show: {treshold: 1}}",
      "2:18: unknown key 'treshold' in 'show' in the quality of provider 'tv'; did you mean 'threshold'?"
    ),
    (
      "quality: {show: {threshold: 1.01}}",
      "2:29: 'threshold' of 'show' in the quality of provider 'tv': expected a number from 0 to 1"
    ),
    (
      "quality: {show: {threshold: -0.1}}",
      "2:29: 'threshold' of 'show' in the quality of provider 'tv': expected a number from 0 to 1"
    ),
    (
      "quality: {show: {threshold: 'high'}}",
      "2:29: 'threshold' of 'show' in the quality of provider 'tv': expected a number, found a string"
    ),
    (
      "quality: {show: {fields: {sumary: 1}}}",
      "2:27: unknown key 'sumary' in the fields of 'show' in the quality of provider 'tv'; did you mean 'summary'?"
    ),
    (
      "quality: {show: {fields: {'artwork.coverPostr': 1}}}",
      "2:27: unknown key 'artwork.coverPostr' in the fields of 'show' in the quality of provider 'tv'; "
        + "did you mean 'artwork.coverPoster'?"
    ),
    (
      "quality: {show: {fields: {summary: 0}}}",
      "2:36: 'summary' of the fields of 'show' in the quality of provider 'tv': "
        + "expected a number above 0 and up to 1000"
    ),
    (
      "quality: {show: {fields: {summary: -1}}}",
      "2:36: 'summary' of the fields of 'show' in the quality of provider 'tv': "
        + "expected a number above 0 and up to 1000"
    ),
    (
      "quality: {show: {fields: {}}}",
      "2:26: the fields of 'show' in the quality of provider 'tv' are empty; expected at least one, "
        + "for example \"summary\": 1"
    ),
    ("fields: []", "2:9: the fields of provider 'tv': expected an object, found a list"),
    ("fields: {sumary: {}}", "2:10: unknown field 'sumary' in the fields of provider 'tv'; did you mean 'summary'?"),
    (
      "fields: {'episode.sumary': {}}",
      "2:10: unknown field 'episode.sumary' in the fields of provider 'tv'; did you mean 'episode.summary'?"
    ),
    ("fields: {summary: 'tmdb'}", "2:19: field 'summary' of provider 'tv': expected an object, found a string"),
    (
      "fields: {summary: {source: ['tmdb']}}",
      "2:20: unknown key 'source' in field 'summary' of provider 'tv'; did you mean 'sources'?"
    ),
    (
      "fields: {summary: {sources: ['tvbd']}}",
      "2:30: 'sources' of field 'summary' of provider 'tv': 'tvbd' is no source of the provider; did you mean 'tvdb'?"
    ),
    (
      "fields: {summary: {sources: ['local']}}",
      "2:30: 'sources' of field 'summary' of provider 'tv': 'local' is no source of the provider; "
        + "known are 'tmdb', 'tvdb', 'fanarttv'"
    ),
    (
      "fields: {summary: {sources: ['tmdb', 'tmdb']}}",
      "2:38: 'sources' of field 'summary' of provider 'tv': 'tmdb' stands here twice; keep one"
    ),
    (
      "fields: {summary: {sources: []}}",
      "2:29: 'sources' of field 'summary' of provider 'tv' is empty; leave it out"
    ),
    (
      "fields: {summary: {strategy: 'longst'}}",
      "2:30: 'strategy' of field 'summary' of provider 'tv': 'longst' is not known; did you mean 'longest'?"
    ),
    (
      "fields: {summary: {strategy: 'merge'}}",
      "2:30: 'strategy' of field 'summary' of provider 'tv': 'merge' does not fit it; expected 'first', 'longest'"
    ),
    (
      "fields: {genres: {strategy: 'longest'}}",
      "2:29: 'strategy' of field 'genres' of provider 'tv': 'longest' does not fit it; expected 'first', 'merge'"
    ),
    (
      "fields: {year: {strategy: 'best'}}",
      "2:27: 'strategy' of field 'year' of provider 'tv': 'best' does not fit it; expected 'first'"
    ),
    (
      "fields: {'season.artwork.banner': {strategy: 'longest'}}",
      "2:46: 'strategy' of field 'season.artwork.banner' of provider 'tv': 'longest' does not fit it; "
        + "expected 'first', 'merge', 'best'"
    ),
    (
      "fields: {year: {languages: ['de']}}",
      "2:28: 'languages' of field 'year' of provider 'tv': only 'title', 'summary', 'tagline' have languages; "
        + "leave it out"
    ),
    (
      "fields: {'artwork.banner': {languages: ['de']}}",
      "2:40: 'languages' of field 'artwork.banner' of provider 'tv': only 'title', 'summary', 'tagline' have "
        + "languages; those of pictures stand in 'images'"
    ),
    ("languages: 'de'", "2:12: 'languages' of provider 'tv': expected a list of strings, found a string"),
    ("languages: []", "2:12: 'languages' of provider 'tv' is empty; leave it out"),
    ("languages: ['de', 'de']", "2:19: 'languages' of provider 'tv': 'de' stands here twice; keep one"),
    (
      "languages: ['german']",
      "2:13: 'languages' of provider 'tv': 'german' is not a language; expected two letters, "
        + "a country after them if need be: \"pt-BR\""
    ),
    ("languages: ['deu']", "2:13: 'languages' of provider 'tv': 'deu' has three letters; did you mean 'de'?"),
    (
      "languages: {ordr: ['de']}",
      "2:13: unknown key 'ordr' in the languages of provider 'tv'; did you mean 'order'?"
    ),
    (
      "languages: {prefer: 'sources'}",
      "2:21: 'prefer' of the languages of provider 'tv': 'sources' is not known; did you mean 'source'?"
    ),
    (
      "images: {coverPostr: ['de']}",
      "2:10: unknown form 'coverPostr' in the images of provider 'tv'; did you mean 'coverPoster'?"
    ),
    (
      "images: {'seasons.coverPoster': ['de']}",
      "2:10: unknown form 'seasons.coverPoster' in the images of provider 'tv'; did you mean 'season.coverPoster'?"
    ),
    (
      "images: {coverPoster: null}",
      "2:23: 'coverPoster' of the images of provider 'tv': expected a list of strings and null, found null"
    ),
    (
      "images: {coverPoster: [1]}",
      "2:24: 'coverPoster' of the images of provider 'tv': expected a string, found a number"
    ),
    ("order: 'airded'", "2:8: 'order' of provider 'tv': 'airded' is not known; did you mean 'aired'?"),
  ])
  func saysWhatIsWrong(members: String, message: String) {
    #expect(messages(file(members)) == "plugins.json:\(message)")
  }

  @Test(arguments: ["", "d", "1e", "de_DE", "de-", "-de", "d e", "de-toolongapart", "ü1", "deutsch-land"])
  func otherFormsAreNoLanguages(text: String) {
    for members in ["languages: ['\(text)']", "images: {banner: ['\(text)']}"] {
      #expect(messages(file(members)).contains("is not a language"), "\(members)")
    }
  }

  @Test func everyMistakeIsToldAtOnce() {
    let found = messages(
      file(
        "quality: {show: {threshold: 2, fields: {x: 1}}}, fields: {y: {}}, languages: [1], images: {z: []}, order: 'q'")
    )
    #expect(found.split(separator: "\n").count == 6, "\(found)")
  }

  @Test func withoutReadableSourcesOnlyThoseAreComplainedOf() {
    let found = messages(file("fields: {summary: {sources: ['tmdb']}}", sources: "5"))
    #expect(found.split(separator: "\n").count == 1, "\(found)")
  }

  @Test func aSecretIsNotShown() {
    let text = "fields: {summary: {sources: ['${S}']}}, languages: ['${S}'], images: {banner: ['${S}']}, order: '${S}'"
    let found = messages(file(text), ["S": "hush hush"])
    #expect(found.split(separator: "\n").count == 4)
    #expect(!found.contains("hush"))
  }
}
