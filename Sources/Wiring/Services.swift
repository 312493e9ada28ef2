import Fetching
import Library
import MetadataModel
import PluginCalls
import Storage
import Support
import Transport

/// What plugins get from the program: curl behind `fetch`, SQLite behind the cache, the library behind `ask`.
final class Services: HostServices {
  private let fetcher: Fetcher
  private let store: KeyValueStore
  private let time: any TimeSource
  private let dataFolder: String
  /// One request with its waits and retries, when nobody is in a hurry; one that brings a longer timeout gets three tries.
  private static let patienceMilliseconds: Int64 = 85_000
  /// Half a year: the longest that any service's terms let its data be kept.
  private static let longestSeconds: Int64 = 180 * 86_400
  // Set once: the library is made of plugins, which need these services to load.
  private let library = Lock<MediaLibrary?>(nil)

  init(fetcher: Fetcher, store: KeyValueStore, time: any TimeSource, dataFolder: String) {
    self.dataFolder = dataFolder
    self.fetcher = fetcher
    self.store = store
    self.time = time
  }

  func connect(_ library: MediaLibrary) { self.library.withLock { $0 = library } }

  func fetch(_ request: OutgoingRequest) async throws(PluginError) -> OutgoingResponse {
    let longest = max(Self.patienceMilliseconds, 3 * min(request.timeoutMilliseconds, 86_400_000))
    let deadline = min(request.call.deadline, .after(milliseconds: longest, time))
    // Whoever asks for news has no use for an old response.
    let patience = request.call.maximumAgeSeconds == nil ? request.call.softDeadline : nil
    let outgoing = FetchRequest(
      source: request.plugin, method: request.method, url: request.url, headers: request.headers, body: request.body,
      freshForSeconds: request.freshForSeconds, timeoutMilliseconds: request.timeoutMilliseconds,
      userOrigins: request.userOrigins, keepsRedirect: request.keepsRedirect, deadline: deadline, patience: patience,
      urgency: request.call.urgency, maximumAgeSeconds: request.call.maximumAgeSeconds,
      requestID: request.call.requestID)
    let notes = request.call.notes
    notes?.begin()
    do {
      let response = try await fetcher.fetch(outgoing)
      if let notes { note(response, to: outgoing, in: notes) }
      return OutgoingResponse(status: response.status, headers: response.headers, body: response.body)
    } catch {
      notes?.endWithFailure()
      throw PluginError(error)
    }
  }

  func stream(
    _ request: OutgoingRequest, part: @escaping @Sendable (UnsafeRawBufferPointer) -> Bool
  ) async throws(PluginError) -> OutgoingResponse {
    do {
      let response = try await fetcher.stream(
        FetchRequest(
          source: request.plugin, url: request.url, headers: request.headers,
          timeoutMilliseconds: request.timeoutMilliseconds, userOrigins: request.userOrigins,
          deadline: request.call.deadline, urgency: request.call.urgency, requestID: request.call.requestID),
        part: part)
      return OutgoingResponse(status: response.status, headers: response.headers, body: response.body)
    } catch {
      throw PluginError(error)
    }
  }

  private func note(_ response: FetchResponse, to request: FetchRequest, in notes: CallNotes) {
    if response.origin == .stale { notes.noteStale() }
    let isAnswer = response.status < 300 || response.status == 404
    guard isAnswer, response.origin != .stale else { return notes.endWithFailure() }
    guard request.freshForSeconds > 0 else { return notes.end() }
    notes.end { [fetcher] in await fetcher.forget(request) }
  }

  func cached(_ key: [UInt8], of plugin: String) -> [UInt8]? {
    guard let value = store.valueNow(for: key, in: Self.space(plugin)),
      value.freshUntil > time.wallMilliseconds
    else { return nil }
    return value.bytes
  }

  func remember(_ value: [UInt8], for key: [UInt8], of plugin: String, seconds: Int64) -> Bool {
    guard seconds > 0 else { return store.removeNow(key, in: Self.space(plugin)) }
    let now = time.wallMilliseconds
    let kept = min(seconds, Self.longestSeconds) * 1000
    let entry = StoredValue(bytes: value, storedAt: now, freshUntil: now + kept)
    return store.storeNow(entry, for: key, in: Self.space(plugin))
  }

  func ask(
    _ operation: String, _ request: [UInt8], provider: Provider, call: CallInfo
  ) async throws(PluginError) -> [UInt8] {
    guard let library = library.withLock({ $0 }) else {
      throw PluginError(.unavailable, "the library is not ready yet")
    }
    return try await library.ask(operation, request, provider: provider.name, call: call)
  }

  func dataDirectory(of plugin: String) throws(PluginError) -> String {
    try PluginFolder.path(of: plugin, in: dataFolder)
  }

  func origin(of url: String) throws(PluginError) -> String {
    do {
      return try FetchURL(url).origin
    } catch {
      throw PluginError(.badRequest, error.description)
    }
  }

  /// A plugin's own entries stand apart from what the host keeps about it.
  private static func space(_ plugin: String) -> String { "\(plugin)/own" }
}

extension PluginError {
  /// What a failed fetch means to the plugin that asked.
  init(_ error: FetchError) {
    switch error {
    case .hostNotAllowed, .plainHTTPNotAllowed, .badURL, .badRequest, .unknownSource:
      self.init(.badRequest, error.description)
    case .cancelled: self.init(.cancelled, error.description)
    default: self.init(.unavailable, error.description)
    }
  }
}
