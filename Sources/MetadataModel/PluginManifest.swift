// What knows manifests knows commands.
@_exported public import CommandModel

/// What a plugin says of itself: the JSON text inside its library. plugins.json only switches on and overrides.
public struct PluginManifest: Hashable, Sendable, Codable {
  /// Lower-case letters and digits; the key in plugins.json and the end of the entry symbol.
  public var id: String
  public var version: String
  /// For people: "TVmaze".
  public var title: String
  /// "metadata-source/1", "media-server/1", …
  public var interfaces: [String]
  /// What a source knows: movie, show, season, episode.
  public var kinds: [MediaKind]
  /// Namespaces of external ids that it can look up, beside its own.
  public var namespaces: [String]
  /// It has explicit content: only providers declared adult may use it.
  public var adult: Bool
  /// Its terms forbid it beside explicit content: providers declared adult may not use it.
  public var refusesAdult: Bool
  /// It brings parts only, such as pictures: it fills gaps, and is never the match.
  public var isPartial: Bool
  /// What its lists of children say of an item is all that it says of the item itself, which then need not be asked for.
  public var listsWholeItems: Bool
  /// Host names it may talk to; no port. `baseURL`'s host is added when that setting is given.
  public var hosts: [String]
  public var rateLimit: RateLimit?
  public var settings: [PluginSetting]
  public var attribution: Attribution?
  /// For a media server: request headers that change an answer, beside method, path, query and body.
  public var cacheKeyHeaders: [String]
  /// What `commands/1` offers.
  public var commands: [CommandDescription]
  /// Its commands may ask servers that the user names while they run, beside `hosts`. Not for sources.
  public var userHosts: Bool

  public init(
    id: String, version: String, title: String, interfaces: [String] = [], kinds: [MediaKind] = [],
    namespaces: [String] = [], adult: Bool = false, refusesAdult: Bool = false, isPartial: Bool = false,
    listsWholeItems: Bool = false, hosts: [String] = [], rateLimit: RateLimit? = nil, settings: [PluginSetting] = [],
    attribution: Attribution? = nil, cacheKeyHeaders: [String] = [], commands: [CommandDescription] = [],
    userHosts: Bool = false
  ) {
    self.id = id
    self.version = version
    self.title = title
    self.interfaces = interfaces
    self.kinds = kinds
    self.namespaces = namespaces
    self.adult = adult
    self.refusesAdult = refusesAdult
    self.isPartial = isPartial
    self.listsWholeItems = listsWholeItems
    self.hosts = hosts
    self.rateLimit = rateLimit
    self.settings = settings
    self.attribution = attribution
    self.cacheKeyHeaders = cacheKeyHeaders
    self.commands = commands
    self.userHosts = userHosts
  }

  enum CodingKeys: String, CodingKey {
    case id, version, title, interfaces, kinds, namespaces, adult, refusesAdult, isPartial
    case listsWholeItems, hosts, rateLimit, settings, attribution, cacheKeyHeaders, commands, userHosts
  }

  public init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    id = try members.decode(String.self, forKey: .id)
    version = try members.decode(String.self, forKey: .version)
    title = try members.decodeIfPresent(String.self, forKey: .title) ?? id
    interfaces = try members.decode([String].self, forKey: .interfaces)
    kinds = try members.list(.kinds)
    namespaces = try members.list(.namespaces)
    adult = try members.decodeIfPresent(Bool.self, forKey: .adult) ?? false
    refusesAdult = try members.decodeIfPresent(Bool.self, forKey: .refusesAdult) ?? false
    isPartial = try members.decodeIfPresent(Bool.self, forKey: .isPartial) ?? false
    listsWholeItems = try members.decodeIfPresent(Bool.self, forKey: .listsWholeItems) ?? false
    hosts = try members.list(.hosts)
    rateLimit = try members.decodeIfPresent(RateLimit.self, forKey: .rateLimit)
    settings = try members.list(.settings)
    attribution = try members.decodeIfPresent(Attribution.self, forKey: .attribution)
    cacheKeyHeaders = try members.list(.cacheKeyHeaders)
    commands = try members.list(.commands)
    userHosts = try members.decodeIfPresent(Bool.self, forKey: .userHosts) ?? false
  }
}

/// How often a source may be asked.
public struct RateLimit: Hashable, Sendable, Codable {
  /// Requests per second over time.
  public var perSecond: Double
  /// Requests that may go at once after a pause.
  public var burst: Int
  /// Requests under way at the same time; nil for the host's default.
  public var concurrent: Int?

  public init(perSecond: Double, burst: Int, concurrent: Int? = nil) {
    self.perSecond = perSecond
    self.burst = burst
    self.concurrent = concurrent
  }
}

/// The credit that a service's terms ask for.
public struct Attribution: Hashable, Sendable, Codable {
  public var text: String
  public var url: String?

  public init(text: String, url: String? = nil) {
    self.text = text
    self.url = url
  }
}
