import Foundation
import TestSupport
import UsherKit

/// Programs that tests start, and libraries that they build.
enum Command {
  /// The folder of Package.swift.
  static let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Runs a program found in PATH to its end; throws with what it printed when it fails.
  static func run(_ program: String, _ arguments: [String], in folder: URL? = nil) throws {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.currentDirectoryURL = folder
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let printed = String(decoding: output.allData(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw PluginError(.fault, "\(program) failed:\n\(printed)") }
  }

  /// Loads a library as a host does, and gives its entry function.
  static func entry(
    _ symbol: String, of library: String
  ) throws -> @convention(c) (UInt32) -> UnsafePointer<usher_plugin>? {
    guard let handle = dlopen(library, RTLD_NOW | RTLD_LOCAL), let function = dlsym(handle, symbol) else {
      throw PluginError(.fault, String(cString: dlerror()))
    }
    return unsafeBitCast(function, to: (@convention(c) (UInt32) -> UnsafePointer<usher_plugin>?).self)
  }
}

/// A new folder, gone with the value.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "usher-kit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}
