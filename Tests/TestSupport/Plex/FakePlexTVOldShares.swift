import Support

/// Shares and invitations as python-plexapi makes them: the first version of plex.tv's interface, in XML.
extension FakePlexTV {
  func oldServer(_ call: FakePlexCall, _ faults: Faults) -> LoopbackReply {
    let path = Array(call.parts.dropFirst(2))
    guard let resource = resource(path.first) else { return Self.oldFailure(404, "Server not found") }
    switch (call.method, path.count) {
    case ("GET", 1): return serverWithLibraries(call, resource, faults)
    case ("GET", 2): return listOld(call, resource)
    case ("POST", 2): return createOld(call, resource, faults)
    case ("PUT", 3): return updateOld(call, Int(path[2]))
    case ("DELETE", 3):
      let id = Int(path[2])
      state.withLock { $0.shares.removeAll { $0.id == id } }
      return call.reply(FakeElement("Response", [("code", .number(0)), ("status", .text("Server unshared"))]))
    default: return Self.oldFailure(404, "Not found")
    }
  }

  private func sections(_ resource: Resource, _ shared: [Int]? = nil, missing: Int = 0) -> [FakeElement] {
    resource.libraries.dropLast(missing).map { library in
      FakeElement(
        "Section",
        [
          ("id", .number(library.id)), ("key", .text(String(library.key))), ("type", .text(library.type)),
          ("title", .text(library.title)), ("shared", shared.map { .flag($0.contains(library.id)) }),
        ])
    }
  }

  private func serverWithLibraries(_ call: FakePlexCall, _ resource: Resource, _ faults: Faults) -> LoopbackReply {
    call.reply(
      FakeElement(
        "MediaContainer",
        [
          ("friendlyName", .text("myPlex")), ("machineIdentifier", .text(resource.machineIdentifier)),
          ("size", .number(1)),
        ],
        [
          FakeElement(
            "Server",
            [
              ("name", .text(resource.name)), ("machineIdentifier", .text(resource.machineIdentifier)),
              ("version", .text("1.43.4")),
            ], sections(resource, missing: faults.missingLibraries))
        ]))
  }

  private func listOld(_ call: FakePlexCall, _ resource: Resource) -> LoopbackReply {
    let shares = state.withLock { $0.shares.filter { $0.machineIdentifier == resource.machineIdentifier } }
    return call.reply(
      FakeElement(
        "MediaContainer", [("size", .number(shares.count))],
        shares.map { share in
          FakeElement(
            "SharedServer",
            [
              ("id", .number(share.id)), ("username", .text(share.username)), ("email", .text(share.email)),
              ("userID", .number(share.userID ?? 0)), ("accessToken", .text("share-token-\(share.id)")),
              ("name", .text(resource.name)), ("acceptedAt", share.isAccepted ? .number(1_700_000_000) : nil),
              ("invitedAt", .number(1_700_000_000)), ("owned", .flag(false)),
              ("allowSync", .flag(Self.isOn(share.settings["allowSync"]))),
              ("filterMovies", .text(share.settings["filterMovies"] ?? "")),
            ], sections(resource, share.libraries))
        }))
  }

  private static func isOn(_ value: String?) -> Bool { value == "1" || value == "true" }

  private func createOld(_ call: FakePlexCall, _ resource: Resource, _ faults: Faults) -> LoopbackReply {
    let shared = call.json["shared_server"] as? [String: Any] ?? [:]
    let settings = Self.texts(call.json["sharing_settings"])
    let libraries = Self.numbers(shared["library_section_ids"])
    let who =
      shared["invited_email"] as? String
      ?? (shared["invited_id"] as? Int).flatMap { id in
        state.withLock { state in state.accounts.first { $0.id == id }?.username }
      }
    guard let who else { return Self.oldFailure(400, "invited_email is missing") }
    switch invite(who, to: resource, libraries: libraries, settings: settings, isLost: faults.losesShares) {
    case .made(let id):
      let server = FakeElement("SharedServer", [("id", .number(id)), ("name", .text(resource.name))])
      return call.reply(FakeElement("MediaContainer", [("size", .number(1))], [server]))
    case .unknownUser: return Self.oldFailure(404, "Unable to find user")
    case .duplicate: return Self.oldFailure(400, "You're already sharing this server with \(who)")
    case .ownAccount: return Self.oldFailure(400, "You cannot share with yourself")
    case .foreignLibrary: return Self.oldFailure(422, "Invalid library section")
    }
  }

  static func numbers(_ list: Any?) -> [Int] {
    (list as? [Any] ?? []).compactMap { $0 as? Int ?? ($0 as? String).flatMap { Int($0) } }
  }

  private func updateOld(_ call: FakePlexCall, _ id: Int?) -> LoopbackReply {
    let shared = call.json["shared_server"] as? [String: Any] ?? [:]
    return state.withLock { state in
      guard let place = state.shares.firstIndex(where: { $0.id == id }) else {
        return Self.oldFailure(404, "No such share")
      }
      state.shares[place].libraries = Self.numbers(shared["library_section_ids"])
      return call.reply(FakeElement("MediaContainer", [("size", .number(0))]))
    }
  }

  func oldUsers(_ call: FakePlexCall) -> LoopbackReply {
    let state = state.withLock { $0 }
    let known = Set(state.shares.filter(\.isAccepted).compactMap(\.userID) + state.friends)
    let users = state.accounts.filter { known.contains($0.id) }.map { account in
      let servers = state.shares.filter { $0.userID == account.id }.map { share in
        FakeElement(
          "Server",
          [
            ("id", .number(share.id)), ("serverId", .number(77)), ("machineIdentifier", .text(share.machineIdentifier)),
            ("name", .text(resource(share.machineIdentifier)?.name ?? "")), ("lastSeenAt", .number(1_700_000_000)),
            ("numLibraries", .number(share.libraries.count)), ("allLibraries", .flag(false)), ("owned", .flag(true)),
            ("pending", .flag(!share.isAccepted)),
          ])
      }
      return FakeElement(
        "User",
        [
          ("id", .number(account.id)), ("title", .text(account.username)), ("username", .text(account.username)),
          ("email", .text(account.email)), ("home", .flag(false)), ("restricted", .flag(false)),
          ("protected", .flag(false)), ("allowSync", .flag(false)), ("allowCameraUpload", .flag(false)),
          ("allowChannels", .flag(false)), ("filterAll", .text("")), ("filterMovies", .text("")),
          ("filterMusic", .text("")), ("filterPhotos", .text("")), ("filterTelevision", .text("")),
          ("thumb", .text("https://plex.tv/users/0/avatar")),
        ], servers)
    }
    return call.reply(
      FakeElement("MediaContainer", [("friendlyName", .text("myPlex")), ("size", .number(users.count))], users))
  }

  func oldInvites(_ call: FakePlexCall, _ faults: Faults) -> LoopbackReply {
    if faults.oldInvitesAreGone { return .response(status: 410) }
    let path = Array(call.parts.dropFirst(2))
    if call.method == "DELETE" {
      let id = path.last.flatMap { Int($0) }
      state.withLock { $0.shares.removeAll { $0.id == id || $0.userID == id } }
      return call.reply(FakeElement("Response", [("code", .number(0))]))
    }
    let pending = path.first == "requested" ? shares.filter { !$0.isAccepted } : []
    return call.reply(
      FakeElement(
        "MediaContainer", [("friendlyName", .text("myPlex")), ("size", .number(pending.count))],
        pending.map { share in
          FakeElement(
            "Invite",
            [
              ("id", .number(share.id)), ("createdAt", .number(1_700_000_000)), ("friend", .flag(true)),
              ("home", .flag(false)), ("server", .flag(true)), ("username", .text(share.username)),
              ("email", .text(share.email)), ("friendlyName", .text(share.username)), ("thumb", .text("")),
            ],
            [
              FakeElement(
                "Server",
                [
                  ("name", .text(resource(share.machineIdentifier)?.name ?? "")),
                  ("numLibraries", .number(share.libraries.count)),
                ])
            ])
        }))
  }
}
