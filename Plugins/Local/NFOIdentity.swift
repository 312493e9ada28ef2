import UsherKit

/// Which ids an NFO file gives its item.
extension NFOFields {
  /// Ids at services, from `<uniqueid type>`, `<imdbid>`, `<tmdbid>`, `<tvdbid>` and `<id>`.
  func externalIDs(_ root: NFOItem.Root) -> ExternalIDs {
    var ids = ExternalIDs()
    for (namespace, value) in named(root) where ids[namespace] == nil { ids[namespace] = value }
    return ids
  }

  /// The one id that names the item for good: the file's default, otherwise the best known service's.
  func uniqueKey(_ root: NFOItem.Root) -> String? {
    let ids = externalIDs(root)
    let preferred = element.all("uniqueid").first { $0.attributes["default"]?.lowercased() == "true" }
    let order = [preferred.flatMap(Self.namespace)].compactMap { $0 } + ["imdb", "tmdb", "tvdb"]
    let names = order + ids.sorted.map(\.namespace)
    return names.lazy.compactMap { name in ids[name].flatMap { Self.key(name, $0) } }.first
  }

  private func named(_ root: NFOItem.Root) -> [(namespace: String, value: String)] {
    var ids = element.all("uniqueid").compactMap { id in
      Self.namespace(id).map { (namespace: $0, value: id.text) }
    }
    for (field, namespace) in [("imdbid", "imdb"), ("imdb_id", "imdb"), ("tmdbid", "tmdb"), ("tvdbid", "tvdb")] {
      if let value = text(field) { ids.append((namespace, value)) }
    }
    // Plain <id> was IMDb's for films, and TVDB's for shows.
    if let value = text("id") {
      ids.append((value.hasPrefix("tt") ? "imdb" : root == .show ? "tvdb" : "", value))
    }
    return ids.filter { Self.isValid($0.value, in: $0.namespace) }
  }

  private static func namespace(_ id: NFOElement) -> String? {
    let type = (id.attributes["type"] ?? "").lowercased()
    switch type {
    case "themoviedb": return "tmdb"
    case "thetvdb": return "tvdb"
    case LocalSource.id, "unknown", "": return nil
    default: return type.utf8.count <= 20 && type.utf8.allSatisfy(isWordByte) ? type : nil
    }
  }

  private static func isValid(_ value: String, in namespace: String) -> Bool {
    let isNumber = !value.isEmpty && value.utf8.allSatisfy { (0x30...0x39).contains($0) }
    switch namespace {
    case "": return false
    case "imdb":
      let digits = value.utf8.dropFirst(2)
      return value.hasPrefix("tt") && !digits.isEmpty && digits.allSatisfy { (0x30...0x39).contains($0) }
    case "tmdb", "tvdb", "tvmaze": return isNumber
    default: return !value.isEmpty
    }
  }

  /// Nil when the id has characters that an `ItemID` may not have.
  private static func key(_ namespace: String, _ value: String) -> String? {
    let isUsable =
      value.utf8.count <= 60
      && value.utf8.allSatisfy {
        isWordByte($0) || (0x41...0x5A).contains($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
      }
    return isUsable ? "\(namespace)-\(value)" : nil
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
  }
}

/// A number for a text that stays the same for ever: FNV-1a with 64 bits, as 16 hex digits.
enum PathHash {
  /// The part of an item id that stands for a path.
  static func key(_ path: String) -> String { "path-" + hex(of: path) }

  static func hex(of text: String) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 {
      hash ^= UInt64(byte)
      hash &*= 0x0000_0100_0000_01B3
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
