extension FakePlexServer {
  /// `/library/sections/{key}/all`: filters, sorting, paging.
  func list(_ call: FakePlexCall, _ section: FakePlexSection) -> LoopbackReply {
    if let failure = call.faults.failure, call.request.path.hasSuffix(failure.path), call.start >= failure.offset,
      useUp(failure)
    {
      return failure.status == 401 ? Self.html(401, "Unauthorized") : Self.html(failure.status, "Internal Error")
    }
    guard
      let kind = FakePlexItem.Kind(
        rawValue: call.request.parameter("type").flatMap { Int($0) } ?? section.type.rawValue)
    else { return call.container([], [("totalSize", .number(0))]) }
    if call.request.parameter("includeMeta") == "1" { return described(call, section) }
    let keys = filtered(call, state.withLock { $0.sections.first { $0.key == section.key }?.keys[kind] ?? [] })
    let shared: [(String, FakeElement.Value?)] = [
      ("librarySectionID", .number(section.key)), ("librarySectionTitle", .text(section.title)),
      ("librarySectionUUID", .text(section.uuid)), ("viewGroup", .text(kind.name)),
    ]
    if call.faults.totalGrowth > 0 { grow(section.key, kind, by: call.faults.totalGrowth) }
    return page(call, keys, options: call.rowOptions, shared)
  }

  private func useUp(_ failure: FakePlexFaults.Failure) -> Bool {
    state.withLock { state in
      guard let left = state.faults.failure?.times, left > 0 else { return false }
      state.faults.failure?.times = left == .max ? left : left - 1
      return true
    }
  }

  /// New items come while somebody reads the list.
  private func grow(_ section: Int, _ kind: FakePlexItem.Kind, by count: Int) {
    for _ in 0..<count {
      let key = state.withLock { ($0.items.keys.max() ?? 0) + 1 }
      add(FakePlexItem(key: key, kind: kind, title: "Late \(key)", guid: "local://\(key)"), to: section)
    }
  }

  /// What Plex's filter language leaves of these items (the part of it that clients here use).
  func filtered(_ call: FakePlexCall, _ keys: [Int]) -> [Int] {
    let parameters = call.request.parameters
    return state.withLock { state in
      var kept = keys
      for (name, value) in parameters {
        // A field may say whose it is: "movie.year".
        switch name.split(separator: ".").last.map(String.init) ?? name {
        case "updatedAt>>", "updatedAt>":
          if !call.faults.ignoresFilters { kept = kept.filter { Self.isLater(state.items[$0]?.updatedAt, value) } }
        case "addedAt>>", "addedAt>":
          if !call.faults.ignoresFilters { kept = kept.filter { Self.isLater(state.items[$0]?.addedAt, value) } }
        case "title": kept = kept.filter { Self.contains(state.items[$0]?.title, value) }
        case "title=": kept = kept.filter { state.items[$0]?.title == value }
        case "year": kept = kept.filter { state.items[$0]?.year == Int(value) }
        case "guid": kept = kept.filter { state.items[$0]?.guid == value }
        case "unmatched":
          if value == "1" { kept = kept.filter { state.items[$0]?.guid.hasPrefix("local://") ?? false } }
        case "sort" where value.hasSuffix(":desc"): kept.reverse()
        default: break
        }
      }
      return kept
    }
  }

  private static func isLater(_ time: Int?, _ limit: String) -> Bool {
    guard let time, let limit = Int(limit) else { return false }
    return time > limit
  }

  private static func contains(_ title: String?, _ part: String) -> Bool {
    (title?.lowercased()).map { $0 == part.lowercased() || $0.contains(part.lowercased()) } ?? false
  }

  /// A page of these items, as the request wants it and the faults make it.
  func page(
    _ call: FakePlexCall, _ keys: [Int], options: FakeRowOptions, _ shared: [(String, FakeElement.Value?)] = [],
    before: [FakeElement] = []
  ) -> LoopbackReply {
    let isPaged = call.size != nil && !call.faults.ignoresPaging
    let start = isPaged && !call.faults.repeatsFirstPage ? min(call.start, keys.count) : 0
    var count = isPaged ? min(call.size ?? 0, keys.count - start) : keys.count
    if let cap = call.faults.pageCap { count = min(count, cap) }
    let rows = rowBytes(Array(keys[start..<(start + count)]), isJSON: call.isJSON, options, call.faults)
    var head: [(String, FakeElement.Value?)] = [("size", .number(count + before.count))] + shared
    var headers: [(String, String)] = []
    if isPaged, !call.faults.hidesTotal {
      head += [("totalSize", .number(keys.count)), ("offset", .number(start))]
      headers = [
        ("X-Plex-Container-Start", String(start)), ("X-Plex-Container-Total-Size", String(keys.count)),
      ]
    }
    head += [("allowSync", .flag(true)), ("identifier", .text("com.plexapp.plugins.library"))]
    var body = Self.document(FakeElement("MediaContainer", head, before), rows: rows, isJSON: call.isJSON)
    if call.faults.truncatesLists { body.removeLast(body.count / 2) }
    return call.reply(body, headers: headers)
  }

  /// The container's text with the rows' bytes put into it: a long list is not built element by element each time.
  private static func document(_ container: FakeElement, rows: [[UInt8]], isJSON: Bool) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(rows.reduce(500) { $0 + $1.count + 1 })
    var frame: [UInt8] = []
    if isJSON {
      container.json(into: &frame)
      bytes += "{\"MediaContainer\":".utf8
      guard !rows.isEmpty else { return bytes + frame + [UInt8(ascii: "}")] }
      bytes += container.children.isEmpty ? frame.dropLast() : frame.dropLast(2)
      bytes += (container.children.isEmpty ? ",\"Metadata\":[" : ",").utf8
      for (index, row) in rows.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes += row
      }
      bytes += "]}}".utf8
    } else {
      container.xml(into: &frame)
      let end = Array("</MediaContainer>".utf8)
      bytes += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8
      if container.children.isEmpty {
        bytes += frame.dropLast(2)
        bytes.append(UInt8(ascii: ">"))
      } else {
        bytes += frame.dropLast(end.count)
      }
      for row in rows { bytes += row }
      bytes += end
    }
    return bytes
  }

  private func rowBytes(_ keys: [Int], isJSON: Bool, _ options: FakeRowOptions, _ faults: FakePlexFaults) -> [[UInt8]] {
    let form = RowForm(isJSON: isJSON, options: options)
    return state.withLock { state in
      keys.compactMap { key in
        if !faults.illegalCharacters, let known = state.rows[form]?[key] { return known }
        guard var item = state.items[key] else { return nil }
        if faults.illegalCharacters { item.title += " \u{8}" }
        let element = item.element(
          options, parent: item.parent.flatMap { state.items[$0] },
          grandparent: item.grandparent.flatMap { state.items[$0] },
          leaves: item.kind == .show ? (1, 1) : nil)
        var bytes: [UInt8] = []
        if isJSON { element.json(into: &bytes) } else { element.xml(into: &bytes) }
        if !faults.illegalCharacters { state.rows[form, default: [:]][key] = bytes }
        return bytes
      }
    }
  }

  /// Makes every row as the clients of the bench will ask for it.
  public func prepareRows() {
    let faults = FakePlexFaults()
    for section in sections {
      for keys in section.keys.values {
        let lean = FakeRowOptions(includesGuids: true, leavesOutTexts: true, leavesOutPeople: true)
        _ = rowBytes(keys, isJSON: true, lean, faults)
        _ = rowBytes(keys, isJSON: false, FakeRowOptions(includesGuids: true), faults)
      }
    }
  }

  /// What python-plexapi reads before it uses a filter or an order.
  private func described(_ call: FakePlexCall, _ section: FakePlexSection) -> LoopbackReply {
    let types = FakePlexItem.Kind.allCases.filter { (section.type == .movie) == ($0 == .movie) }.map { kind in
      FakeElement(
        "Type",
        [
          ("key", .text("/library/sections/\(section.key)/all?type=\(kind.rawValue)")), ("type", .text(kind.name)),
          ("title", .text(kind.name)), ("active", .flag(kind == section.type)),
        ],
        [
          FakeElement(
            "Filter",
            [
              ("filter", .text("year")), ("filterType", .text("integer")),
              ("key", .text("/library/sections/\(section.key)/year?type=\(kind.rawValue)")), ("title", .text("Year")),
              ("type", .text("filter")),
            ]),
          FakeElement(
            "Sort",
            [
              ("default", .text("asc")), ("defaultDirection", .text("asc")), ("descKey", .text("titleSort:desc")),
              ("key", .text("titleSort")), ("title", .text("Title")),
            ]),
          FakeElement(
            "Sort",
            [
              ("defaultDirection", .text("desc")), ("descKey", .text("addedAt:desc")), ("key", .text("addedAt")),
              ("title", .text("Date Added")),
            ]),
          FakeElement(
            "Field", [("key", .text("\(kind.name).title")), ("title", .text("Title")), ("type", .text("string"))]),
          FakeElement(
            "Field", [("key", .text("\(kind.name).year")), ("title", .text("Year")), ("type", .text("integer"))]),
        ])
    }
    let operators: [(String, [(String, String)])] = [
      ("integer", [("=", "is"), ("!=", "is not"), (">>=", "is greater than"), ("<<=", "is less than")]),
      ("string", [("=", "contains"), ("!=", "does not contain"), ("==", "is")]),
    ]
    let fields = operators.map { type, operators in
      FakeElement(
        "FieldType", [("type", .text(type))],
        operators.map { FakeElement("Operator", [("key", .text($0.0)), ("title", .text($0.1))]) })
    }
    return call.container(
      [FakeElement("Meta", [], types + fields)], [("totalSize", .number(0)), ("offset", .number(0))])
  }
}
