import Foundation
import Support

/// Shares as Plex Web makes them: the second version of plex.tv's interface.
extension FakePlexTV {
  func resource(_ machine: String?) -> Resource? {
    state.withLock { state in state.resources.first { $0.machineIdentifier == machine && $0.isOwned } }
  }

  func newServer(_ call: FakePlexCall, _ faults: Faults) -> LoopbackReply {
    guard let resource = resource(call.parts.last) else { return Self.failure(404, 1002, "No such server") }
    let libraries = resource.libraries.dropLast(faults.missingLibraries).map {
      "{\"id\":\($0.id),\"key\":\($0.key),\"title\":\"\($0.title)\",\"type\":\"\($0.type)\"}"
    }
    return .json(
      """
      {"id":77,"name":"\(resource.name)","machineIdentifier":"\(resource.machineIdentifier)",\
      "librarySections":[\(libraries.joined(separator: ","))]}
      """)
  }

  func newShares(_ call: FakePlexCall, _ faults: Faults) -> LoopbackReply {
    if faults.newSharesAreGone { return .response(status: 410) }
    if faults.newSharesAreUnknown { return Self.failure(404, 1002, "The requested resource does not exist") }
    let path = call.parts.dropFirst(3).joined(separator: "/")
    switch (call.method, path) {
    case ("GET", "owned/accepted"): return listed(call, isAccepted: true)
    case ("GET", "invites/owned/pending"): return listed(call, isAccepted: false)
    case ("POST", ""): return create(call, faults)
    case ("POST", let id): return update(Int(id), call)
    case ("DELETE", let id): return end(Int(id), faults)
    default: return Self.failure(404, 1002, "The requested resource does not exist")
    }
  }

  private func create(_ call: FakePlexCall, _ faults: Faults) -> LoopbackReply {
    let body = call.json
    guard let who = body["invitedEmail"] as? String, let resource = resource(body["machineIdentifier"] as? String)
    else {
      return Self.failure(400, 1000, "machineIdentifier or invitedEmail is missing")
    }
    let asked = body["librarySectionIds"] as? [Int] ?? []
    let settings = Self.texts(body["settings"])
    switch invite(who, to: resource, libraries: asked, settings: settings, isLost: faults.losesShares) {
    case .made(let id): return .json("{\"id\":\(id),\"name\":\"\(resource.name)\"}", status: 201)
    case .unknownUser: return Self.failure(404, 1040, "Unable to find user")
    case .duplicate: return Self.failure(422, 1999, "You're already sharing this server with them")
    case .ownAccount: return Self.failure(422, 1999, "You cannot share with yourself")
    case .foreignLibrary: return Self.failure(422, 1000, "Invalid librarySectionIds")
    }
  }

  enum Invitation {
    case made(Int)
    case unknownUser, duplicate, ownAccount, foreignLibrary
  }

  /// An empty list of libraries is taken for all of them, as the real service is said to do.
  func invite(
    _ who: String, to resource: Resource, libraries: [Int], settings: [String: String], isLost: Bool
  ) -> Invitation {
    let name = who.lowercased()
    if name == owner.email || name == owner.username { return .ownAccount }
    let known = Set(resource.libraries.map(\.id))
    guard libraries.allSatisfy(known.contains) else { return .foreignLibrary }
    return state.withLock { state in
      let account = state.accounts.first { $0.username.lowercased() == name || $0.email.lowercased() == name }
      guard account != nil || name.contains("@") else { return .unknownUser }
      let isThere = state.shares.contains {
        $0.machineIdentifier == resource.machineIdentifier
          && ($0.email == name || $0.username == name || (account != nil && $0.userID == account?.id))
      }
      guard !isThere else { return .duplicate }
      state.nextID += 1
      guard !isLost else { return .made(state.nextID) }
      state.shares.append(
        Share(
          id: state.nextID, machineIdentifier: resource.machineIdentifier, userID: account?.id,
          username: account?.username ?? "", email: account?.email ?? name, isAccepted: false,
          libraries: libraries.isEmpty ? resource.libraries.map(\.id) : libraries, settings: settings))
      return .made(state.nextID)
    }
  }

  private func update(_ id: Int?, _ call: FakePlexCall) -> LoopbackReply {
    let body = call.json
    return state.withLock { state in
      guard let place = state.shares.firstIndex(where: { $0.id == id }) else {
        return Self.failure(404, 1002, "No such share")
      }
      if let libraries = body["librarySectionIds"] as? [Int] { state.shares[place].libraries = libraries }
      // What is sent takes the place of all there was: blanks wipe.
      if body["settings"] != nil { state.shares[place].settings = Self.texts(body["settings"]) }
      return .json("{\"id\":\(id ?? 0)}")
    }
  }

  private func end(_ id: Int?, _ faults: Faults) -> LoopbackReply {
    state.withLock { state in
      guard state.shares.contains(where: { $0.id == id }) else { return Self.failure(404, 1002, "No such share") }
      state.shares.removeAll { $0.id == id }
      return .response(status: 204)
    }
  }

  private func listed(_ call: FakePlexCall, isAccepted: Bool) -> LoopbackReply {
    let shares = state.withLock { $0.shares.filter { $0.isAccepted == isAccepted } }
    if isAccepted { return .json("[\(shares.map { text($0) }.joined(separator: ","))]") }
    let invites = shares.map { share in
      """
      {"id":\(share.id + 10_000),"createdAt":"2024-01-01T00:00:00Z","invitedEmail":"\(share.email)",\
      "sharedServers":[\(text(share))]}
      """
    }
    return .json("[\(invites.joined(separator: ","))]")
  }

  private func text(_ share: Share) -> String {
    let known = resource(share.machineIdentifier)?.libraries ?? []
    let libraries = known.filter { share.libraries.contains($0.id) }.map {
      "{\"id\":\($0.id),\"key\":\($0.key),\"title\":\"\($0.title)\",\"type\":\"\($0.type)\"}"
    }
    let invited = share.userID.map {
      "{\"id\":\($0),\"username\":\"\(share.username)\",\"title\":\"\(share.username)\",\"email\":\"\(share.email)\"}"
    }
    let settings = share.settings.sorted { $0.key < $1.key }.map { name, value in
      ["true", "false"].contains(value) || Int(value) != nil ? "\"\(name)\":\(value)" : "\"\(name)\":\"\(value)\""
    }
    return """
      {"id":\(share.id),"machineIdentifier":"\(share.machineIdentifier)","accepted":\(share.isAccepted),\
      "invitedId":\(share.userID.map(String.init) ?? "null"),"invitedEmail":"\(share.email)",\
      "invited":\(invited ?? "null"),"owned":true,"accessToken":"share-token-\(share.id)",\
      "allLibraries":\(share.libraries.count == known.count),"libraries":[\(libraries.joined(separator: ","))],\
      "sharingSettings":{\(settings.joined(separator: ","))}}
      """
  }

  static func texts(_ settings: Any?) -> [String: String] {
    (settings as? [String: Any] ?? [:]).mapValues { value in
      // Foundation gives numbers and truth values in one type.
      if let flag = value as? Bool, "\(type(of: value))".contains("Bool") { return flag ? "true" : "false" }
      return "\(value)"
    }
  }

  func sharings(_ call: FakePlexCall) -> LoopbackReply {
    let user = call.parts.last.flatMap { Int($0) }
    return state.withLock { state in
      guard state.shares.contains(where: { $0.userID == user }) || state.friends.contains(where: { $0 == user }) else {
        return Self.failure(404, 1002, "No such user")
      }
      if call.method == "DELETE" {
        state.shares.removeAll { $0.userID == user }
        state.friends.removeAll { $0 == user }
        return .response(status: 204)
      }
      for place in state.shares.indices where state.shares[place].userID == user {
        for (name, value) in call.request.parameters where !name.hasPrefix("X-Plex") {
          state.shares[place].settings[name] = value
        }
      }
      return .response(status: 200)
    }
  }
}

extension FakePlexCall {
  /// The request's body as a JSON object; empty when it is none.
  var json: [String: Any] {
    (try? JSONSerialization.jsonObject(with: Data(request.body))) as? [String: Any] ?? [:]
  }
}
