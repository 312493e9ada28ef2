import Foundation

/// The registry of custom metadata providers, as servers have it since 1.43, and editing libraries.
extension FakePlexServer {
  func registry(_ call: FakePlexCall, _ path: [String]) -> LoopbackReply {
    guard !call.faults.lacksRegistry else { return Self.html(404, "Not Found") }
    if path.first == "group" { return groups(call, Array(path.dropFirst())) }
    let id = path.first.flatMap { Int($0) }
    switch (call.method, id) {
    case ("GET", nil): return call.container(providers.map(\.element))
    case ("POST", nil): return register(call)
    case (_, nil): return Self.html(405, "Method Not Allowed")
    case ("GET", let id?):
      guard let provider = providers.first(where: { $0.id == id }) else { return Self.html(404, "Not Found") }
      return call.container([provider.element])
    case ("PUT", let id?): return rebind(call, id)
    case ("DELETE", let id?): return unregister(id)
    default: return Self.html(405, "Method Not Allowed")
    }
  }

  /// Fetches the provider's root at once, as Plex does.
  private func read(_ uri: String) -> FakeRegisteredProvider? {
    guard let (port, path) = Self.loopback(uri), let client = try? LoopbackClient(port: port, seconds: 10),
      let answer = try? client.send("GET", path), answer.status == 200,
      let root = answer.object["MediaProvider"] as? [String: Any], let identifier = root["identifier"] as? String,
      let title = root["title"] as? String, let types = root["Types"] as? [[String: Any]]
    else { return nil }
    return FakeRegisteredProvider(
      id: 0, identifier: identifier, title: title, uri: uri, types: types.compactMap { $0["type"] as? Int })
  }

  /// Port and path of a URL on 127.0.0.1.
  static func loopback(_ uri: String) -> (UInt16, String)? {
    guard let url = URL(string: uri), url.host == "127.0.0.1" || url.host == "localhost",
      let port = url.port.flatMap({ UInt16(exactly: $0) })
    else { return nil }
    return (port, url.path.isEmpty ? "/" : url.path)
  }

  private func register(_ call: FakePlexCall) -> LoopbackReply {
    guard let uri = call.request.parameter("uri"), var provider = read(uri) else {
      return Self.html(400, "Bad Request")
    }
    let isNew = state.withLock { state in
      guard !state.providers.contains(where: { $0.identifier == provider.identifier }) else { return false }
      provider.id = state.nextID
      state.nextID += 1
      state.providers.append(provider)
      return true
    }
    return isNew ? call.container([provider.element]) : Self.html(409, "Conflict")
  }

  private func rebind(_ call: FakePlexCall, _ id: Int) -> LoopbackReply {
    guard let uri = call.request.parameter("uri"), let fresh = read(uri) else { return Self.html(400, "Bad Request") }
    return state.withLock { state in
      guard let place = state.providers.firstIndex(where: { $0.id == id }) else { return Self.html(404, "Not Found") }
      state.providers[place].uri = uri
      state.providers[place].title = fresh.title
      return call.container([state.providers[place].element])
    }
  }

  private func unregister(_ id: Int) -> LoopbackReply {
    state.withLock { state in
      guard state.providers.contains(where: { $0.id == id }) else { return Self.html(404, "Not Found") }
      guard !state.groups.contains(where: { $0.items.contains(id) }) else { return Self.html(403, "Forbidden") }
      state.providers.removeAll { $0.id == id }
      return Self.accepted
    }
  }

  private func groups(_ call: FakePlexCall, _ path: [String]) -> LoopbackReply {
    let id = path.first.flatMap { Int($0) }
    return state.withLock { state in
      let place = state.groups.firstIndex { $0.id == id }
      switch (call.method, path.count) {
      case ("GET", 0): return call.container(state.groups.map(\.element))
      case ("POST", 0):
        guard let title = call.request.parameter("title"), let primary = call.request.parameter("primaryIdentifier"),
          let provider = state.providers.first(where: { $0.identifier == primary })
        else { return Self.html(400, "Bad Request") }
        let group = FakeProviderGroup(id: state.nextID, title: title, primary: primary, items: [provider.id])
        state.nextID += 1
        state.groups.append(group)
        return call.container([group.element])
      case (_, _) where place == nil: return Self.html(404, "Not Found")
      case ("GET", 1): return call.container(place.map { [state.groups[$0].element] } ?? [])
      case ("DELETE", 1):
        guard !state.sections.contains(where: { $0.group == id }) else { return Self.html(403, "Forbidden") }
        state.groups.removeAll { $0.id == id }
        return Self.accepted
      default: return Self.html(404, "Not Found")
      }
    }
  }

  /// Editing without `agent` is refused, though nothing of it may change.
  func editSection(_ call: FakePlexCall, _ key: Int) -> LoopbackReply {
    guard let agent = call.request.parameter("agent") else { return Self.html(400, "agent is missing") }
    return state.withLock { state in
      guard let place = state.sections.firstIndex(where: { $0.key == key }) else { return Self.html(404, "Not Found") }
      if let group = call.request.parameter("metadataAgentProviderGroupId") {
        guard group.isEmpty || state.groups.contains(where: { String($0.id) == group }) else {
          return Self.html(400, "Bad Request")
        }
        state.sections[place].group = Int(group)
      } else if agent.hasPrefix("tv.plex.agents.movie") || agent.hasPrefix("tv.plex.agents.series") {
        state.sections[place].group = nil
      }
      state.sections[place].agent = agent
      if let name = call.request.parameter("name") { state.sections[place].title = name }
      return Self.accepted
    }
  }

  func createSection(_ call: FakePlexCall) -> LoopbackReply {
    let locations = call.request.parameters.filter { $0.name == "location" }.map(\.value)
    guard let name = call.request.parameter("name"), let agent = call.request.parameter("agent"), !locations.isEmpty,
      let kind = FakePlexItem.Kind.allCases.first(where: { $0.name == call.request.parameter("type") })
    else { return Self.html(400, "Bad Request") }
    return state.withLock { state in
      guard locations.allSatisfy({ state.folders.contains($0) }) else {
        return Self.html(400, "The path does not exist")
      }
      var section = FakePlexSection(
        key: (state.sections.map(\.key).max() ?? 0) + 1, type: kind, title: name, roots: locations)
      section.agent = agent
      section.group = call.request.parameter("metadataAgentProviderGroupId").flatMap { Int($0) }
      state.sections.append(section)
      return call.reply(FakeElement("MediaContainer", [("size", .number(1))], [section.element]), status: 201)
    }
  }

  /// `/services/browse/{base64 of a folder}`: the folders in it.
  func browse(_ call: FakePlexCall) -> LoopbackReply {
    let paths = state.withLock { $0.folders }.map { path in
      FakeElement("Path", [("title", .text(path)), ("path", .text(path)), ("key", .text("/services/browse/x"))])
    }
    return call.container(paths)
  }

  /// Folders that exist on the server's disk.
  public func addFolder(_ path: String) { state.withLock { $0.folders.append(path) } }

  func editItem(_ call: FakePlexCall) -> LoopbackReply {
    guard let key = call.request.parameter("id").flatMap({ Int($0) }), item(key) != nil else {
      return Self.html(404, "Not Found")
    }
    if let title = call.request.parameter("title.value") { change([key]) { $0.title = title } }
    return Self.accepted
  }

  func candidates(_ call: FakePlexCall, _ key: Int) -> LoopbackReply {
    guard let item = item(key) else { return Self.html(404, "Not Found") }
    let title = call.request.parameter("title") ?? item.title
    return call.container([
      FakeElement(
        "SearchResult",
        [
          ("guid", .text("plex://\(item.kind.name)/5d776830880197001ec90a45")), ("name", .text(title)),
          ("score", .number(100)), ("year", (item.year ?? 1999).asNumber), ("lifespanEnded", .flag(false)),
        ])
    ])
  }

  func applyMatch(_ call: FakePlexCall, _ key: Int) -> LoopbackReply {
    guard let guid = call.request.parameter("guid"), !guid.isEmpty else { return Self.html(400, "Bad Request") }
    change([key]) { item in
      item.guid = guid
      item.updatedAt = (item.updatedAt ?? item.addedAt) + 60
    }
    return Self.accepted
  }
}

extension Int {
  fileprivate var asNumber: FakeElement.Value { .number(self) }
}
