import Foundation
import TestSupport
import Testing
import UsherKit
import UsherKitTesting

/// A package of somebody else that depends on this one: it builds UsherKit anew, so it takes about a minute.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["USHER_OUTSIDE_PACKAGE"] == "1")) @OwnThread
struct OutsidePackageTests {
  @Test func aPluginOfAnotherPackageBuildsAndLoads() async throws {
    let folder = try TemporaryFolder()
    let sources = folder.url.appending(path: "Sources/Mine")
    try FileManager.default.createDirectory(at: sources, withIntermediateDirectories: true)
    try Data(package.utf8).write(to: folder.url.appending(path: "Package.swift"))
    try Data(source.utf8).write(to: sources.appending(path: "Mine.swift"))
    try Command.run("swift", ["build"], in: folder.url)

    let library = folder.url.appending(path: ".build/debug/libMine.so").path
    let table = try Command.entry("usher_plugin_v1_mine", of: library)(UInt32(USHER_ABI_MINOR))
    let plugin = try TableHost(FakeHost(settings: ["word": .string("Hello")])).open(table)
    #expect(try plugin.manifest().id == "mine")
    let request = try JSONCoding.decode(MatchRequest.self, from: matchRequest("world"))
    let reply = try await plugin.ask("match", request, MatchReply.self)
    #expect(reply.candidates.map(\.title) == ["Hello world"])
    plugin.close()
  }

  /// A package by path is named after its folder, whatever that is called.
  private var package: String {
    let checkout = Command.checkout
    return """
      // swift-tools-version: 6.2
      import PackageDescription

      let package = Package(
        name: "mine",
        products: [.library(name: "Mine", type: .dynamic, targets: ["Mine"])],
        dependencies: [.package(path: "\(checkout.path)")],
        targets: [
          .target(
            name: "Mine",
            dependencies: [.product(name: "UsherKit", package: "\(checkout.lastPathComponent)")])
        ])
      """
  }

  private let source = """
    import UsherKit

    struct Mine: MetadataSource {
      let word: String
      init(_ host: HostContext) throws { word = try host.setting("word") ?? "" }

      func match(_ request: MatchRequest, _ host: HostContext) async throws -> [Candidate] {
        guard let id = ItemID(source: "mine", kind: request.kind, value: "1") else { return [] }
        return [Candidate(id: id, title: "\\(word) \\(request.title ?? "")")]
      }

      func fetch(_ request: ItemRequest, _ host: HostContext) async throws -> MediaItem {
        throw PluginError(.notFound, "there is no \\(request.id)")
      }
    }

    private let export = PluginExport(
      source: Mine.self, manifest: PluginManifest(id: "mine", version: "1.0.0", title: "Mine"))

    @c(usher_plugin_v1_mine)
    public func usherPlugin(_ hostMinor: UInt32) -> UnsafePointer<usher_plugin>? { export.table(hostMinor) }
    """
}
