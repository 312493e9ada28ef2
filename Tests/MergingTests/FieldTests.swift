import MetadataModel
import Testing

@testable import Merging

@Suite struct FieldTests {
  @Test(arguments: [
    ("summary", nil, "summary"), ("episode.summary", "episode", "summary"),
    ("season.artwork.coverPoster", "season", "artwork.coverPoster"),
    ("artwork.coverPoster", nil, "artwork.coverPoster"), ("episodes", nil, "episodes"),
  ])
  func aNameIsAFieldWithOrWithoutAKindInFront(_ name: String, _ kind: String?, _ field: String) throws {
    let scope = try #require(FieldScope(name))
    #expect(scope.kind?.rawValue == kind)
    #expect(scope.field.name == field)
  }

  @Test(arguments: ["sumary", "summary.episode", "film.summary", "artwork", "artwork.", "", "."])
  func otherNamesAreNone(_ name: String) { #expect(FieldScope(name) == nil) }

  @Test func picturesAreNamedByTheirFormAlone() throws {
    #expect(ImageScope("coverPoster") == ImageScope(.coverPoster))
    #expect(ImageScope("season.coverPoster") == ImageScope(kind: .season, .coverPoster))
    #expect(ImageScope("poster") == nil)
    #expect(ImageScope("summary") == nil)
  }

  @Test func aRuleForOneKindGoesBeforeTheOneForAll() throws {
    var policy = MergePolicy()
    policy.fields[try #require(FieldScope("summary"))] = FieldRule(sources: ["alpha"])
    policy.fields[try #require(FieldScope("episode.summary"))] = FieldRule(sources: ["beta"])
    #expect(policy.rule(for: .summary, of: .episode).sources == ["beta"])
    #expect(policy.rule(for: .summary, of: .show).sources == ["alpha"])
    #expect(policy.rule(for: .title, of: .show).sources == nil)
  }
}
