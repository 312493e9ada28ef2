import Support

extension FakePlexTV {
  func route(_ call: FakePlexCall, _ faults: Faults) -> LoopbackReply {
    let parts = call.parts
    switch (call.method, parts.dropFirst().joined(separator: "/")) {
    case ("GET", "v2/user"): return user(call)
    case ("GET", "v2/ping"): return call.isJSON ? .json("{\"pong\":true}") : call.reply(Array("<pong>1</pong>".utf8))
    case ("GET", "v2/resources"): return resources(call)
    case ("GET", "v2/friends"): return friends(call)
    case ("DELETE", "v2/users/signout"): return .response(status: 204)
    case (_, let path) where path.hasPrefix("v2/servers/"): return newServer(call, faults)
    case (_, let path) where path.hasPrefix("v2/shared_servers"): return newShares(call, faults)
    case (_, let path) where path.hasPrefix("v2/sharings/"): return sharings(call)
    case (_, let path) where path.hasPrefix("servers/"): return oldServer(call, faults)
    case ("GET", let path) where path.hasPrefix("users"): return oldUsers(call)
    case (_, let path) where path.hasPrefix("invites"): return oldInvites(call, faults)
    default: return Self.failure(404, 1002, "The requested resource does not exist")
    }
  }

  private func user(_ call: FakePlexCall) -> LoopbackReply {
    let user = FakeElement(
      "user",
      [
        ("id", .number(owner.id)), ("uuid", .text("0123456789abcdef")), ("username", .text(owner.username)),
        ("title", .text(owner.username)), ("email", .text(owner.email)), ("friendlyName", .text("")),
        ("authToken", .text(token)), ("scrobbleTypes", .text("")), ("home", .flag(false)), ("restricted", .flag(false)),
        ("thumb", .text("https://plex.tv/users/0/avatar")),
      ],
      [
        FakeElement("subscription", [("active", .flag(false)), ("status", .text("Inactive")), ("plan", .text(""))]),
        FakeElement("profile", [("autoSelectAudio", .flag(true))]),
      ])
    guard call.isJSON else { return call.reply(user) }
    // Single objects stand without an array here, unlike in a media server's answers.
    return .json(
      """
      {"id":\(owner.id),"uuid":"0123456789abcdef","username":"\(owner.username)","title":"\(owner.username)",\
      "email":"\(owner.email)","friendlyName":"","authToken":"\(token)","home":false,\
      "subscription":{"active":false,"status":"Inactive","plan":null,"features":[]},"scrobbleTypes":""}
      """)
  }

  private func resources(_ call: FakePlexCall) -> LoopbackReply {
    let elements = state.withLock { $0.resources }.map { resource in
      let connections = resource.connections.map { connection in
        FakeElement(
          "connection", list: "connections",
          [
            ("protocol", .text(connection.uri.hasPrefix("https") ? "https" : "http")),
            ("address", .text(connection.address)), ("port", .number(connection.port)), ("uri", .text(connection.uri)),
            ("local", .flag(connection.isLocal)), ("relay", .flag(connection.isRelay)), ("IPv6", .flag(false)),
          ])
      }
      return FakeElement(
        "resource",
        [
          ("name", .text(resource.name)), ("product", .text("Plex Media Server")),
          ("productVersion", .text("1.43.4.10000-0123abcd")), ("platform", .text("Linux")), ("device", .text("PC")),
          ("clientIdentifier", .text(resource.machineIdentifier)), ("provides", .text("server")),
          ("owned", .flag(resource.isOwned)), ("accessToken", .text(resource.accessToken)),
          ("publicAddress", .text("203.0.113.7")), ("httpsRequired", .flag(false)),
          ("publicAddressMatches", .flag(true)),
          ("presence", .flag(true)), ("relay", .flag(false)), ("dnsRebindingProtection", .flag(false)),
          ("createdAt", .text("2024-01-01T00:00:00Z")), ("lastSeenAt", .text("2024-06-01T00:00:00Z")),
        ], call.isJSON ? connections : [FakeElement("connections", [], connections)])
    }
    return call.isJSON ? call.array(elements) : call.reply(FakeElement("resources", [], elements))
  }

  func pins(_ call: FakePlexCall) -> LoopbackReply {
    guard let client = call.request.headers["x-plex-client-identifier"], !client.isEmpty else {
      return Self.failure(400, 1000, "X-Plex-Client-Identifier is missing")
    }
    if call.method == "POST" {
      let pin = state.withLock { state in
        let pin = Pin(
          id: state.nextID, code: call.request.parameter("strong") == nil ? "AB12" : "abcdefghijklmnopqrstuvwxy",
          client: client, isGranted: state.grantsEveryPin)
        state.nextID += 1
        state.pins.append(pin)
        return pin
      }
      return reply(pin, call, status: 201)
    }
    let pin = state.withLock { state in state.pins.first { String($0.id) == call.parts.last && $0.client == client } }
    guard let pin, !pin.isExpired else { return Self.failure(404, 1020, "Code not found or expired") }
    return reply(pin, call, status: 200)
  }

  private func reply(_ pin: Pin, _ call: FakePlexCall, status: Int) -> LoopbackReply {
    guard call.isJSON else {
      return call.reply(
        FakeElement(
          "pin",
          [
            ("id", .number(pin.id)), ("code", .text(pin.code)), ("expiresIn", .number(1800)),
            ("authToken", .text(pin.isGranted ? token : "")),
          ]), status: status)
    }
    let granted = pin.isGranted ? "\"\(token)\"" : "null"
    return .json(
      """
      {"id":\(pin.id),"code":"\(pin.code)","product":"Usher","trusted":false,"clientIdentifier":"\(pin.client)",\
      "expiresIn":1800,"createdAt":"2024-01-01T00:00:00Z","expiresAt":"2024-01-01T00:30:00Z","authToken":\(granted)}
      """, status: status)
  }

  func friends(_ call: FakePlexCall) -> LoopbackReply {
    let friends = state.withLock { state in state.accounts.filter { state.friends.contains($0.id) } }
    return call.array(
      friends.map {
        FakeElement(
          "friend",
          [
            ("id", .number($0.id)), ("username", .text($0.username)), ("email", .text($0.email)),
            ("title", .text($0.username)), ("home", .flag(false)), ("status", .text("accepted")),
          ])
      })
  }

  /// Somebody who is a friend without any share.
  public func befriend(_ account: Account) {
    state.withLock { state in
      state.accounts.append(account)
      state.friends.append(account.id)
    }
  }
}

extension FakePlexCall {
  /// plex.tv's lists of the second version: an array without a container.
  func array(_ elements: [FakeElement]) -> LoopbackReply {
    var bytes: [UInt8] = [UInt8(ascii: "[")]
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      element.json(into: &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
    return .response(status: 200, headers: [("Content-Type", "application/json")], body: bytes)
  }
}
