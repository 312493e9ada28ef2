import UsherKit

extension ServerClient {
  /// Silence after which a stream counts as lost, in seconds: a server that has nothing to tell sends a ping about every
  /// ten.
  static let longestSilence = 60

  /// Listens to what the server tells by itself until `hear` says false or the stream ends. `hear` gets the keys of
  /// libraries that changed, none when the stream begins and about once a second while nothing happens; it runs on another
  /// thread and must not block. Throws `.notFound` and the like when the server offers no such stream, `.unreadable` when
  /// something else answers in its place.
  public func listen(_ hear: @escaping @Sendable (Set<String>) -> Bool) async throws {
    let path = "/:/eventsource/notifications"
    var headers = identity.headers(token)
    headers["Accept"] = "text/event-stream"
    let request = HTTPRequest(
      url: URLQuery.url(address, path, [("filters", "timeline,activity")]), headers: headers,
      timeout: Self.longestSilence)
    let reader = Guarded(EventStreamReader())
    let response: HTTPResponse
    do {
      response = try await transport.stream(request) { bytes in
        let events = reader.withLock { $0.take(bytes) }
        return hear(events.reduce(into: []) { $0.formUnion(LibraryChange.libraries(in: $1)) })
      }
    } catch {
      let error = PluginError(thrown: error)
      if error.kind == .cancelled { throw PlexError(.cancelled, error.text) }
      throw PlexError(.unreachable, "'\(name)' tells nothing at \(address)\(path): \(error.text)")
    }
    guard (200..<300).contains(response.status) else { throw failure(response, "GET", path) }
    guard response.headers["content-type"]?.lowercased().hasPrefix("text/event-stream") ?? false else {
      throw PlexError(.unreadable, "what answers at \(address)\(path) is no stream of events")
    }
  }
}

/// What a media server's notifications say about its libraries.
enum LibraryChange {
  private static let library = "com.plexapp.plugins.library"
  /// Of a timeline entry: metadata is there, and the item is gone. Those between tell only how far the work is.
  private static let processed = 5
  private static let deleted = 9

  /// Keys of the libraries in which something is new, different or gone by this event; empty for every other event.
  static func libraries(in event: StreamEvent) -> Set<String> {
    let response = HTTPResponse(status: 200, body: event.data)
    guard event.data.contains(UInt8(ascii: "{")),
      let root = try? PlexDocument.element(response, from: "the server")
    else { return [] }
    // Web sockets wrap what streams give bare.
    let content = root.first("NotificationContainer") ?? root
    var keys = content.all("TimelineEntry").compactMap(key)
    keys += content.all("ActivityNotification").compactMap(keyOfActivity)
    if event.name == "timeline", content.attributes["sectionID"] != nil { keys += [key(content)].compactMap(\.self) }
    return Set(keys)
  }

  private static func key(_ entry: PlexElement) -> String? {
    guard entry.text("identifier").map({ $0 == library }) ?? true,
      [processed, deleted].contains(entry.integer("state") ?? -1)
    else { return nil }
    return section(entry.text("sectionID"))
  }

  /// A scan that is over, or an item that was read again. Merely looking at an item in Plex's own pages reads nothing.
  private static func keyOfActivity(_ notification: PlexElement) -> String? {
    guard notification.text("event") == "ended", let activity = notification.first("Activity"),
      let type = activity.text("type"), let context = activity.first("Context")
    else { return nil }
    let isChange = type == "library.update.section" || (type == "library.refresh.items" && context.flag("refreshed"))
    return isChange ? section(context.text("librarySectionID")) : nil
  }

  private static func section(_ text: String?) -> String? {
    text.flatMap { Int($0) }.flatMap { $0 > 0 ? String($0) : nil }
  }
}
