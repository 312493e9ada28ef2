/// The shapes in which TPDB writes its records, and how they drift.
struct FakeTPDBShapes {
  private static let cdn = "https://cdn.theporndb.net"
  let item: FakeTPDBItem

  private var isBare: Bool { item.drift == .bare }

  /// A record as it stands in lists, or by itself.
  func record(isDetail: Bool) -> FakeJSON {
    let path = item.isMovie ? "movie" : "scene"
    var members: [(String, FakeJSON)] = [
      ("id", .string(item.id)), ("_id", item.drift == .texts ? .string(String(item.number)) : .integer(item.number)),
      ("type", item.isMovie ? "Movie" : "Scene"), ("title", .string(item.title)), ("slug", .string(item.slug)),
      ("external_id", .string("x\(item.number)")), ("description", description), ("rating", 0),
      ("site_id", item.drift == .texts ? .string(String(item.site)) : .integer(item.site)),
      ("date", .string(item.date)), ("url", nil), ("image", .string("https://studio.example.org/\(item.number).jpg")),
      ("back_image", nil), ("trailer", nil), ("duration", duration(isDetail)), ("sku", FakeJSON(item.sku)),
      ("poster", .string("\(Self.cdn)/\(path)/\(item.number)/poster.jpg")), ("posters", posters(path)),
      ("background", background(path)), ("created", "2024-01-01"), ("last_updated", "2024-01-01 10:00:00"),
      ("performers", performers), ("site", site), ("hashes", hashes), ("is_collected", false),
    ]
    if item.isMovie {
      members.append(("background_back", ["full": nil, "large": .string("\(Self.cdn)/movie/\(item.number)/back.jpg")]))
      members.append(("scenes", []))
    }
    if !isBare || isDetail { members.append(("tags", tags)) }
    if item.drift == .nulls {
      members.append(("director", nil))
    } else if !isBare || isDetail {
      let directors = item.directors.enumerated().map { position, name -> FakeJSON in
        ["id": .integer(position + 1), "uuid": .string("d\(position)"), "name": .string(name), "slug": "d"]
      }
      members.append(("directors", .list(directors)))
    }
    members.append(("links", isBare ? [] : ["studio": "https://studio.example.org"]))
    if isDetail { members.append(("markers", item.drift == .nulls ? nil : [])) }
    return .object(members)
  }

  private var description: FakeJSON {
    switch item.drift {
    case .nulls: nil
    case .bare: ""
    default: .string("<p>About <b>\(item.title)</b> &amp; its makers.</p>")
    }
  }

  /// Lists have no length for some records.
  private func duration(_ isDetail: Bool) -> FakeJSON {
    switch item.drift {
    case .texts: .string(String(item.duration))
    case .bare where !isDetail: 0
    case .nulls where !isDetail: nil
    default: .integer(item.duration)
    }
  }

  private func posters(_ path: String) -> FakeJSON {
    let large = "\(Self.cdn)/\(path)/\(item.number)/large.jpg"
    switch item.drift {
    case .texts: return .string(large)
    case .lists: return [["id": 1, "url": .string(large), "size": 1, "order": 1]]
    case .nulls, .bare: return nil
    case .none: return ["large": .string(large), "medium": .string(large + "?m"), "small": .string(large + "?s")]
    }
  }

  private func background(_ path: String) -> FakeJSON {
    let large = "\(Self.cdn)/\(path)/\(item.number)/wide.jpg"
    switch item.drift {
    case .texts: return .string(large)
    case .lists: return []
    case .nulls: return ["full": .string("\(Self.cdn)/images/scene/default_2.png"), "large": nil]
    case .bare: return nil
    case .none: return ["full": .string(large + "?f"), "large": .string(large), "medium": nil, "small": nil]
    }
  }

  private var tags: FakeJSON {
    switch item.drift {
    case .texts: [["id": "7", "tag": "Outdoor"]]
    case .nulls: nil
    default: [["id": 7, "uuid": "t7", "name": "Outdoor"], ["id": 8, "uuid": "t8", "name": "Black and White"]]
    }
  }

  private var hashes: FakeJSON {
    guard let hash = item.oshash else { return [] }
    return [
      [
        "id": 1, "scene_id": .integer(item.number), "hash": .string(hash), "type": "OSHASH",
        "duration": .integer(item.duration), "submissions": 3, "can_delete": false,
      ]
    ]
  }

  private var performers: FakeJSON {
    let credits = item.performers.map { FakeTPDBShapes.credit($0, item.drift) }
    switch item.drift {
    case .bare: return nil
    case .lists: return .object(credits.enumerated().map { (String($0), $1) })
    case .nulls: return .list([7, ["name": nil]] + credits)
    default: return .list(credits)
    }
  }

  private static func credit(_ index: Int, _ drift: FakeTPDBItem.Drift) -> FakeJSON {
    let person = FakeTPDBItem.people[index]
    let isUnlinked = drift == .nulls
    return [
      "id": .string(FakeTPDBItem.uuid("3", 900 + index)), "_id": .integer(900 + index),
      "name": .string(person.credited),
      "is_parent": false, "extra": drift == .lists ? [] : ["gender": .string(person.gender), "birthday": nil],
      "image": .string("\(cdn)/performer/\(index)/credit.jpg"), "thumbnail": nil, "face": nil,
      "parent": isUnlinked ? nil : performer(index),
    ]
  }

  /// A person.
  static func performer(_ index: Int) -> FakeJSON {
    let person = FakeTPDBItem.people[index]
    return [
      "id": .string(FakeTPDBItem.uuid("4", index)), "_id": .integer(index), "name": .string(person.name),
      "is_parent": true, "extras": ["gender": .string(person.gender), "height": "170cm", "links": []],
      "image": .string("\(cdn)/performer/\(index)/image.jpg"), "face": .string("\(cdn)/performer/\(index)/face.jpg"),
    ]
  }

  private var site: FakeJSON {
    guard let site = FakeTPDBSite.withID(item.site) else { return nil }
    return Self.site(site, isEmbedded: true, uuidIsNumber: item.drift == .texts)
  }

  /// A site, alone or inside an item; old ones have a number for a uuid there, or none at all.
  static func site(_ site: FakeTPDBSite, isEmbedded: Bool = false, uuidIsNumber: Bool = false) -> FakeJSON {
    var members: [(String, FakeJSON)] = [
      ("id", .integer(site.id)), ("parent_id", FakeJSON(site.parent)), ("network_id", FakeJSON(site.network)),
      ("name", .string(site.name)), ("short_name", .string(site.shortName)), ("url", "https://studio.example.org"),
      ("description", .string(site.description)), ("rating", 0),
    ]
    if uuidIsNumber {
      members.append(("uuid", .integer(site.id)))
    } else if !(isEmbedded && site.isOld) {
      members.append(("uuid", .string(site.uuid)))
    }
    guard !site.isOld else { return .object(members + [("network", nil)]) }
    members += [
      ("logo", .string("\(cdn)/site/\(site.id)/logo.png")), ("favicon", nil),
      ("poster", .string("\(cdn)/site/\(site.id)/poster.jpg")), ("network", above(site.network)),
      ("parent", above(site.parent)),
    ]
    return .object(members)
  }

  private static func above(_ id: Int?) -> FakeJSON {
    guard let site = FakeTPDBSite.withID(id) else { return nil }
    return [
      "uuid": .string(site.uuid), "id": .integer(site.id), "name": .string(site.name),
      "short_name": .string(site.shortName),
    ]
  }
}
