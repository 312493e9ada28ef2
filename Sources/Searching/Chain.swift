public import Merging
public import MetadataModel
public import PluginCalls
package import Support

/// A provider and the sources that answer for it, the first to be asked first.
public struct Chain: Sendable {
  public let provider: Provider
  public let sources: [any Source]
  public let policy: MergePolicy
  /// Tells answers made under one configuration from those made under another; the same over restarts.
  package let signature: String

  public init(provider: Provider, sources: [any Source], policy: MergePolicy = MergePolicy()) {
    self.provider = provider
    self.sources = sources
    self.policy = policy
    signature = Signature.of(
      sources.map(\.id).joined(separator: ",") + "|\(provider.adult)|\(policy.canonicalText)")
  }

  /// The chain without sources of explicit content, unless the provider is declared adult, and then without those whose
  /// terms forbid such company. Each one left out is logged: the configuration asks for what must never be mixed.
  package func withoutForbiddenSources(_ log: Log) -> Chain {
    let allowed = sources.filter { source in
      guard let reason = refusal(of: source) else { return true }
      log.error("source '\(source.id)' is left out of provider '\(provider.name)': \(reason)")
      return false
    }
    return Chain(provider: provider, sources: allowed, policy: policy)
  }

  private func refusal(of source: any Source) -> String? {
    if source.manifest.adult, !provider.adult {
      return "it has explicit content; say \"adult\": true in that provider, or take the source out of its list"
    }
    if source.manifest.refusesAdult, provider.adult {
      return "its terms forbid it beside explicit content; take it out of the list of this adult provider"
    }
    return nil
  }

  package func source(named id: String) -> (any Source)? { sources.first { $0.id == id } }

  /// Sources that know `kind`; one whose manifest names no kinds is asked about all.
  package func sources(knowing kind: MediaKind) -> [any Source] {
    sources.filter { $0.manifest.kinds.isEmpty || $0.manifest.kinds.contains(kind) }
  }

  /// Whether a source is asked about each item, however good the first one's record is.
  func surelyAsks(_ source: any Source, _ kind: MediaKind) -> Bool {
    policy.asksAll || policy.namedSources(for: kind).contains(source.id)
  }

  /// Those that can be the match: sources that bring parts only fill gaps.
  package func matchers(knowing kind: MediaKind) -> [any Source] {
    sources(knowing: kind).filter { !$0.manifest.isPartial }
  }

  /// Whether items of `kind` can be matched through this provider: a show provider also answers seasons and episodes.
  package func answers(_ kind: MediaKind) -> Bool {
    kind == provider.kind || (provider.kind == .show && (kind == .season || kind == .episode))
  }
}
