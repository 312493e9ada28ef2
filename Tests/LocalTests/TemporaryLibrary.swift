import Foundation
import UsherKit
import UsherKitTesting

@testable import Local

/// Folders with NFO files that are gone when the test is over.
final class TemporaryLibrary {
  let path: String
  let host: FakeHost

  /// With files by their path below the folder. The source is given `folders` below it, or all of it.
  init(_ files: [String: String] = [:], folders: [String] = [""]) throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("usher-\(UUID().uuidString)").path
    self.path = path
    host = FakeHost(settings: ["folders": .list(folders.map { $0.isEmpty ? path : path + "/" + $0 })])
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, text) in files { try write(name, text) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ text: String) throws { try write(name, Data(text.utf8)) }

  func write(_ name: String, _ data: Data) throws {
    let url = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url)
  }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path + "/" + name) }

  func source() throws -> LocalSource { try LocalSource(host.context) }

  /// Titles by id of everything of a kind.
  func titles(_ kind: MediaKind) async throws -> [String: String] {
    let index = try await LocalLibrary(folders: [path]).current(host.context)
    return Dictionary(
      uniqueKeysWithValues: index.items.filter { $0.key.kind == kind }.map { ($0.key.description, $0.value.title) })
  }

  /// What the source logged.
  var lines: [String] { host.lines.map(\.text) }

  static func movie(_ title: String, _ more: String = "") -> String { "<movie><title>\(title)</title>\(more)</movie>" }
  static func show(_ title: String, _ more: String = "") -> String { "<tvshow><title>\(title)</title>\(more)</tvshow>" }
  static func episode(_ season: Int, _ number: Int, _ title: String) -> String {
    "<episodedetails><title>\(title)</title><season>\(season)</season><episode>\(number)</episode></episodedetails>"
  }
}

extension LocalSource {
  func fetch(_ id: String, _ host: FakeHost) async throws -> MediaItem {
    try await fetch(ItemRequest(id: Self.id(id)), host.context)
  }

  func children(_ id: String, _ host: FakeHost) async throws -> [MediaItem] {
    try await children(ItemRequest(id: Self.id(id)), host.context)
  }

  func match(_ request: MatchRequest, _ host: FakeHost) async throws -> [String] {
    try await match(request, host.context).map(\.id.description)
  }

  static func id(_ text: String) throws -> ItemID {
    guard let id = ItemID(text) else { throw PluginError(.fault, "the test's '\(text)' is no id") }
    return id
  }
}
