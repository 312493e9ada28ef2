import Foundation
import Support

/// Libraries that tests compile from C, each in a file of its own: the loader takes a file for the one it knows when
/// its inode comes back, so nothing is deleted while the tests run.
enum BuiltPlugin {
  static let folder: String = {
    let folder = NSTemporaryDirectory() + "usher-hosting-\(getpid())"
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    atexit { try? FileManager.default.removeItem(atPath: BuiltPlugin.folder) }
    return folder
  }()

  private static let built = Lock<[String: String]>([:])

  /// A path for a file of a test's own.
  static func path(_ ending: String) -> String { "\(folder)/\(UUID().uuidString)\(ending)" }

  /// Compiles `source`; gives the library's path. The same source is compiled once.
  static func library(_ source: String) throws -> String {
    if let path = built.withLock({ $0[source] }) { return path }
    let path = path(".so")
    try source.write(toFile: path + ".c", atomically: true, encoding: .utf8)
    let compiler = Process()
    compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let headers = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../../Sources/CUsher/include"
    compiler.arguments = [
      "cc", "-shared", "-fPIC", "-O1", "-std=gnu11", "-Wall", "-Werror", "-I", headers, "-o", path, path + ".c",
      "-lpthread",
    ]
    try compiler.run()
    compiler.waitUntilExit()
    guard compiler.terminationStatus == 0 else { throw CompilerFailure(path: path + ".c") }
    built.withLock { $0[source] = path }
    return path
  }

  /// What the compiler said stands on standard error.
  struct CompilerFailure: Error {
    let path: String
  }
}

/// The text of a source plugin in C, sound unless told otherwise.
struct PluginText {
  var id = "sample"
  /// Ends the entry's name.
  var entryID: String?
  var major = 1
  var minor = 0
  var size = "sizeof(usher_plugin)"
  var manifest: String?
  var interfaces = #"["metadata-source/1"]"#
  var settings = "[]"
  var open = "(void)why; (void)why_size; *instance = (void *)host; return USHER_OK;"
  var getInterface = "return strcmp(id, USHER_METADATA_SOURCE) == 0 ? &source : NULL;"
  var entry = "(void)host_abi_minor; return &plugin;"
  var sourceSize = "sizeof(usher_metadata_source)"
  var operations = ".match = match, .fetch = match"
  var match = #"(void)request; return say(instance, call, "{\"candidates\":[]}");"#
  var declarations = ""

  var text: String {
    let manifest =
      manifest ?? #"{"id":"\#(id)","version":"1.0.0","interfaces":\#(interfaces),"kinds":["movie"],"#
      + #""hosts":["api.example.org"],"settings":\#(settings)}"#
    let quoted = manifest.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
    return """
      #include "usher.h"
      #include <pthread.h>
      #include <stdio.h>
      #include <stdlib.h>
      #include <string.h>
      #include <unistd.h>

      static inline usher_status say(void *instance, usher_call *call, const char *text) {
        ((const usher_host *)instance)->reply(call, (usher_bytes){(const uint8_t *)text, strlen(text)});
        return USHER_OK;
      }
      \(declarations)
      static usher_status match(void *instance, usher_call *call, usher_bytes request) { \(match) }
      static const usher_metadata_source source = {.struct_size = \(sourceSize), \(operations)};
      static usher_status open_plugin(const usher_plugin *p, const usher_host *host, void **instance, char *why,
                                      size_t why_size) {
        (void)p; (void)source;
        \(open)
      }
      static void close_plugin(void *instance) { (void)instance; }
      static const void *get_interface(void *instance, const char *id) { (void)instance; \(getInterface) }
      static const usher_plugin plugin = {
        \(size), \(minor), "\(id)", "1.0.0", "\(quoted)", NULL, open_plugin, close_plugin, get_interface};
      USHER_EXPORT const usher_plugin *usher_plugin_v\(major)_\(entryID ?? id)(uint32_t host_abi_minor);
      const usher_plugin *usher_plugin_v\(major)_\(entryID ?? id)(uint32_t host_abi_minor) {
        (void)plugin;
        \(entry)
      }
      """
  }

  func built() throws -> String { try BuiltPlugin.library(text) }
}

/// Compiles the plugin without holding up other tests.
func built(_ text: PluginText) async throws -> String { try await blocking { () throws in try text.built() } }
