import Support

/// A client that listens to a fake media server.
final class FakePlexListener: Sendable {
  private let waiting = Lock<(frames: [[UInt8]], isOver: Bool)>(([], false))
  private let arrival = Semaphore()

  func send(_ frame: [UInt8]) {
    waiting.withLock { $0.frames.append(frame) }
    arrival.signal()
  }

  func end() {
    waiting.withLock { $0.isOver = true }
    arrival.signal()
  }

  /// The next frame, a ping when there is none for a while, nil at the end. Blocks.
  func next() -> [UInt8]? {
    _ = arrival.wait(milliseconds: 2000)
    let (frame, isOver) = waiting.withLock { waiting in
      (waiting.frames.isEmpty ? nil : waiting.frames.removeFirst(), waiting.isOver)
    }
    return isOver ? nil : frame ?? Array("event: ping\ndata: {}\n\n".utf8)
  }
}

extension FakePlexServer {
  /// Clients that listen now, or went away unnoticed.
  public var listenerCount: Int { state.withLock { $0.listeners.count } }

  /// Ends every stream, as a server does that starts anew.
  public func endListening() {
    let listeners = state.withLock { state in
      defer { state.listeners = [] }
      return state.listeners
    }
    for listener in listeners { listener.end() }
  }

  /// Tells listeners what a server tells of an item that came, changed or went: each step of it, most of which mean
  /// nothing yet.
  public func announce(_ keys: [Int], isDeleted: Bool = false) {
    for key in keys {
      guard let section = sections.first(where: { $0.has(key) }), let item = item(key) else { continue }
      for state in isDeleted ? [9] : [0, 1, 3, 5] {
        notify(
          "timeline",
          #"{"TimelineEntry":[{"identifier":"com.plexapp.plugins.library","sectionID":"\#(section.key)","#
            + #""itemID":"\#(key)","type":\#(item.kind.rawValue),"state":\#(state),"updatedAt":1700000000}]}"#)
      }
    }
  }

  /// Sends an event to everyone who listens.
  public func notify(_ name: String, _ json: String) {
    let frame = Array("event: \(name)\ndata: \(json)\n\n".utf8)
    for listener in state.withLock({ $0.listeners }) { listener.send(frame) }
  }

  func listen(_ call: FakePlexCall) -> LoopbackReply {
    guard call.method == "GET", call.parts.last == "notifications", !call.faults.tellsNothing else {
      return Self.html(404, "Not Found")
    }
    let listener = FakePlexListener()
    state.withLock { $0.listeners.append(listener) }
    return .live(
      head: "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-Plex-Protocol: 1.0\r\n\r\n", next: listener.next)
  }
}
