import Testing

@testable import PluginLoading

struct ExportedSymbolsTests {
  @Test func onlyExportedNamesWithThePrefixAreTold() async throws {
    let library = try await blocking { () throws in
      try BuiltPlugin.library(
        """
        int usher_plugin_v1_a, other;
        static int usher_plugin_v1_b;
        extern int usher_plugin_v1_c;
        int *use(void) { return usher_plugin_v1_b ? 0 : &usher_plugin_v1_c; }
        """)
    }
    #expect(ExportedSymbols.names(in: library, prefix: "usher_plugin_") == ["usher_plugin_v1_a"])
  }

  @Test func aFileThatIsCutAnywhereGivesNoCrash() async throws {
    let library = try await built(PluginText())
    let bytes = try #require(WholeFile.read(library, maximum: 1 << 20))
    for count in stride(from: 0, to: bytes.count, by: 7) {
      bytes.withUnsafeBytes { whole in
        _ = ExportedSymbols.names(in: UnsafeRawBufferPointer(rebasing: whole[..<count]), prefix: [])
      }
    }
    var wild = bytes
    for place in 40..<64 { wild[place] = 0xFF }
    #expect(wild.withUnsafeBytes { ExportedSymbols.names(in: $0, prefix: []) }.isEmpty)
  }
}
