import CUsher
import MetadataModel

/// An opened plugin: what stands behind the `instance` pointer from open to close.
final class PluginInstance: @unchecked Sendable {
  // Sendable is right because all members are constant, and both tables may be read from every thread.
  enum Face: Sendable {
    case source(any MetadataSource)
    case server(any MediaServer)
  }

  let face: Face
  let host: UnsafePointer<usher_host>
  private let interface: (id: String, table: UnsafeRawPointer)

  init(_ face: Face, host: UnsafePointer<usher_host>, interface: (id: String, table: UnsafeRawPointer)) {
    self.face = face
    self.host = host
    self.interface = interface
  }

  /// The C table of an interface, nil when the plugin has no such interface.
  func table(of id: String) -> UnsafeRawPointer? { id == interface.id ? interface.table : nil }

  /// The pointer for the host; `release` gives it back.
  func retained() -> UnsafeMutableRawPointer { Unmanaged.passRetained(self).toOpaque() }

  static func from(_ pointer: UnsafeMutableRawPointer) -> PluginInstance {
    Unmanaged<PluginInstance>.fromOpaque(pointer).takeUnretainedValue()
  }

  static func release(_ pointer: UnsafeMutableRawPointer) {
    Unmanaged<PluginInstance>.fromOpaque(pointer).release()
  }
}
