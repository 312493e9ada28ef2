public import Merging
public import MetadataModel
public import PluginCalls
import Support
import Works

/// A provider and the sources that answer for it, the first to be asked first.
public struct Chain: Sendable {
  public let provider: Provider
  public let sources: [any Source]
  public let policy: MergePolicy
  /// Tells answers made under one configuration from those made under another; the same over restarts.
  let signature: String

  public init(provider: Provider, sources: [any Source], policy: MergePolicy = MergePolicy()) {
    self.provider = provider
    self.sources = sources
    self.policy = policy
    signature = Signature.of(
      sources.map(\.id).joined(separator: ",") + "|\(provider.adult)|\(policy.canonicalText)")
  }

  /// The chain without sources of explicit content, unless the provider is declared adult, and then without those whose
  /// terms forbid such company. Each one left out is logged: the configuration asks for what must never be mixed.
  func withoutForbiddenSources(_ log: Log) -> Chain {
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

  func source(named id: String) -> (any Source)? { sources.first { $0.id == id } }

  /// Sources that know `kind`; one whose manifest names no kinds is asked about all.
  func sources(knowing kind: MediaKind) -> [any Source] {
    sources.filter { $0.manifest.kinds.isEmpty || $0.manifest.kinds.contains(kind) }
  }

  /// Whether an id may lead to something here: its source is in the chain, or another one is known to have the same work.
  func answers(for id: ItemID, _ works: WorkStore) async -> Bool {
    if source(named: id.source) != nil { return true }
    let members =
      id.kind == .season || id.kind == .episode
      ? await works.place(of: id)?.links.map(\.member) ?? [] : await works.work(of: id)?.members ?? []
    return members.contains { source(named: $0.source) != nil }
  }

  /// Whether a source is asked about each item, however good the first one's record is.
  func surelyAsks(_ source: any Source, _ kind: MediaKind) -> Bool {
    policy.asksAll || policy.namedSources(for: kind).contains(source.id)
  }

  /// Those that can be the match: sources that bring parts only fill gaps.
  func matchers(knowing kind: MediaKind) -> [any Source] { sources(knowing: kind).filter { !$0.manifest.isPartial } }

  /// Whether items of `kind` can be matched through this provider: a show provider also answers seasons and episodes.
  func answers(_ kind: MediaKind) -> Bool {
    kind == provider.kind || (provider.kind == .show && (kind == .season || kind == .episode))
  }
}

/// For how many seconds an answer is used without asking its source again.
public struct Freshness: Sendable, Equatable {
  public var movie: Int
  public var show: Int
  public var season: Int
  public var episode: Int
  /// A decision which item fits some hints. Older ones still help when sources fail.
  public var match: Int
  public var children: Int
  public var images: Int
  /// A source's clear "no such item".
  public var negative: Int

  public init(
    movie: Int = 86400, show: Int = 86400, season: Int = 86400, episode: Int = 86400, match: Int = 3600,
    children: Int = 86400, images: Int = 86400, negative: Int = 3600
  ) {
    self.movie = movie
    self.show = show
    self.season = season
    self.episode = episode
    self.match = match
    self.children = children
    self.images = images
    self.negative = negative
  }

  func seconds(for kind: MediaKind) -> Int {
    switch kind {
    case .movie: movie
    case .show: show
    case .season: season
    default: episode
    }
  }

  /// For "nothing found" and for decisions made while a source failed: soon tried again.
  var provisional: Int { min(60, negative) }
}
