import Testing
import UsherKitTesting

@testable import UsherKit

@Suite struct PluginExportTests {
  @Test func anEmptyListOfInterfacesIsFilledFromTheKindOfExport() throws {
    let source = try TableHost().open(ProbeSource.export.table(0))
    let server = try TableHost().open(EchoServer.export.table(0))
    #expect(try source.manifest().interfaces == ["metadata-source/1"])
    #expect(try server.manifest().interfaces == ["media-server/1"])
    let named = PluginManifest(id: "named", version: "1", title: "Named", interfaces: ["metadata-source/1", "x/1"])
    let table = PluginExport(source: ProbeSource.self, manifest: named).table(0)
    #expect(try TableHost().open(table).manifest() == named)
  }

  @Test func theTableSaysWhatThePluginIs() throws {
    let table = try #require(ProbeSource.export.table(0)).pointee
    #expect(table.struct_size == 64)
    #expect(String(cString: table.id) == "probe")
    #expect(String(cString: table.version) == "1.2.3")
    #expect(ProbeSource.export.table(0) == ProbeSource.export.table(99))
  }

  @Test func onlyTheExportedInterfaceIsThere() throws {
    let plugin = try TableHost().open(ProbeSource.export.table(0))
    let table = plugin.interface("metadata-source/1")
    #expect(table != nil)
    #expect(plugin.interface("metadata-source/1") == table)
    for id in ["media-server/1", "metadata-source/2", "metadata-source/1x", ""] { #expect(plugin.interface(id) == nil) }
  }

  @Test func aPluginMayBeOpenedTwice() async throws {
    let (first, second) = (TableHost(), TableHost())
    let plugins = try [first, second].map { try $0.open(ProbeSource.export.table(0)) }
    plugins[0].close()
    #expect(try await plugins[1].call("match", matchRequest("")).status == USHER_OK)
    plugins[1].close()
  }

  @Test func aRefusalToOpenHasStatusAndSentence() {
    let host = TableHost(FakeHost(settings: ["refuse": .string("the key was refused")]))
    #expect(throws: PluginError(.unauthorized, "the key was refused")) { try host.open(ProbeSource.export.table(0)) }
    let broken = TableHost(FakeHost(settings: ["break": .boolean(true)]))
    #expect(throws: PluginError(.fault, "something the source did not foresee")) {
      try broken.open(ProbeSource.export.table(0))
    }
  }

  @Test func aManifestWithoutJSONIsReportedWhenOpening() throws {
    var manifest = ProbeSource.manifest
    manifest.rateLimit = RateLimit(perSecond: .infinity, burst: 1)
    let export = PluginExport(source: ProbeSource.self, manifest: manifest)
    let error = #expect(throws: PluginError.self) { try TableHost().open(export.table(0)) }
    #expect(error?.text.hasPrefix("the manifest cannot be written as JSON") == true)
  }

  @Test(arguments: 0...14)
  func theReasonIsCutWhereACharacterBegins(_ size: Int) throws {
    let text = "aé€😀b"
    var buffer = [CChar](repeating: 0x55, count: 20)
    PluginBlueprint.write(text, into: &buffer, size)
    #expect(buffer[size...].allSatisfy { $0 == 0x55 }, "nothing is written beyond the size")
    guard size > 0 else { return }
    let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    #expect(bytes.count < size)
    let written = try #require(String(validating: bytes, as: UTF8.self))
    #expect(text.hasPrefix(written))
    let next = text.dropFirst(written.count).first.map { String($0).utf8.count } ?? 0
    #expect(next == 0 || bytes.count + next >= size, "no more is cut than needed")
  }

  @Test func aTableShorterThanKnownHasNoLaterFunctions() {
    let host = TableHost()
    var old = host.table.pointee
    old.struct_size = UInt32(MemoryLayout<usher_host>.offset(of: \.now_ms) ?? 0)
    withUnsafePointer(to: old) { table in
      #expect(table.function(\.config_get) != nil)
      #expect(table.function(\.now_ms) == nil)
      #expect(table.function(\.get_service) == nil)
    }
    old.struct_size += 4
    withUnsafePointer(to: old) { #expect($0.function(\.now_ms) == nil, "half a function is none") }
    old.struct_size += 4
    withUnsafePointer(to: old) { #expect($0.function(\.now_ms) != nil) }
  }
}
