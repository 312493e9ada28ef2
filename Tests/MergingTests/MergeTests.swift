import MetadataModel
import Testing

@testable import Merging

@Suite struct MergeTests {
  @Test func theFirstSourceThatHasAFieldGivesIt() throws {
    let alpha = try record("alpha") { $0.summary = "From alpha." }
    let beta = try record("beta") {
      $0.summary = "From beta."
      $0.tagline = "A tagline."
    }
    let item = try merged([alpha, beta])
    #expect(item.summary == "From alpha.")
    #expect(item.tagline == "A tagline.")
    #expect(item.provenance?["summary"] == [Origin(source: "alpha")])
    #expect(item.provenance?["tagline"] == [Origin(source: "beta")])
  }

  @Test func aPartialSourceNeverBlanksTheRest() throws {
    let pictures = try record("pictures") {
      $0.title = ""
      $0.artwork = [picture("logo", .clearLogo)]
    }
    let whole = try record("whole") { $0.summary = "All of it." }
    let item = try merged([pictures, whole])
    #expect(item.title == "Harbor Lights")
    #expect(item.summary == "All of it.")
    #expect(item.artwork.map(\.url) == ["https://example.org/logo"])
  }

  @Test func aFieldsOwnOrderGoesBeforeTheChains() throws {
    let alpha = try record("alpha") { $0.summary = "From alpha." }
    let beta = try record("beta") { $0.summary = "From beta." }
    let item = try merged([alpha, beta]) { $0.fields = [FieldScope(.summary): FieldRule(sources: ["beta"])] }
    #expect(item.summary == "From beta.")
  }

  @Test func aPreferredSourceThatLacksTheFieldLeavesItToTheOthers() throws {
    let alpha = try record("alpha") { $0.summary = "From alpha." }
    let item = try merged([alpha, try record("beta")]) {
      $0.fields = [FieldScope(.summary): FieldRule(sources: ["beta"])]
    }
    #expect(item.summary == "From alpha.")
  }

  @Test func theLongestTextWinsWhereThatIsTheRule() throws {
    let alpha = try record("alpha") { $0.summary = "Short." }
    let beta = try record("beta") { $0.summary = "Rather longer." }
    let item = try merged([alpha, beta]) { $0.fields = [FieldScope(.summary): FieldRule(strategy: .longest)] }
    #expect(item.summary == "Rather longer.")
    #expect(item.provenance?["summary"]?.map(\.source) == ["beta"])
  }

  @Test func listsAreUnitedWithoutDoubles() throws {
    let alpha = try record("alpha") {
      $0.genres = ["Drama", "Sci-Fi"]
      $0.credits = [Credit(name: "Ann Óstrava", job: .actor)]
    }
    let beta = try record("beta") {
      $0.genres = ["Science Fiction", "Crime"]
      $0.credits = [
        Credit(name: "Ann Ostrava", job: .actor, role: "Mara", picture: "https://example.org/ann"),
        Credit(name: "Ann Ostrava", job: .director),
      ]
    }
    let item = try merged([alpha, beta])
    #expect(item.genres == ["Drama", "Sci-Fi", "Crime"])
    #expect(item.credits.map(\.job) == [.actor, .director])
    #expect(item.credits.first?.name == "Ann Óstrava")
    #expect(item.credits.first?.role == "Mara")
    #expect(item.provenance?["genres"]?.map(\.source) == ["alpha", "beta"])
  }

  @Test func aListOfOneSourceAloneWhereThatIsTheRule() throws {
    let alpha = try record("alpha") { $0.genres = ["Drama"] }
    let beta = try record("beta") { $0.genres = ["Crime"] }
    let item = try merged([alpha, beta]) { $0.fields = [FieldScope(.genres): FieldRule(strategy: .first)] }
    #expect(item.genres == ["Drama"])
  }

  @Test func theRatingWithMostVotesWhereThatIsTheRule() throws {
    let alpha = try record("alpha") { $0.ratings = [Rating(origin: "alpha", value: 9, votes: 3)] }
    let beta = try record("beta") { $0.ratings = [Rating(origin: "imdb", value: 7, votes: 9000)] }
    let best = try merged([alpha, beta]) { $0.fields = [FieldScope(.ratings): FieldRule(strategy: .best)] }
    #expect(best.ratings.map(\.origin) == ["imdb"])
    #expect(try merged([alpha, beta]).ratings.map(\.origin) == ["alpha", "imdb"])
  }

  @Test func oneIdPerNamespaceTheFirstSourcesOwn() throws {
    let alpha = try record("alpha") { $0.externalIDs = ["imdb": "tt0000001"] }
    let beta = try record("beta") { $0.externalIDs = ["imdb": "tt0000001", "tvdb": "7"] }
    #expect(try merged([alpha, beta]).externalIDs == ["imdb": "tt0000001", "tvdb": "7"])
  }

  @Test func placeAndNumberComeFromTheBase() throws {
    let alpha = try record("alpha", kind: .episode) { $0.index = 4 }
    let beta = try record("beta", kind: .episode) { $0.index = 5 }
    #expect(try merged([alpha, beta]).index == 4)
  }

  @Test func onePartThatIsExplicitMakesTheWholeExplicit() throws {
    let beta = try record("beta") { $0.isAdult = true }
    #expect(try merged([try record("alpha"), beta]).isAdult)
  }

  @Test func nothingMakesNothing() throws {
    let id = try #require(ItemID("alpha-show-1"))
    #expect(Merge(MergePolicy(), Wishes(language: nil)).item([], id: id) == nil)
  }

  @Test func whatASourceSaysOfProvenanceIsDropped() throws {
    let liar = try record("alpha") { $0.provenance = ["summary": [Origin(source: "else")]] }
    #expect(try merged([liar]).provenance?["summary"] == nil)
  }
}
