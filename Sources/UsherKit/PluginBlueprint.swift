import CUsher
import MetadataModel

/// How to open a plugin: what stands behind `data` of its table.
final class PluginBlueprint: @unchecked Sendable {
  // Sendable is right because all members are constant, and the interfaces' tables are only read.

  /// The manifest as JSON.
  let manifestText: String
  private let manifestError: PluginError?
  private let interfaces: [String: UnsafeRawPointer]
  private let make: @Sendable (HostContext) throws -> PluginInstance.Faces

  /// A manifest that has no JSON (a rate limit that is no number) is shortened to its name, and `open` says why.
  init(
    _ manifest: PluginManifest, interfaces: [String: UnsafeRawPointer],
    make: @escaping @Sendable (HostContext) throws -> PluginInstance.Faces
  ) {
    self.interfaces = interfaces
    self.make = make
    do {
      manifestText = String(decoding: try JSONCoding.encode(manifest), as: UTF8.self)
      manifestError = nil
    } catch {
      let name = ["id": manifest.id, "version": manifest.version]
      manifestText = (try? JSONCoding.encode(name)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
      manifestError = PluginError(.fault, "the manifest cannot be written as JSON: \(error)")
    }
  }

  /// `usher_plugin.open`: an instance, or a status and a sentence in `why`.
  static func open(
    _ plugin: UnsafePointer<usher_plugin>?, _ host: UnsafePointer<usher_host>?,
    _ instance: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ why: UnsafeMutablePointer<CChar>?, _ whySize: Int
  ) -> usher_status {
    guard let data = plugin?.pointee.data, let host, let instance else { return USHER_BAD_REQUEST }
    let blueprint = Unmanaged<PluginBlueprint>.fromOpaque(data).takeUnretainedValue()
    do {
      if let error = blueprint.manifestError { throw error }
      let faces = try blueprint.make(HostContext(CHost(opening: host)))
      instance.pointee = PluginInstance(faces, host: host, interfaces: blueprint.interfaces).retained()
      return USHER_OK
    } catch {
      let error = PluginError(thrown: error)
      instance.pointee = nil
      write(error.text, into: why, whySize)
      return error.kind.status
    }
  }

  /// Writes a NUL-ended text of at most `size` bytes, cut where a character begins.
  static func write(_ text: String, into buffer: UnsafeMutablePointer<CChar>?, _ size: Int) {
    guard let buffer, size > 0 else { return }
    let bytes = Array(text.utf8.lazy.filter { $0 != 0 })
    var length = min(bytes.count, size - 1)
    while length > 0, length < bytes.count, bytes[length] & 0xC0 == 0x80 { length -= 1 }
    for index in 0..<length { buffer[index] = CChar(bitPattern: bytes[index]) }
    buffer[length] = 0
  }
}
