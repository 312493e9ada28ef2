import UsherKit

/// Which scene has which number in its year.
///
/// TPDB numbers nothing, and media servers keep numbers for years. So the scenes of a year are numbered by date, then by
/// age of their record, and the order is remembered as a list of ids that only grows: a scene keeps its number, whatever
/// the service changes; the number of one that vanishes stays free, and is its own again should it come back; one that
/// turns up later, whatever its date, gets the number behind the highest ever given. Without what was remembered the
/// same scenes get the same numbers again, except those that had turned up late.
struct TPDBNumbering: Sendable {
  /// Seconds; ten years.
  private static let life = 3650 * 86_400

  let site: Int
  let host: HostContext

  /// The number of each scene; new ones are added to what is remembered. `scenes` are all of the year, in order.
  func numbers(of scenes: [TPDBItem], in year: Int) -> [String: Int] {
    // Nothing waits between reading and writing, so that two calls hardly ever number the same year at once.
    var order = lines(orderKey(year))
    var numbers = Self.positions(order)
    let known = order.count
    for scene in scenes where numbers[scene.id] == nil {
      order.append(scene.id)
      numbers[scene.id] = order.count
    }
    if order.count > known { keep(order, orderKey(year)) }
    let years = lines(yearsKey)
    if !order.isEmpty, !years.contains(String(year)) { keep(years + [String(year)], yearsKey) }
    return numbers
  }

  /// Year and number of a scene that was numbered before.
  func place(of scene: String) -> (year: Int, number: Int)? {
    // The newest year first: most questions are about new scenes.
    for year in lines(yearsKey).compactMap({ Int($0) }).sorted(by: >) {
      if let position = lines(orderKey(year)).firstIndex(of: scene) { return (year, position + 1) }
    }
    return nil
  }

  private var yearsKey: String { "years/\(site)" }
  private func orderKey(_ year: Int) -> String { "order/\(site)/\(year)" }

  private static func positions(_ order: [String]) -> [String: Int] {
    Dictionary(order.enumerated().map { ($1, $0 + 1) }, uniquingKeysWith: { first, _ in first })
  }

  private func lines(_ key: String) -> [String] {
    guard let bytes = host.cached(key) else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private func keep(_ lines: [String], _ key: String) {
    host.remember(Array(lines.joined(separator: "\n").utf8), for: key, seconds: Self.life)
  }
}
