extension FakePlexServer {
  func route(_ call: FakePlexCall, token: String) -> LoopbackReply {
    let isOwner = token == ownerToken
    let parts = call.parts
    switch (parts.first, parts.dropFirst().first) {
    case (nil, _): return capabilities(call)
    case ("library", nil): return library(call, isOwner)
    case ("library", "sections"): return sections(call, Array(parts.dropFirst(2)), token)
    case ("library", "metadata"): return metadata(call, Array(parts.dropFirst(2)), isOwner)
    case ("library", "all"): return everywhere(call, token)
    case ("media", "providers") where parts.dropFirst(2).first == "metadata":
      guard isOwner else { return Self.html(403, "Forbidden") }
      return registry(call, Array(parts.dropFirst(3)))
    case (":", "eventsource"):
      guard isOwner else { return Self.html(403, "Forbidden") }
      return listen(call)
    case ("status", "sessions"), ("accounts", _), ("activities", _), ("butler", _), (":", "prefs"):
      return isOwner ? call.container([]) : Self.html(403, "Forbidden")
    case ("services", "browse"): return isOwner ? browse(call) : Self.html(403, "Forbidden")
    default: return Self.html(404, "Not Found")
    }
  }

  private func capabilities(_ call: FakePlexCall) -> LoopbackReply {
    call.reply(
      FakeElement(
        "MediaContainer",
        [
          ("size", .number(0)), ("friendlyName", .text(name)),
          ("machineIdentifier", .text(call.faults.machineIdentifier ?? machineIdentifier)), ("version", .text(version)),
          ("platform", .text("Linux")), ("platformVersion", .text("6.1")), ("myPlex", .flag(true)),
          ("myPlexUsername", .text("owner@example.org")), ("myPlexSigninState", .text("ok")),
          ("ownerFeatures", .text("")), ("transcoderVideo", .flag(true)), ("updatedAt", .number(1_700_000_000)),
        ]))
  }

  private func library(_ call: FakePlexCall, _ isOwner: Bool) -> LoopbackReply {
    guard isOwner else { return Self.html(403, "Forbidden") }
    return call.container(
      [], [("title1", .text("Plex Library")), ("mediaTagPrefix", .text("/system/bundle/media/flags/"))])
  }

  private func sections(_ call: FakePlexCall, _ path: [String], _ token: String) -> LoopbackReply {
    let isOwner = token == ownerToken
    let visible = visibleSections(token)
    guard let first = path.first, first != "all" else {
      if call.method == "POST" { return isOwner ? createSection(call) : Self.html(403, "Forbidden") }
      let elements = visible.map { section in
        var section = section
        if call.faults.hidesPaths, !isOwner { section.roots = [] }
        return section.element
      }
      return call.container(elements, [("allowSync", .flag(false)), ("title1", .text("Plex Library"))])
    }
    guard let key = Int(first), let section = visible.first(where: { $0.key == key }) else {
      return Self.html(404, "Not Found")
    }
    switch (call.method, path.dropFirst().first) {
    case ("GET", nil): return menu(call, section)
    case ("GET", "all"), ("HEAD", "all"): return list(call, section)
    case ("GET", "recentlyAdded"): return list(call, section)
    case ("GET", "collections"): return call.container([], [("totalSize", .number(0))])
    case (_, _) where !isOwner: return Self.html(403, "Forbidden")
    case ("PUT", nil): return editSection(call, key)
    case ("DELETE", nil):
      state.withLock { $0.sections.removeAll { $0.key == key } }
      return Self.accepted
    case ("GET", "refresh"), ("POST", "refresh"):
      state.withLock { $0.scanned.append(key) }
      return Self.accepted
    case ("PUT", "all"): return editItem(call)
    case ("PUT", "analyze"), ("PUT", "emptyTrash"): return Self.accepted
    default: return Self.html(404, "Not Found")
    }
  }

  func visibleSections(_ token: String) -> [FakePlexSection] {
    state.withLock { state in
      guard token != ownerToken else { return state.sections }
      let keys = state.sharedTokens[token] ?? []
      return state.sections.filter { keys.contains($0.key) }
    }
  }

  /// The list of sub-listings: no paths, no items.
  private func menu(_ call: FakePlexCall, _ section: FakePlexSection) -> LoopbackReply {
    let entries = ["all", "unwatched", "newest", "recentlyAdded"].map {
      FakeElement("Directory", [("key", .text($0)), ("title", .text($0))])
    }
    return call.container(
      entries,
      [("librarySectionID", .number(section.key)), ("title1", .text(section.title)), ("content", .text("secondary"))])
  }

  private func metadata(_ call: FakePlexCall, _ path: [String], _ isOwner: Bool) -> LoopbackReply {
    let keys = (path.first ?? "").split(separator: ",").compactMap { Int($0) }
    let found = state.withLock { state in keys.filter { state.items[$0] != nil } }
    guard let key = found.first else { return Self.html(404, "Not Found") }
    switch (call.method, path.dropFirst().first) {
    case ("GET", nil):
      let section = sections.first { $0.has(key) }
      let options = FakeRowOptions(includesGuids: true, sectionKey: section?.key, sectionTitle: section?.title)
      return page(call, found, options: options, self.section(of: key))
    case ("GET", "children"): return children(call, of: key)
    case ("GET", "allLeaves"):
      let leaves = state.withLock { state in
        state.items.values.filter { $0.kind == .episode && ($0.parent == key || $0.grandparent == key) }
          .map(\.key).sorted()
      }
      return page(call, leaves, options: call.rowOptions, section(of: key))
    case (_, _) where !isOwner: return Self.html(403, "Forbidden")
    // A real server would delete the files. No client of ours may ever come here.
    case ("DELETE", nil): return Self.html(500, "the fake deletes nothing")
    case ("GET", "matches"), ("PUT", "matches"): return candidates(call, key)
    case ("PUT", "match"): return applyMatch(call, key)
    case ("PUT", "refresh"):
      change(found) { $0.updatedAt = ($0.updatedAt ?? $0.addedAt) + 60 }
      state.withLock { $0.refreshed += found }
      return Self.accepted
    case ("PUT", "unmatch"):
      change(found) {
        $0.guid = "local://\($0.key)"; $0.guids = []
      }
      return Self.accepted
    case ("PUT", "analyze"): return Self.accepted
    default: return Self.html(404, "Not Found")
    }
  }

  /// Seasons begin with "All episodes", which has no rating key, unless the client asks not to.
  private func children(_ call: FakePlexCall, of key: Int) -> LoopbackReply {
    let (kind, keys) = state.withLock { state in
      (state.items[key]?.kind, state.items.values.filter { $0.parent == key }.map(\.key).sorted())
    }
    guard kind == .show, call.request.parameter("excludeAllLeaves") != "1" else {
      return page(call, keys, options: call.rowOptions, section(of: key))
    }
    let every = FakeElement(
      "Directory", list: "Metadata",
      [("key", .text("/library/metadata/\(key)/allLeaves")), ("title", .text("All episodes"))])
    return page(call, keys, options: call.rowOptions, section(of: key), before: [every])
  }

  /// What a container says of the library that an item stands in.
  private func section(of key: Int) -> [(String, FakeElement.Value?)] {
    guard let section = sections.first(where: { $0.has(key) }) else { return [] }
    return [
      ("librarySectionID", .number(section.key)), ("librarySectionTitle", .text(section.title)),
      ("librarySectionUUID", .text(section.uuid)),
    ]
  }

  private func everywhere(_ call: FakePlexCall, _ token: String) -> LoopbackReply {
    let keys = visibleSections(token).flatMap { section in
      FakePlexItem.Kind(rawValue: call.request.parameter("type").flatMap { Int($0) } ?? section.type.rawValue)
        .flatMap { section.keys[$0] } ?? []
    }
    return page(call, filtered(call, keys), options: call.rowOptions)
  }
}
