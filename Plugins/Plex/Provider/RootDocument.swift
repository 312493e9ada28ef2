import UsherKit

/// What Plex reads when the provider is registered and at each of its starts (protocol §1).
struct RootDocument: Encodable {
  let provider: MediaProvider

  enum CodingKeys: String, CodingKey {
    case provider = "MediaProvider"
  }

  struct MediaProvider: Encodable {
    let identifier: String
    let title: String
    let version: String
    let types: [MetadataType]
    let features: [Feature]

    enum CodingKeys: String, CodingKey {
      case identifier, title, version
      case types = "Types"
      case features = "Feature"
    }
  }

  struct MetadataType: Encodable {
    let type: Int
    let schemes: [Scheme]

    enum CodingKeys: String, CodingKey {
      case type
      case schemes = "Scheme"
    }
  }

  struct Scheme: Encodable {
    let scheme: String
  }

  struct Feature: Encodable {
    let type: String
    let key: String
  }

  init(_ provider: Provider) {
    self.provider = MediaProvider(
      identifier: provider.identifier, title: provider.title, version: provider.version,
      types: provider.types.map { MetadataType(type: $0.number, schemes: [Scheme(scheme: provider.identifier)]) },
      features: [
        Feature(type: "metadata", key: FeatureKey.metadata), Feature(type: "match", key: FeatureKey.match),
      ])
  }
}

extension PlexCall {
  /// The root needs no source, so that Plex finds its provider even when the network is away.
  func root() throws -> ServerResponse {
    try .json(RootDocument(library.provider), freshFor: Freshness.root)
  }
}
