extension FakePlexServer {
  /// Adds a library and gives its key.
  @discardableResult
  public func addSection(_ type: FakePlexItem.Kind, _ title: String, roots: [String]) -> Int {
    state.withLock { state in
      let key = (state.sections.map(\.key).max() ?? 0) + 1
      state.sections.append(FakePlexSection(key: key, type: type, title: title, roots: roots))
      state.folders += roots
      return key
    }
  }

  public func removeSection(_ key: Int) { state.withLock { $0.sections.removeAll { $0.key == key } } }

  /// Adds an item, or puts another in the place of the one with its key.
  public func add(_ item: FakePlexItem, to section: Int) {
    state.withLock { state in
      state.items[item.key] = item
      for form in state.rows.keys { state.rows[form]?[item.key] = nil }
      guard let place = state.sections.firstIndex(where: { $0.key == section }) else { return }
      state.sections[place].contentChangedAt += 1
      var keys = state.sections[place].keys[item.kind] ?? []
      guard keys.last != item.key, !keys.contains(item.key) || (keys.last ?? 0) < item.key else { return }
      if let last = keys.last, last > item.key {
        keys.insert(item.key, at: keys.firstIndex { $0 > item.key } ?? keys.count)
      } else {
        keys.append(item.key)
      }
      state.sections[place].keys[item.kind] = keys
    }
  }

  /// Adds many at once, their keys ascending.
  public func add(contentsOf items: [FakePlexItem], to section: Int) {
    state.withLock { state in
      guard let place = state.sections.firstIndex(where: { $0.key == section }) else { return }
      for item in items {
        state.items[item.key] = item
        state.sections[place].keys[item.kind, default: []].append(item.key)
      }
      for kind in FakePlexItem.Kind.allCases { state.sections[place].keys[kind]?.sort() }
      state.sections[place].contentChangedAt += 1
    }
  }

  /// Changes items in place.
  public func change(_ keys: [Int], _ change: (inout FakePlexItem) -> Void) {
    state.withLock { state in
      for key in keys {
        guard var item = state.items[key] else { continue }
        change(&item)
        state.items[key] = item
        for form in state.rows.keys { state.rows[form]?[key] = nil }
      }
      // Titles of shows stand in the rows of their episodes.
      let families = Set(keys.filter { state.items[$0]?.kind == .show || state.items[$0]?.kind == .season })
      if !families.isEmpty { state.rows = [:] }
      for place in state.sections.indices where keys.contains(where: { state.sections[place].has($0) }) {
        state.sections[place].contentChangedAt += 1
        state.sections[place].updatedAt += 1
      }
    }
  }

  public func remove(_ keys: [Int]) {
    let gone = Set(keys)
    state.withLock { state in
      for place in state.sections.indices where keys.contains(where: { state.sections[place].has($0) }) {
        state.sections[place].contentChangedAt += 1
        for kind in FakePlexItem.Kind.allCases { state.sections[place].keys[kind]?.removeAll { gone.contains($0) } }
      }
      for key in gone { state.items[key] = nil }
    }
  }

  /// A library of shows: each with one season, its episodes with a file and three ids. Gives the library's key.
  @discardableResult
  public func addShows(
    _ shows: Int, episodes: Int, title: String = "TV Shows", root: String = "/media/tv", firstKey: Int = 1000
  ) -> Int {
    let section = addSection(.show, title, roots: [root])
    var items: [FakePlexItem] = []
    items.reserveCapacity(shows * (episodes + 2))
    var key = firstKey
    for number in 1...max(1, shows) {
      var show = FakePlexItem(
        key: key, kind: .show, title: "Show \(number)", guid: "plex://show/\(Self.hexadecimal(key))")
      show.year = 1990 + number % 30
      show.guids = ["imdb://tt\(1_000_000 + key)", "tmdb://\(key)", "tvdb://\(key)"]
      show.summary = "A town by the sea, and those who live in it. Number \(number)."
      var season = FakePlexItem(
        key: key + 1, kind: .season, title: "Season 1", guid: "plex://season/\(Self.hexadecimal(key + 1))")
      season.index = 1
      season.parent = key
      (show.addedAt, show.updatedAt) = (1_500_000_000 + key * 400, 1_500_000_060 + key * 400)
      (season.addedAt, season.updatedAt) = (show.addedAt, show.updatedAt)
      items += [show, season]
      for episode in 0..<episodes {
        items.append(Self.episode(key + 2 + episode, number: episode + 1, show: show, season: key + 1, root: root))
      }
      key += episodes + 2
    }
    add(contentsOf: items, to: section)
    return section
  }

  private static func episode(_ key: Int, number: Int, show: FakePlexItem, season: Int, root: String) -> FakePlexItem {
    var item = FakePlexItem(
      key: key, kind: .episode, title: "Episode \(number) of \(show.title)", guid: "plex://episode/\(hexadecimal(key))")
    item.index = number
    item.parent = season
    item.grandparent = show.key
    item.duration = 2_700_000
    item.released = "2001-02-03"
    item.addedAt = 1_500_000_000 + key * 400
    item.updatedAt = item.addedAt + 60
    item.summary = "Something happens to somebody in the town by the sea, and then it is over again."
    item.guids = ["imdb://tt\(1_000_000 + key)", "tmdb://\(key)", "tvdb://\(key)"]
    let file = "\(root)/\(show.title) (\(show.year ?? 0))/Season 01/\(show.title) - s01e\(number).mkv"
    item.media = [.init(id: key, parts: [.init(id: key, file: file, size: 3_000_000_000 + key)])]
    return item
  }

  /// A library of films, each with a file and two ids. Gives the library's key.
  @discardableResult
  public func addMovies(
    _ count: Int, title: String = "Movies", roots: [String] = ["/media/movies"], firstKey: Int = 1
  ) -> Int {
    let section = addSection(.movie, title, roots: roots)
    add(
      contentsOf: (0..<count).map { number in
        let key = firstKey + number
        var item = FakePlexItem(
          key: key, kind: .movie, title: "Film \(number + 1)", guid: "plex://movie/\(Self.hexadecimal(key))")
        item.year = 1950 + number % 70
        item.duration = 5_400_000
        item.guids = ["imdb://tt\(2_000_000 + key)", "tmdb://\(key)"]
        let root = roots[number % roots.count]
        let file = "\(root)/Film \(number + 1) (\(item.year ?? 0))/Film \(number + 1).mkv"
        item.media = [.init(id: key, parts: [.init(id: key, file: file, size: 5_000_000_000 + key)])]
        return item
      }, to: section)
    return section
  }

  private static func hexadecimal(_ number: Int) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "5", count: max(0, 24 - text.count)) + text
  }
}

extension FakePlexSection {
  func has(_ key: Int) -> Bool { keys.values.contains { list in list.hasSorted(key) } }
}

extension [Int] {
  /// Whether an ascending list has the number.
  func hasSorted(_ number: Int) -> Bool {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == number
  }
}
