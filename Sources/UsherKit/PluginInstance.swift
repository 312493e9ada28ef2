import CUsher
import MetadataModel

/// An opened plugin: what stands behind the `instance` pointer from open to close.
final class PluginInstance: @unchecked Sendable {
  // Sendable is right because all members are constant, and the tables may be read from every thread.
  struct Faces: Sendable {
    var source: (any MetadataSource)?
    var server: (any MediaServer)?
    var commands: (any CommandProvider)?
  }

  let faces: Faces
  let host: UnsafePointer<usher_host>
  private let interfaces: [String: UnsafeRawPointer]

  init(_ faces: Faces, host: UnsafePointer<usher_host>, interfaces: [String: UnsafeRawPointer]) {
    self.faces = faces
    self.host = host
    self.interfaces = interfaces
  }

  /// The C table of an interface, nil when the plugin has no such interface.
  func table(of id: String) -> UnsafeRawPointer? { interfaces[id] }

  /// The pointer for the host; `release` gives it back.
  func retained() -> UnsafeMutableRawPointer { Unmanaged.passRetained(self).toOpaque() }

  static func from(_ pointer: UnsafeMutableRawPointer) -> PluginInstance {
    Unmanaged<PluginInstance>.fromOpaque(pointer).takeUnretainedValue()
  }

  static func release(_ pointer: UnsafeMutableRawPointer) {
    Unmanaged<PluginInstance>.fromOpaque(pointer).release()
  }
}
