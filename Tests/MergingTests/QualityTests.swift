import MetadataModel
import Testing

@testable import Merging

@Suite struct QualityTests {
  @Test func aShowIsGoodWithPosterLogoOverviewAndAnEpisode() throws {
    let whole = try record("alpha", seasons: 1) {
      $0.summary = "Lights."
      $0.artwork = [picture("poster"), picture("logo", .clearLogo)]
    }
    let quality = MergePolicy().quality(of: [whole], wishes: Wishes(language: nil))
    #expect(quality.isGood)
    #expect(quality.missing == [])
  }

  @Test func whatIsMissingIsNamed() throws {
    let poor = try record("alpha", seasons: 0) { $0.summary = "Lights." }
    let quality = MergePolicy().quality(of: [poor], wishes: Wishes(language: nil))
    #expect(!quality.isGood)
    #expect(quality.score == 0.25)
    #expect(quality.missing.map(\.name) == ["artwork.clearLogo", "artwork.coverPoster", "episodes"])
  }

  @Test func recordsTogetherCanBeGood() throws {
    let first = try record("alpha", seasons: 1) { $0.summary = "Lights." }
    let second = try record("beta") { $0.artwork = [picture("poster"), picture("logo", .clearLogo)] }
    #expect(MergePolicy().quality(of: [first, second], wishes: Wishes(language: nil)).isGood)
  }

  @Test func weightsAndThresholdAreThePolicys() throws {
    var policy = MergePolicy()
    policy.quality[.show] = QualityRule(weights: [.summary: 3, .tagline: 1], threshold: 0.75)
    let item = try record("alpha") { $0.summary = "Lights." }
    #expect(policy.quality(of: [item], wishes: Wishes(language: nil)).isGood)
    policy.quality[.show]?.threshold = 0.8
    #expect(!policy.quality(of: [item], wishes: Wishes(language: nil)).isGood)
  }

  @Test func aTextInAnotherLanguageCountsOnlyWhenSourceGoesBeforeLanguage() throws {
    var policy = MergePolicy()
    policy.quality[.show] = QualityRule(weights: [.summary: 1], threshold: 1)
    let english = try record("alpha") {
      $0.summary = "Lights."
      $0.language = "en"
    }
    #expect(policy.quality(of: [english], wishes: Wishes(language: "de")).isGood)
    policy.prefersLanguage = true
    #expect(!policy.quality(of: [english], wishes: Wishes(language: "de")).isGood)
  }

  @Test(arguments: ["Episode 7", "Folge 12", "TBA", "episode #3", "7"])
  func aNumberIsNoTitle(_ title: String) { #expect(PlaceholderTitle.isOne(title)) }

  @Test(arguments: ["The Storm", "Seven", "Apollo 13", "1899", "Episode One: Dawn"])
  func otherTitlesAre(_ title: String) { #expect(!PlaceholderTitle.isOne(title)) }

  @Test func sourcesThatAFieldNamesAreCertain() throws {
    var policy = MergePolicy()
    policy.fields = [
      try scope("show.summary"): FieldRule(sources: ["beta"]), try scope("genres"): FieldRule(sources: ["gamma"]),
      try scope("movie.summary"): FieldRule(sources: ["delta"]),
    ]
    #expect(policy.namedSources(for: .show) == ["beta", "gamma"])
  }
}
