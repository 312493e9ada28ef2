public import ConfigurationText
import Glibc
import Support

/// Reads plugins.json and says everything that is wrong with it at once.
public enum ConfigurationReader {
  /// The plugins that come with Usher: a provider may name them without an entry in `plugins`.
  public static let shippedPlugins = ["tvmaze", "tmdb", "tvdb", "tpdb", "fanarttv", "omdb", "local", "plex"]

  /// Reads a file. `path` is repeated in messages as it is given. Blocks.
  public static func read(
    file path: String, environment: [String: String], shippedPlugins: [String] = shippedPlugins
  ) -> Result<Configuration, ConfigurationErrors> {
    switch contents(of: path) {
    case .success(let bytes): read(bytes, path: path, environment: environment, shippedPlugins: shippedPlugins)
    case .failure(let failure): .failure(ConfigurationErrors(path: path, problems: [failure.problem]))
    }
  }

  /// Reads the bytes of a file. `path` is only for messages; `environment` fills in every `${NAME}`.
  public static func read(
    _ bytes: [UInt8], path: String, environment: [String: String], shippedPlugins: [String] = shippedPlugins
  ) -> Result<Configuration, ConfigurationErrors> {
    var problems: [ConfigurationProblem] = []
    do throws(ConfigurationProblem.Thrown) {
      var reader = JSON5Reader(try FileText.decode(bytes))
      defer { problems += reader.problems }
      let document = try reader.document()
      let report = Report(environment: environment)
      let configuration = configuration(from: document, shippedPlugins, report)
      problems += report.problems
      if problems.isEmpty && reader.problems.isEmpty { return .success(configuration) }
    } catch {
      problems.append(error.problem)
    }
    return .failure(ConfigurationErrors(path: path, problems: problems))
  }

  private static func configuration(
    from document: JSONNode, _ shippedPlugins: [String], _ report: Report
  ) -> Configuration {
    var configuration = Configuration()
    let known = ["listen", "data", "log", "cache", "limit", "plugins", "providers"]
    guard let root = Section(document, "the configuration", known: known, report) else { return configuration }
    if let listen = listen(root) { configuration.listen = listen }
    if let data = root.text("data") {
      configuration.data = data.value
      if data.value.isEmpty { report.add(data.position, "'data' is empty; expected the path of a folder") }
    }
    if let node = root.member("log")?.node { configuration.log = log(node, report) }
    if let node = root.member("cache")?.node { configuration.cache = cache(node, report) }
    if let node = root.member("limit")?.node { configuration.limit = InboundLimit(node, "'limit'", report) }
    if let node = root.member("plugins")?.node { configuration.plugins = PluginReading(report).plugins(node) }
    if let node = root.member("providers")?.node {
      let reading = ProviderReading(report, plugins: configuration.plugins.map(\.id), shipped: shippedPlugins)
      configuration.providers = reading.providers(node).filter(\.enabled)
    }
    return configuration
  }

  private static func listen(_ root: Section) -> ListenAddress? {
    guard let text = root.text("listen") else { return nil }
    do {
      return try ListenAddress(text.value)
    } catch {
      root.report.add(text.position, "'\(text.written.prefix(80))' is not an address to listen on: \(error)")
      return nil
    }
  }

  private static func log(_ node: JSONNode, _ report: Report) -> LogConfiguration {
    var log = LogConfiguration()
    guard let section = Section(node, "'log'", known: ["level", "format"], report) else { return log }
    if let name = section.choice("level", among: LogLevel.allCases.map(\.name)), let level = LogLevel(name: name) {
      log.level = level
    }
    if let name = section.choice("format", among: LogConfiguration.Format.allCases.map(\.rawValue)),
      let format = LogConfiguration.Format(rawValue: name)
    {
      log.format = format
    }
    return log
  }

  private static let cacheMembers = ["memoryBytes", "diskBytes", "ttl", "staleWhileRevalidate", "warmUp"]

  private static func cache(_ node: JSONNode, _ report: Report) -> CacheConfiguration {
    var cache = CacheConfiguration()
    guard let section = Section(node, "'cache'", known: cacheMembers, report) else {
      return cache
    }
    if let bytes = section.integer("memoryBytes", in: 0...1 << 40) { cache.memoryBytes = bytes }
    if let seconds = section.integer("staleWhileRevalidate", in: 0...15_552_000) {
      cache.staleWhileRevalidate = seconds
    }
    if let warmUp = section.boolean("warmUp") { cache.warmUp = warmUp }
    // Less than a megabyte would not hold the schema and a few items.
    if let bytes = section.integer("diskBytes", in: 1 << 20...1 << 44) { cache.diskBytes = bytes }
    guard let node = section.member("ttl")?.node,
      let ttl = Section(node, "'ttl'", known: CacheConfiguration.entityKinds, report)
    else { return cache }
    for kind in CacheConfiguration.entityKinds {
      // Half a year at most: the longest that any service's terms allow.
      if let seconds = ttl.integer(kind, in: 0...15_552_000) { cache.ttl[kind] = seconds }
    }
    return cache
  }

  private static func contents(of path: String) -> Result<[UInt8], ConfigurationProblem.Thrown> {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return .failure(cannotRead(errno)) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    // One byte over the limit is enough to be refused.
    while bytes.count <= FileText.maximumBytes {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return .failure(cannotRead(errno)) }
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    return .success(bytes)
  }

  private static func cannotRead(_ code: Int32) -> ConfigurationProblem.Thrown {
    switch code {
    case ENOENT: .init(nil, "there is no such file; write one, or name another with --config FILE")
    case EISDIR: .init(nil, "it is a folder; name a file")
    default: .init(nil, "the file cannot be read: \(String(cString: strerror(code)))")
    }
  }
}
