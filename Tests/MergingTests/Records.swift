import MetadataModel
import Testing

@testable import Merging

/// A record of `source` about item 1, with what the test says.
func record(
  _ source: String, kind: MediaKind = .show, seasons: Int? = nil, asked: String? = nil,
  _ change: (inout MediaItem) -> Void = { _ in }
) throws -> Record {
  var item = MediaItem(id: try #require(ItemID("\(source)-\(kind.rawValue)-1")), title: "Harbor Lights")
  change(&item)
  return Record(item, source: source, seasonCount: seasons, askedLanguage: asked)
}

func merged(
  _ records: [Record], language: String? = "en-US", _ change: (inout MergePolicy) -> Void = { _ in }
) throws -> MediaItem {
  var policy = MergePolicy()
  change(&policy)
  let id = try #require(ItemID("alpha-show-1"))
  return try #require(Merge(policy, Wishes(language: language)).item(records, id: id))
}

func picture(
  _ url: String, _ form: Artwork.Form = .coverPoster, _ language: String? = nil, score: Double? = nil
) -> Artwork {
  Artwork(form: form, url: "https://example.org/\(url)", language: language, score: score)
}

func scope(_ name: String) throws -> FieldScope { try #require(FieldScope(name)) }
