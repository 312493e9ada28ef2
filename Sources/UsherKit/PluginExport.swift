import Glibc
public import MetadataModel

public import CUsher

/// A plugin as the host sees it: the C tables of usher.h, made from a Swift type.
///
/// A plugin has one, and one public function with the symbol that the host looks for:
/// ```swift
/// private let export = PluginExport(source: TVmazeSource.self, manifest: manifest)
///
/// @c(usher_plugin_v1_tvmaze)
/// public func usherPlugin(_ hostMinor: UInt32) -> UnsafePointer<usher_plugin>? { export.table(hostMinor) }
/// ```
/// Without `public` nothing is exported, and no compiler says so. The tables live as long as the process.
public final class PluginExport: @unchecked Sendable {
  // Sendable is right because the tables are written here once, and only read from then on.
  private let plugin: UnsafePointer<usher_plugin>

  /// The oldest host that this kit can work with: it uses nothing that came later.
  private static let oldestHost: UInt32 = 0

  /// An interface and a maker of its table.
  private typealias Interface = (id: String, table: () -> UnsafeRawPointer)

  private static var sources: Interface { (USHER_METADATA_SOURCE, { kept(SourceTable.functions) }) }
  private static var servers: Interface {
    (
      USHER_MEDIA_SERVER,
      { kept(usher_media_server(struct_size: usher_media_server.size, handle: { CallBridge.handle($0, $1, $2) })) }
    )
  }
  private static var commands: Interface {
    (USHER_COMMANDS, { kept(usher_commands(struct_size: usher_commands.size, run: { CallBridge.run($0, $1, $2) })) })
  }

  /// A table that is never freed.
  private static func kept<Table>(_ functions: Table) -> UnsafeRawPointer {
    let table = UnsafeMutablePointer<Table>.allocate(capacity: 1)
    table.initialize(to: functions)
    return UnsafeRawPointer(table)
  }

  /// A source of metadata. An empty `manifest.interfaces` becomes `metadata-source/1`.
  public convenience init<S: MetadataSource>(source: S.Type, manifest: PluginManifest) {
    self.init(manifest, [Self.sources]) { .init(source: try S($0)) }
  }

  /// A source that has commands too.
  public convenience init<S: MetadataSource, C: CommandProvider>(
    source: S.Type, commands: C.Type, manifest: PluginManifest
  ) {
    self.init(manifest, [Self.sources, Self.commands], C.commands) { .init(source: try S($0), commands: try C($0)) }
  }

  /// A front for a media server. An empty `manifest.interfaces` becomes `media-server/1`.
  public convenience init<S: MediaServer>(server: S.Type, manifest: PluginManifest) {
    self.init(manifest, [Self.servers]) { .init(server: try S($0)) }
  }

  /// A front that has commands too.
  public convenience init<S: MediaServer, C: CommandProvider>(
    server: S.Type, commands: C.Type, manifest: PluginManifest
  ) {
    self.init(manifest, [Self.servers, Self.commands], C.commands) { .init(server: try S($0), commands: try C($0)) }
  }

  /// Commands alone. What they are is taken from `C.commands`.
  public convenience init<C: CommandProvider>(commands: C.Type, manifest: PluginManifest) {
    self.init(manifest, [Self.commands], C.commands) { .init(commands: try C($0)) }
  }

  /// The plugin's table; nil when the host is older than this kit can work with.
  public func table(_ hostMinor: UInt32) -> UnsafePointer<usher_plugin>? {
    hostMinor >= Self.oldestHost ? plugin : nil
  }

  private init(
    _ manifest: PluginManifest, _ interfaces: [Interface], _ commands: [CommandDescription] = [],
    make: @escaping @Sendable (HostContext) throws -> PluginInstance.Faces
  ) {
    var manifest = manifest
    if manifest.interfaces.isEmpty { manifest.interfaces = interfaces.map(\.id) }
    if manifest.commands.isEmpty { manifest.commands = commands }
    let tables = Dictionary(interfaces.map { ($0.id, $0.table()) }, uniquingKeysWith: { first, _ in first })
    let blueprint = PluginBlueprint(manifest, interfaces: tables, make: make)
    let table = UnsafeMutablePointer<usher_plugin>.allocate(capacity: 1)
    table.initialize(
      to: usher_plugin(
        struct_size: usher_plugin.size, abi_minor: Self.oldestHost, id: strdup(manifest.id),
        version: strdup(manifest.version), manifest: strdup(blueprint.manifestText),
        data: Unmanaged.passRetained(blueprint).toOpaque(),
        open: { PluginBlueprint.open($0, $1, $2, $3, $4) },
        close: { instance in if let instance { PluginInstance.release(instance) } },
        get_interface: { instance, id in
          guard let instance, let id else { return nil }
          return PluginInstance.from(instance).table(of: String(cString: id))
        }))
    plugin = UnsafePointer(table)
  }
}

/// The functions of `metadata-source/1`. They find their plugin through the instance pointer.
private enum SourceTable {
  static var functions: usher_metadata_source {
    usher_metadata_source(
      struct_size: usher_metadata_source.size,
      match: { instance, call, request in
        CallBridge.answer(instance, call, request) { source, request, host in
          MatchReply(candidates: try await source.match(request, host))
        }
      },
      fetch: { instance, call, request in
        CallBridge.answer(instance, call, request) { source, request, host in
          try await source.fetch(request, host)
        }
      },
      children: { instance, call, request in
        CallBridge.answer(instance, call, request) { source, request, host in
          ItemList(items: try await source.children(request, host))
        }
      },
      images: { instance, call, request in
        CallBridge.answer(instance, call, request) { source, request, host in
          ArtworkList(artwork: try await source.images(request, host))
        }
      })
  }
}
