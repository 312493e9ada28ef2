import MetadataModel

/// A plugin's reply: what could be read can be written, and read again as the same.
@_cdecl("fuzz_reply")
public func fuzzReply(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = input(data, count)
  guard let first = bytes.first else { return 0 }
  let json = Array(bytes.dropFirst())
  switch first % 5 {
  case 0: roundTrip(MatchReply.self, json)
  case 1: roundTrip(MediaItem.self, json)
  case 2: roundTrip(ItemList.self, json)
  case 3: roundTrip(ArtworkList.self, json)
  default: roundTrip(PluginManifest.self, json)
  }
  return 0
}

private func roundTrip<Value: Codable & Equatable>(_ type: Value.Type, _ bytes: [UInt8]) {
  guard let value = try? JSONCoding.decode(type, from: bytes) else { return }
  guard let again = try? JSONCoding.encode(value) else { fatalError("a reply that cannot be written") }
  guard let second = try? JSONCoding.decode(type, from: again) else { fatalError("a reply that cannot be read again") }
  precondition(second == value, "a reply that changes")
}
