import UsherKit

/// Finds what a file, a folder or a person asks for: by id, then by the file's hash, then by what its name says.
struct TPDBMatching: Sendable {
  let api: TPDBAPI
  let request: MatchRequest

  private var isManual: Bool { request.manual == true }
  private var parsed: ParsedName { request.parsedName ?? ParsedName() }

  /// Sites by id or name: that of the folder, and the site that the file's name begins with.
  func sites() async throws -> [Candidate] {
    if let reference = ownReference(.show, TPDBKey.site) {
      if let site = try await api.unlessMissing({ try await api.anySite(reference) }) {
        var candidate = try TPDBSiteMapping(site).candidate(asked: request.title)
        confirm(&candidate)
        return [candidate]
      }
    }
    var found: [Int: Candidate] = [:]
    var order: [Int] = []
    for name in names {
      // A name in words finds a site that is written as one word only when it is asked for so, and the other way round.
      for spelling in [name, name.normalizedName].unique {
        let sites = try await api.sites(named: spelling).compactMap { try? TPDBSiteMapping($0) }
        for site in sites where found[site.number] == nil {
          var candidate = try site.candidate(asked: name)
          candidate.score = site.isNamed(name) ? 0.9 : 0.5
          found[site.number] = candidate
          order.append(site.number)
        }
        if sites.contains(where: { $0.isNamed(name) }) { return order.compactMap { found[$0] }.ranked }
      }
    }
    return order.compactMap { found[$0] }.ranked
  }

  /// Movies by id, hash, catalogue number or name.
  func movies() async throws -> [Candidate] {
    var found: [Candidate] = []
    func add(_ movies: [TPDBItem]) throws {
      for movie in movies where !found.contains(where: { $0.externalIDs?["tpdb"] == movie.id }) {
        let isStudio = parsed.site.map { movie.site?.name.normalizedName == $0.normalizedName } ?? false
        found.append(movie.candidate(try .movie(movie.id), score: isStudio ? 0.8 : 0.5))
      }
    }
    if let movie = try await certain(.movies, .movie, .movie) {
      let candidate = try certainCandidate(movie.item, .movie(movie.item.id), isHash: movie.isHash)
      if !isManual { return [candidate] }
      found = [candidate]
    }
    if let code = parsed.code { try add(try await api.search(.movies, [("sku", code)]).filter { $0.has(code) }) }
    if !isManual, !found.isEmpty { return found }
    let title = request.title?.trimmed ?? ""
    let year = request.year.map { [("year", String($0))] } ?? []
    // The text search finds the title of a film; a file name that says more is taken apart by the service.
    if !title.isEmpty { try add(try await api.search(.movies, [("q", title)] + year)) }
    func isFound() -> Bool { found.contains { $0.title.normalizedName == title.normalizedName } }
    if !isFound(), let text = fileText { try add(try await api.search(.movies, [("parse", text)])) }
    if !isFound(), !year.isEmpty, !title.isEmpty { try add(try await api.search(.movies, [("q", title)])) }
    return found.ranked
  }

  /// Scenes by id, hash, or site, date and title of the file's name. Those of other sites and days are told apart by
  /// their score.
  func scenes() async throws -> [Candidate] {
    var scenes: [TPDBItem] = []
    var candidates: [Candidate] = []
    if let scene = try await certain(.scenes, .episode, TPDBKey.scene), let site = scene.item.siteID {
      let candidate = try certainCandidate(scene.item, .episode(site, scene.item.id), isHash: scene.isHash)
      if !isManual { return [numbered(candidate, site)] }
      candidates = [numbered(candidate, site)]
    }
    let fit = TPDBSceneFit(request: request, names: names)
    for question in questions {
      scenes += try await api.search(.scenes, question)
      if scenes.contains(where: { fit.isSure($0) }) { break }
    }
    for scene in scenes {
      guard let site = scene.siteID else { continue }
      let id = try ItemID.episode(site, scene.id)
      guard !candidates.contains(where: { $0.id == id }) else { continue }
      candidates.append(numbered(scene.candidate(id, score: fit.score(of: scene)), site))
    }
    return candidates.ranked
  }

  /// Searches for a scene, the surest first: what the service makes of the file's name, then with less of it.
  private var questions: [[(String, String)]] {
    var questions = [parseText, fileText].compactMap { $0 }.unique.map { [("parse", $0)] }
    if let site = names.first?.normalizedName, !site.isEmpty, let date {
      // The same scene is on several sites of a network, and a day or two later: the score tells them apart.
      let place = [("site", site), ("site_operation", "Site/Parent/Network")]
      questions += date.around.map { place + [("date", "\($0)")] }
    }
    if let title = sceneTitle { questions.append([("q", title)]) }
    return questions
  }

  /// Names of the site: a show's title, and what the file's name says.
  private var names: [String] {
    let title = request.kind == .show ? request.title : request.showTitle
    return [title, parsed.site].compactMap { $0?.withoutYear }.filter { !$0.normalizedName.isEmpty }.unique
  }

  private var date: CalendarDate? { request.date ?? parsed.date }

  private var sceneTitle: String? {
    [parsed.title, request.title].compactMap { $0?.trimmed }.first { !$0.isEmpty }
  }

  /// `site 2024-01-31 performers title`, the form that the service reads best; nil when the name says no site.
  private var parseText: String? {
    guard let site = names.first?.normalizedName, date != nil || sceneTitle != nil else { return nil }
    let words = [site, date?.description] + (parsed.performers ?? []) + [sceneTitle]
    return words.compactMap { $0 }.unique.joined(separator: " ")
  }

  private var fileText: String? { request.file?.fileWords }

  /// What names one item for sure: an id of this source, or the hash of the file.
  private func certain(
    _ collection: TPDBAPI.Collection, _ kind: MediaKind, _ older: MediaKind
  ) async throws -> (item: TPDBItem, isHash: Bool)? {
    if let reference = ownReference(kind, older),
      let item = try await api.unlessMissing({ try await api.item(collection, reference) })
    {
      return (item, false)
    }
    guard let hash, let item = try await api.item(collection, hash: hash) else { return nil }
    return (item, true)
  }

  /// A file that the service knows by its hash is this item, whatever the file calls it.
  private func certainCandidate(_ item: TPDBItem, _ id: ItemID, isHash: Bool) throws -> Candidate {
    var candidate = item.candidate(id, score: 1)
    if isHash {
      candidate.externalIDs?["oshash"] = hash
      let names = [request.title, parsed.title].compactMap { $0 }.filter { $0 != item.title }.unique
      candidate.alternativeTitles = names.isEmpty ? nil : names
    } else {
      confirm(&candidate)
    }
    return candidate
  }

  /// The service knows an item by uuid, number and slug; the one that was asked for stands in the candidate.
  private func confirm(_ candidate: inout Candidate) {
    if let asked = request.externalIDs?["tpdb"] { candidate.externalIDs?["tpdb"] = asked }
    candidate.score = 1
  }

  private func ownReference(_ kind: MediaKind, _ older: MediaKind) -> String? {
    if let id = request.id, id.source == TPDBSource.id, id.kind == kind || id.kind == older,
      let key = try? TPDBKey(id)
    {
      switch key {
      case .show(let reference), .movie(let reference), .episode(let reference, _): return reference
      case .season: break
      }
    }
    return request.externalIDs?["tpdb"]
  }

  private var hash: String? {
    request.oshash.map { $0.lowercased() }.flatMap { hash in
      hash.utf8.count == 16 && hash.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        ? hash : nil
    }
  }

  /// With the number that media servers have already been given.
  private func numbered(_ candidate: Candidate, _ site: Int) -> Candidate {
    var candidate = candidate
    guard let scene = candidate.id.value.split(separator: "-", maxSplits: 1).last else { return candidate }
    candidate.index = TPDBNumbering(site: site, host: api.host).place(of: String(scene))?.number
    return candidate
  }
}

extension TPDBItem {
  fileprivate func has(_ code: String) -> Bool { sku?.normalizedName == code.normalizedName }
}

extension [Candidate] {
  /// By score, in the service's order where scores are equal.
  fileprivate var ranked: [Candidate] {
    enumerated().sorted { (-($0.element.score ?? 0), $0.offset) < (-($1.element.score ?? 0), $1.offset) }.map(\.element)
  }
}
