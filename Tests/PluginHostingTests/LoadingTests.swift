import Foundation
import MetadataModel
import PluginHosting
import PluginLoading
import Support
import Testing

/// A plugin that must be refused, and what the refusal says.
struct Refusal: Sendable, CustomTestStringConvertible {
  var name: String
  var library: @Sendable () throws -> String
  var settings: [String: SettingValue] = [:]
  var missingVariables: [String: String] = [:]
  var state = PluginState.failed
  var says: [String]

  var testDescription: String { name }

  static let keySetting = #"[{"name":"key","type":"string","required":true,"secret":true,"meaning":"your key"}]"#

  static let all: [Refusal] = [
    Refusal(
      name: "missing file", library: { "/nowhere/libSample.so" }, says: ["/nowhere/libSample.so", "cannot be read"]),
    Refusal(name: "folder", library: { BuiltPlugin.folder }, says: ["not a regular file"]),
    Refusal(
      name: "text file",
      library: {
        let path = BuiltPlugin.path(".so")
        try String(repeating: "no library at all ", count: 20).write(toFile: path, atomically: true, encoding: .utf8)
        return path
      }, says: ["cannot be loaded as a shared library: invalid ELF header"]),
    Refusal(
      name: "file everybody may write",
      library: {
        let path = BuiltPlugin.path(".so")
        try FileManager.default.copyItem(atPath: PluginText().built(), toPath: path)
        chmod(path, 0o777)
        return path
      }, says: ["everybody on this machine may write", "chmod o-w"]),
    Refusal(
      name: "folder everybody may write",
      library: {
        let folder = BuiltPlugin.path("")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: PluginText().built(), toPath: folder + "/a.so")
        chmod(folder, 0o777)
        return folder + "/a.so"
      }, says: ["everybody on this machine may write", "/a.so is not loaded"]),
    Refusal(
      name: "no entry", library: { try BuiltPlugin.library("int nothing_here;") },
      says: ["no function usher_plugin_v1_sample", "not a plugin"]),
    Refusal(
      name: "another plugin's entry", library: { try PluginText(entryID: "other").built() },
      says: ["no function usher_plugin_v1_sample", "usher_plugin_v1_other", "name it 'other'"]),
    Refusal(
      name: "older major", library: { try PluginText(major: 0).built() },
      says: ["usher_plugin_v0_sample", "contract version 0", "build it again"]),
    Refusal(
      name: "newer major", library: { try PluginText(major: 2).built() },
      says: ["usher_plugin_v2_sample", "contract version 2", "update the host"]),
    Refusal(
      name: "entry gives NULL",
      library: { try PluginText(entry: "return host_abi_minor > 7 ? &plugin : NULL;").built() },
      says: ["needs a newer host", "1.3"]),
    Refusal(
      name: "small table", library: { try PluginText(size: "16").built() }, says: ["in 16 bytes", "has 64"]),
    Refusal(
      name: "newer minor", library: { try PluginText(minor: 4).built() },
      says: ["needs contract version 1.4", "this host has 1.3"]),
    Refusal(
      name: "other id in the table", library: { try PluginText(id: "other", entryID: "sample").built() },
      says: ["it is 'other'", "names it 'sample'"]),
    Refusal(
      name: "manifest is no JSON", library: { try PluginText(manifest: "{\"id\":").built() },
      says: ["manifest that cannot be used"]),
    Refusal(
      name: "manifest lacks interfaces",
      library: { try PluginText(manifest: #"{"id":"sample","version":"1.0.0"}"#).built() },
      says: ["manifest that cannot be used", "'interfaces' is missing"]),
    Refusal(
      name: "manifest with other id",
      library: {
        try PluginText(manifest: #"{"id":"x","version":"1.0.0","interfaces":["metadata-source/1"]}"#).built()
      },
      says: ["its id is 'x'"]),
    Refusal(
      name: "manifest with other version",
      library: { try PluginText(manifest: #"{"id":"sample","version":"2","interfaces":["a/1"]}"#).built() },
      says: ["its version is '2'", "'1.0.0'"]),
    Refusal(
      name: "no interfaces", library: { try PluginText(interfaces: "[]").built() }, says: ["'interfaces' is empty"]),
    Refusal(
      name: "default of another type",
      library: { try PluginText(settings: #"[{"name":"n","type":"integer","default":"x"}]"#).built() },
      says: ["default of setting 'n' must be a whole number"]),
    Refusal(
      name: "required setting missing", library: { try PluginText(settings: keySetting).built() },
      state: .needsConfiguration, says: ["'sample' needs the setting 'key'", "your key", "plugins.json"]),
    Refusal(
      name: "required setting empty", library: { try PluginText(settings: keySetting).built() },
      settings: ["key": .string("")], state: .needsConfiguration, says: ["needs the setting 'key'"]),
    Refusal(
      name: "environment variable missing", library: { try PluginText(settings: keySetting).built() },
      missingVariables: ["key": "SAMPLE_KEY"], state: .needsConfiguration,
      says: ["'key'", "environment variable SAMPLE_KEY"]),
    Refusal(
      name: "setting of another type", library: { try PluginText(settings: keySetting).built() },
      settings: ["key": .integer(4)], state: .needsConfiguration,
      says: ["'key'", "must be a text", "has a whole number"]),
    Refusal(
      name: "unknown setting", library: { try PluginText(settings: keySetting).built() },
      settings: ["key": .string("a"), "kye": .string("a")], state: .needsConfiguration,
      says: ["setting 'kye'", "its settings are key"]),
    Refusal(
      name: "open fails",
      library: {
        try PluginText(open: #"snprintf(why, why_size, "no disk"); *instance = NULL; return USHER_UNAVAILABLE;"#)
          .built()
      }, says: ["could not get ready (unavailable): no disk"]),
    Refusal(
      name: "open refuses a setting",
      library: { try PluginText(open: #"snprintf(why, why_size, "bad path"); return USHER_BAD_REQUEST;"#).built() },
      state: .needsConfiguration, says: ["(badRequest): bad path"]),
    Refusal(
      name: "open fails without a reason",
      library: { try PluginText(open: "memset(why, 'x', why_size); return 42;").built() },
      says: ["could not get ready (fault): xxx"]),
    Refusal(
      name: "open hangs", library: { try PluginText(open: "sleep(3600); return USHER_OK;").built() },
      says: ["did not return from open within 200 ms"]),
    Refusal(
      name: "interface is NULL", library: { try PluginText(getInterface: "(void)id; return NULL;").built() },
      says: ["promises 'metadata-source/1'"]),
    Refusal(
      name: "interface is small", library: { try PluginText(sourceSize: "8").built() }, says: ["in 8 bytes", "has 40"]),
    Refusal(
      name: "interface without fetch", library: { try PluginText(operations: ".match = match").built() },
      says: ["without its function 'fetch'"]),
    Refusal(
      name: "second interface missing",
      library: { try PluginText(interfaces: #"["metadata-source/1","later-thing/1"]"#).built() },
      says: ["promises 'later-thing/1'"]),
  ]
}

struct LoadingTests {
  @Test("A plugin that cannot be used is refused with a sentence, and the next one is loaded", arguments: Refusal.all)
  func refuses(_ refusal: Refusal) async throws {
    var limits = HostingLimits()
    limits.openMilliseconds = 200
    let library = try await blocking(refusal.library)
    let next = try await built(PluginText(id: "next"))
    let test = await TestHost(
      [
        PluginEntry(
          id: "sample", library: library, settings: refusal.settings, missingVariables: refusal.missingVariables),
        PluginEntry(id: "next", library: next),
      ], limits: limits)
    let status = try #require(test.status())
    #expect(status.state == refusal.state)
    for part in refusal.says { #expect(status.reason.contains(part), "\(status.reason)") }
    #expect(test.status("next")?.state == .ready)
    #expect(test.host.source("sample")?.unusable == "\(refusal.state.rawValue): \(status.reason)")
  }

  @Test func aSoundPluginIsReadyAndTellsItsManifest() async throws {
    let test = await TestHost([PluginEntry(id: "sample", library: try await built(PluginText()))])
    #expect(test.status()?.state == .ready)
    #expect(test.status()?.reason == "")
    #expect(test.host.manifest("sample")?.hosts == ["api.example.org"])
    #expect(test.host.source("sample")?.unusable == nil)
    #expect(test.host.server("sample") == nil)
    #expect(test.host.source("unknown") == nil)
  }

  @Test func aDisabledPluginIsNotLoadedButCanBeInspected() async throws {
    let library = try await built(PluginText(id: "off", open: "abort();"))
    let test = await TestHost([PluginEntry(id: "off", library: library, enabled: false)])
    #expect(test.status("off")?.state == .disabled)
    #expect(test.status("off")?.manifest == nil)
    #expect(test.host.source("off")?.unusable?.hasPrefix("disabled: ") == true)
    #expect(try PluginHost.inspect(library: library, id: "off").get().version == "1.0.0")
  }

  @Test func theProgramHearsOfTheManifestBeforeOpen() async throws {
    let heard = Lock<[String]>([])
    let log = RecordingLogSink()
    let host = PluginHost(
      services: FakeServices(), log: log, time: SystemTime(),
      onManifest: { manifest, entry in heard.withLock { $0.append(manifest.id + entry.library) } })
    let library = try await built(PluginText(open: #"snprintf(why, why_size, "late"); return USHER_FAULT;"#))
    await blocking { host.load([PluginEntry(id: "sample", library: library)]) }
    #expect(heard.withLock { $0 } == ["sample" + library])
  }

  @Test func anIdNamedTwiceIsLoadedOnce() async throws {
    let entry = PluginEntry(id: "sample", library: try await built(PluginText()))
    let test = await TestHost([entry, entry])
    #expect(test.host.statuses.map(\.state) == [.ready, .failed])
    #expect(test.host.statuses[1].reason.contains("named twice"))
  }

  @Test func closingEndsWithThePluginClosed() async throws {
    let test = await TestHost([PluginEntry(id: "sample", library: try await built(PluginText()))])
    let source = try #require(test.host.source("sample"))
    _ = try await source.match(MatchRequest(kind: .movie), .within())
    await blocking { test.host.close() }
    let error = await failure { () async throws(PluginError) in
      try await source.match(MatchRequest(kind: .movie), .within())
    }
    #expect(error?.kind == .unavailable)
    #expect(test.log.lines.filter { $0.level >= .warning }.isEmpty)
  }
}
