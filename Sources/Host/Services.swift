import Fetching
import Library
import MetadataModel
import PluginHosting
import Storage
import Support

/// What plugins get from the program: curl behind `fetch`, SQLite behind the cache, the library behind `ask`.
final class Services: HostServices {
  private let fetcher: Fetcher
  private let store: KeyValueStore
  private let time: any TimeSource
  // Set once: the library is made of plugins, which need these services to load.
  private let library = Lock<MediaLibrary?>(nil)

  init(fetcher: Fetcher, store: KeyValueStore, time: any TimeSource) {
    self.fetcher = fetcher
    self.store = store
    self.time = time
  }

  func connect(_ library: MediaLibrary) { self.library.withLock { $0 = library } }

  func fetch(_ request: OutgoingRequest) async throws(PluginError) -> OutgoingResponse {
    let outgoing = FetchRequest(
      source: request.plugin, method: request.method, url: request.url, headers: request.headers, body: request.body,
      freshForSeconds: request.freshForSeconds, deadline: request.call.deadline, requestID: request.call.requestID)
    do {
      let response = try await fetcher.fetch(outgoing)
      return OutgoingResponse(status: response.status, headers: response.headers, body: response.body)
    } catch {
      throw PluginError(error)
    }
  }

  func cached(_ key: [UInt8], of plugin: String) -> [UInt8]? {
    guard let value = store.valueNow(for: Self.text(key), in: Self.space(plugin)),
      value.freshUntil > time.wallMilliseconds
    else { return nil }
    return value.bytes
  }

  func remember(_ value: [UInt8], for key: [UInt8], of plugin: String, seconds: Int64) -> Bool {
    let key = Self.text(key)
    guard seconds > 0 else {
      store.removeNow(key, in: Self.space(plugin))
      return true
    }
    let now = time.wallMilliseconds
    let kept = min(seconds, Int64(180 * 86_400)) * 1000
    store.storeNow(StoredValue(bytes: value, storedAt: now, freshUntil: now + kept), for: key, in: Self.space(plugin))
    return true
  }

  func ask(
    _ operation: String, _ request: [UInt8], provider: Provider, call: CallInfo
  ) async throws(PluginError) -> [UInt8] {
    guard let library = library.withLock({ $0 }) else {
      throw PluginError(.unavailable, "the library is not ready yet")
    }
    return try await library.ask(operation, request, provider: provider.name, call: call)
  }

  /// A plugin's own entries stand apart from what the host keeps about it.
  private static func space(_ plugin: String) -> String { "\(plugin)/own" }

  private static func text(_ key: [UInt8]) -> String { String(decoding: key, as: UTF8.self) }
}

extension PluginError {
  /// What a failed fetch means to the plugin that asked.
  init(_ error: FetchError) {
    switch error {
    case .hostNotAllowed, .badURL: self.init(.badRequest, error.description)
    case .cancelled: self.init(.cancelled, error.description)
    default: self.init(.unavailable, error.description)
    }
  }
}
