import UsherKit

/// The scenes of one site, by year: all of them, however many pages they fill.
struct TPDBListing: Sendable {
  /// A year in which a site has scenes.
  struct Year: Equatable, Sendable {
    let year: Int
    let first: CalendarDate
  }

  /// Years that a date of the service may have and mean it.
  static let possibleYears = 1900...2999
  /// A list ends here whatever its length: what is beyond can be reached only by narrower questions.
  static let standardCap = 10_000
  /// Bounds what a service that never ends could cost.
  private static let maximumSlices = 20
  private static let maximumProbes = 60

  let api: TPDBAPI
  let site: Int
  let cap: Int

  /// The site's first scene's day; nil without scenes. Costs the page that `years` begins with.
  func firstRelease() async throws -> CalendarDate? {
    Self.dates(of: try await ends(ascending: true).entries).min()
  }

  /// Years with scenes, ascending.
  ///
  /// The service has no list of years. The oldest hundred scenes tell the first ones, the newest scene the last; each
  /// year between is asked for its first page, which serves that season's own list afterwards.
  func years() async throws -> [Year] {
    let oldest = try await ends(ascending: true)
    let dates = Self.dates(of: oldest.entries)
    guard let first = dates.first else { return [] }
    // An unsorted answer proves nothing about what it leaves out.
    let isSorted = dates == dates.sorted()
    var years = isSorted ? Self.firsts(of: dates) : [:]
    guard !isSorted || !oldest.isLast else { return Self.ordered(Self.firsts(of: dates)) }
    let newest = Self.dates(of: try await ends(ascending: false).entries).max()?.year
    let from = isSorted ? (dates.last ?? first).year + 1 : (dates.min() ?? first).year
    // A year far in the future is a slip of the pen, behind which real years may hide.
    let through = isSorted ? min(newest ?? currentYear, currentYear + 1) : currentYear + 1
    let between = from <= through ? Array((from...through).suffix(Self.maximumProbes)) : []
    let beyond = [newest].compactMap { $0 }.filter { $0 > through }
    let probed = try await withThrowingTaskGroup(of: Year?.self) { group in
      for year in between + beyond {
        group.addTask { try await firstRelease(in: year).map { Year(year: year, first: $0) } }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    for case let year? in probed { years[year.year] = year.first }
    return Self.ordered(years)
  }

  /// The first day of a year with a scene; nil when it has none. Costs the year's first page.
  func firstRelease(in year: Int) async throws -> CalendarDate? {
    let page = try await page(of: year, 1, from: nil)
    return kept(page.entries, year).compactMap(\.released).min()
  }

  /// All scenes of a year by date, then by age of their record, each once.
  func scenes(of year: Int) async throws -> [TPDBItem] {
    var scenes: [String: TPDBItem] = [:]
    var start: Start?
    for _ in 0..<Self.maximumSlices {
      let slice = try await slice(of: year, from: start)
      let before = scenes.count
      // Ties are unsorted at the service, so rows come again on the next page.
      for scene in kept(slice.scenes, year) where scenes[scene.id] == nil { scenes[scene.id] = scene }
      guard slice.isCapped, let last = slice.scenes.compactMap(\.released).max() else { return Self.sorted(scenes) }
      if start?.isAfter == true, scenes.count == before { break }
      start = Start(date: last, isAfter: last == start?.date)
    }
    api.host.log(.warning, "site \(site), \(year): TPDB's list does not end; \(scenes.count) scenes are taken")
    return Self.sorted(scenes)
  }

  /// A scene on the page where its number puts it; nil when that page does not have it, as with scenes that turned up
  /// late. Costs at most that page.
  func scene(_ id: String, number: Int, of year: Int) async throws -> TPDBItem? {
    guard (1...cap).contains(number) else { return nil }
    let page = try await page(of: year, (number - 1) / TPDBAPI.pageSize + 1, from: nil)
    return kept(page.entries, year).first { $0.id == id }
  }

  /// Where a slice begins: at a date, or behind it when that day alone fills a slice.
  private struct Start {
    let date: CalendarDate
    let isAfter: Bool
  }

  /// The pages of one question, up to the service's cap.
  private func slice(of year: Int, from start: Start?) async throws -> (scenes: [TPDBItem], isCapped: Bool) {
    var scenes: [TPDBItem] = []
    var total = 0
    for number in 1...max(1, cap) {
      let page = try await page(of: year, number, from: start)
      // A list past its end may repeat its last page.
      if let current = page.current, current != number { break }
      scenes += page.entries
      total = max(page.total ?? 0, scenes.count)
      if page.isLast || scenes.count >= cap { break }
    }
    return (scenes, isCapped: total >= cap)
  }

  private func page(of year: Int, _ number: Int, from start: Start?) async throws -> TPDBPage<TPDBItem> {
    var parameters = [("site_id", String(site)), ("year", String(year))]
    if let start { parameters += [("date", "\(start.date)"), ("date_operation", start.isAfter ? ">" : ">=")] }
    let isPast = year < currentYear
    return try await page(
      parameters, ascending: true, number, size: TPDBAPI.pageSize,
      freshFor: isPast ? TPDBAPI.pastYearFreshness : TPDBAPI.currentFreshness)
  }

  /// The oldest scenes of all years, or the newest one.
  private func ends(ascending: Bool) async throws -> TPDBPage<TPDBItem> {
    try await page(
      [("site_id", String(site))], ascending: ascending, 1, size: ascending ? TPDBAPI.pageSize : 1,
      freshFor: TPDBAPI.currentFreshness)
  }

  private func page(
    _ parameters: [(String, String)], ascending: Bool, _ number: Int, size: Int, freshFor: Int
  ) async throws -> TPDBPage<TPDBItem> {
    let order = ascending ? "former_released" : "recently_released"
    let paging = [("orderBy", order), ("per_page", String(size)), ("page", String(number))]
    return try await api.page("/scenes", parameters + paging, freshFor: freshFor)
  }

  /// Only what was asked for, should the service ignore a filter.
  private func kept(_ scenes: [TPDBItem], _ year: Int) -> [TPDBItem] {
    scenes.filter { $0.released?.year == year && ($0.siteID == nil || $0.siteID == site) }
  }

  private var currentYear: Int {
    // Days since 1970 by the mean length of a year: good to a day, which is enough for how fresh an answer must be.
    1970 + Int(Double(api.host.nowMilliseconds) / (365.2425 * 86_400_000))
  }

  private static func sorted(_ scenes: [String: TPDBItem]) -> [TPDBItem] {
    scenes.values.sorted { left, right in
      (left.released?.description ?? "", left.number ?? .max, left.id)
        < (right.released?.description ?? "", right.number ?? .max, right.id)
    }
  }

  private static func dates(of scenes: [TPDBItem]) -> [CalendarDate] {
    scenes.compactMap(\.released).filter { possibleYears.contains($0.year) }
  }

  private static func firsts(of dates: [CalendarDate]) -> [Int: CalendarDate] {
    Dictionary(dates.map { ($0.year, $0) }, uniquingKeysWith: min)
  }

  private static func ordered(_ years: [Int: CalendarDate]) -> [Year] {
    years.map { Year(year: $0.key, first: $0.value) }.sorted { $0.year < $1.year }
  }
}

extension TPDBPage {
  /// Whether nothing follows, by what the page says of itself; a page without entries ends every list.
  var isLast: Bool {
    guard !entries.isEmpty || firstFault != nil else { return true }
    guard let last else { return entries.count < TPDBAPI.pageSize }
    return (current ?? 1) >= last
  }
}
