package import CUsher

/// A table of usher.h: it only grows, and its first member, `struct_size`, says how far it goes here.
package protocol SizedTable {}

extension usher_host: SizedTable {}
extension usher_plugin: SizedTable {}
extension usher_metadata_source: SizedTable {}
extension usher_media_server: SizedTable {}
extension usher_library: SizedTable {}
extension usher_commands: SizedTable {}
extension usher_command_output: SizedTable {}
extension usher_data_directory: SizedTable {}
extension usher_user_hosts: SizedTable {}
extension usher_http_stream: SizedTable {}

extension SizedTable {
  /// `sizeof` of the table as this side knows it.
  package static var size: UInt32 { UInt32(MemoryLayout<Self>.size) }
}

extension UnsafePointer where Pointee: SizedTable {
  /// A function of the table, nil when the other side does not have it: `USHER_HAS` of usher.h. Nothing beyond
  /// `struct_size` is read.
  package func function<Function>(_ member: KeyPath<Pointee, Function?>) -> Function? {
    guard let offset = MemoryLayout<Pointee>.offset(of: member) else { return nil }
    let bytes = UnsafeRawPointer(self)
    let size = Int(bytes.load(as: UInt32.self))
    guard offset + MemoryLayout<Function?>.size <= size else { return nil }
    return bytes.load(fromByteOffset: offset, as: Function?.self)
  }
}

extension UnsafePointer<usher_host> {
  /// A service of the host by its id; nil when the host has none.
  func service<Table: SizedTable>(_ id: String, _ type: Table.Type = Table.self) -> UnsafePointer<Table>? {
    function(\.get_service)?(self, id)?.assumingMemoryBound(to: Table.self)
  }
}
