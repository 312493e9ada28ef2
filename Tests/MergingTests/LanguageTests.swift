import MetadataModel
import Testing

@testable import Merging

@Suite struct LanguageTests {
  /// Alpha knows English and German, beta French.
  private func records() throws -> [Record] {
    [
      try record("alpha", asked: "fr") {
        $0.language = "en"
        $0.summary = "English."
      },
      try record("alpha", asked: "de") {
        $0.language = "de"
        $0.summary = "Deutsch."
      },
      try record("beta", asked: "fr") {
        $0.language = "fr"
        $0.summary = "Français."
      },
    ]
  }

  @Test func theNextLanguageOfTheSameSourceGoesBeforeTheNextSource() throws {
    let item = try merged(try records(), language: "fr-FR") { $0.languages = ["de"] }
    #expect(item.summary == "Deutsch.")
    #expect(item.provenance?["summary"] == [Origin(source: "alpha", language: "de")])
  }

  @Test func languageGoesBeforeSourceWhereThatIsThePolicy() throws {
    let item = try merged(try records(), language: "fr-FR") {
      $0.languages = ["de"]
      $0.prefersLanguage = true
    }
    #expect(item.summary == "Français.")
  }

  @Test func aWantedLanguageOfALaterSourceGoesBeforeOneThatNobodyWants() throws {
    let item = try merged([try records()[0], try records()[2]], language: "fr-FR")
    #expect(item.summary == "Français.")
  }

  @Test func anyLanguageIsBetterThanNone() throws {
    #expect(try merged([try records()[0]], language: "ja").summary == "English.")
  }

  @Test func aFieldsOwnLanguagesStandForThemselves() throws {
    let item = try merged(try records(), language: "fr-FR") {
      $0.languages = ["fr"]
      $0.fields = [FieldScope(.summary): FieldRule(languages: ["en"])]
    }
    #expect(item.summary == "English.")
  }

  @Test func textsOfUnknownLanguageCountAsWhatWasAsked() throws {
    let alpha = try record("alpha", asked: "de-DE") { $0.summary = "?" }
    let item = try merged([alpha, try records()[1]], language: "de-DE")
    #expect(item.summary == "?")
  }

  @Test func sourcesAreAskedInEveryLanguageThatAFieldWants() throws {
    var policy = MergePolicy()
    policy.languages = ["de-AT", "en"]
    policy.fields = [
      FieldScope(.summary): FieldRule(languages: ["it"]), FieldScope(.genres): FieldRule(languages: ["sv"]),
    ]
    #expect(LanguageOrder.toAsk(policy, Wishes(language: "fr-CA"), kind: .show) == ["fr", "it", "de", "en"])
  }

  @Test func aSourceIsNotAskedTwiceInOneLanguage() throws {
    var policy = MergePolicy()
    policy.languages = ["de"]
    let wishes = Wishes(language: "en-US")
    let bare = try record("alpha", asked: "en-US")
    #expect(!policy.needs("en", beside: [bare], wishes))
    #expect(policy.needs("de", beside: [bare], wishes))
    #expect(!policy.needs("de", beside: [bare, try record("alpha", asked: "de")], wishes))
  }

  @Test func picturesFollowTheirOwnOrderOfLanguages() throws {
    let alpha = try record("alpha") {
      $0.artwork = [picture("a-en", .coverPoster, "en"), picture("a-none"), picture("a-de", .coverPoster, "de")]
    }
    let beta = try record("beta") { $0.artwork = [picture("b-de", .coverPoster, "de")] }
    let item = try merged([alpha, beta]) { $0.images = [ImageScope(.coverPoster): ["de", nil]] }
    #expect(item.artwork.map { $0.url.suffix(4) } == ["a-de", "b-de", "none", "a-en"])
  }

  @Test func anOrderForOneLevelHoldsThereAlone() throws {
    let show = try record("alpha") { $0.artwork = [picture("en", .background, "en"), picture("none", .background)] }
    let policy: (inout MergePolicy) -> Void = { $0.images = [ImageScope(kind: .season, .background): [nil]] }
    #expect(try merged([show], policy).artwork.first?.language == "en")
    let season = try record("alpha", kind: .season) { $0.artwork = show.item.artwork }
    #expect(try merged([season], policy).artwork.first?.language == nil)
  }

  @Test func withoutAnOrderEachSourceKeepsItsOwn() throws {
    let alpha = try record("alpha") { $0.artwork = [picture("1", .coverPoster, "en"), picture("2")] }
    let beta = try record("beta") { $0.artwork = [picture("3", .coverPoster, "en"), picture("2")] }
    #expect(try merged([alpha, beta]).artwork.map { $0.url.suffix(1) } == ["1", "2", "3"])
  }

  @Test func theBestLikedPictureWhereThatIsTheRule() throws {
    let alpha = try record("alpha") {
      $0.artwork = [picture("a1", score: 5), picture("a2", score: 10)]
    }
    let beta = try record("beta") { $0.artwork = [picture("b1", score: 0.9), picture("b2", score: 0.8)] }
    let item = try merged([alpha, beta]) {
      $0.fields = [FieldScope(.artwork(.coverPoster)): FieldRule(strategy: .best)]
    }
    #expect(item.artwork.map { $0.url.suffix(2) } == ["a2", "b1", "b2", "a1"])
  }
}

private func merged(_ records: [Record], _ change: (inout MergePolicy) -> Void) throws -> MediaItem {
  try merged(records, language: "en", change)
}
