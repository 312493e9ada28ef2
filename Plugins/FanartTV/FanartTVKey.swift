import UsherKit

/// What an id of this source stands for: always an id of another service.
enum FanartTVKey: Hashable {
  /// A TMDB id or an IMDb id; the service takes both.
  case movie(String)
  /// A TheTVDB id.
  case show(String)
  case season(String, number: Int)

  /// Throws `.notFound` for an id that this source never gave out.
  init(_ id: ItemID) throws {
    let parts = id.value.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    switch (id.source, id.kind, parts.count) {
    case (FanartTVSource.id, .movie, 1) where Self.isNumber(parts[0]) || Self.isIMDb(parts[0]):
      self = .movie(parts[0])
      return
    case (FanartTVSource.id, .show, 1) where Self.isNumber(parts[0]):
      self = .show(parts[0])
      return
    case (FanartTVSource.id, .season, 2) where Self.isNumber(parts[0]):
      // The plain form only, so that every season has one id.
      if let number = Int(parts[1]), (0...9999).contains(number), String(number) == parts[1] {
        self = .season(parts[0], number: number)
        return
      }
    default: break
    }
    throw PluginError(.notFound, "Fanart.tv has no \(id)")
  }

  /// The works that a request may mean, the surest first. Throws `.unsupported` for other kinds than movie and show.
  static func all(in request: MatchRequest) throws -> [FanartTVKey] {
    guard request.kind == .movie || request.kind == .show else {
      throw PluginError(.unsupported, "Fanart.tv is asked for movies and shows, not for '\(request.kind.rawValue)'")
    }
    let ids = request.externalIDs
    var keys: [FanartTVKey] = []
    if let id = request.id, id.kind == request.kind, let own = try? FanartTVKey(id) { keys.append(own) }
    if request.kind == .movie {
      keys += [ids?["tmdb"]].compactMap { $0 }.filter(isNumber).map { .movie($0) }
      keys += [ids?["imdb"]].compactMap { $0 }.filter(isIMDb).map { .movie($0) }
    } else {
      keys += [ids?["tvdb"]].compactMap { $0 }.filter(isNumber).map { .show($0) }
    }
    var seen: Set<FanartTVKey> = []
    return keys.filter { seen.insert($0).inserted }
  }

  /// Digits without a leading zero.
  static func isNumber(_ text: String) -> Bool {
    (1...12).contains(text.utf8.count) && text.utf8.first != UInt8(ascii: "0") && isDigits(text[...])
  }

  /// `tt` and seven digits or more.
  static func isIMDb(_ text: String) -> Bool {
    text.hasPrefix("tt") && (9...12).contains(text.utf8.count) && isDigits(text.dropFirst(2))
  }

  private static func isDigits(_ text: Substring) -> Bool { text.utf8.allSatisfy { (0x30...0x39).contains($0) } }
}

extension FanartTVKey {
  /// The item's id. Throws `.fault` for a value that fits none, which a key never holds.
  func id() throws -> ItemID {
    let id =
      switch self {
      case .movie(let value): ItemID(source: FanartTVSource.id, kind: .movie, value: value)
      case .show(let value): ItemID(source: FanartTVSource.id, kind: .show, value: value)
      case .season(let show, let number): ItemID(source: FanartTVSource.id, kind: .season, value: "\(show)-\(number)")
      }
    guard let id else { throw PluginError(.fault, "Fanart.tv: '\(self)' makes no id") }
    return id
  }
}
