public import PlexCatalogue
public import PlexServers

/// Every attempt to invite, with time and outcome, in the plugin's own file.
public struct InvitationLog {
  /// One attempt. `at` is in milliseconds since 1970.
  public struct Entry: Sendable, Hashable {
    public var at: Int64
    public var server: String
    public var who: String
    public var libraries: [String]
    public var outcome: String
    public var detail: String
  }

  private let database: CatalogueDatabase

  public init(_ catalogue: Catalogue) { database = catalogue.database }

  func record(
    server: String, who: String, libraries: [String], outcome: InvitationOutcome, detail: String, at: Int64
  ) throws(PlexError) {
    try database.run(
      "INSERT INTO invitation (at, server, who, libraries, outcome, detail) VALUES (?, ?, ?, ?, ?, ?)",
      [
        .integer(at), .text(server), .text(who), .text(libraries.joined(separator: "\n")), .text(outcome.rawValue),
        .text(detail),
      ])
  }

  /// The last attempts, the newest first.
  public func entries(server: String? = nil, limit: Int = 50) throws(PlexError) -> [Entry] {
    let query = try database.query(
      """
      SELECT at, server, who, libraries, outcome, detail FROM invitation WHERE ?1 IS NULL OR server = ?1
      ORDER BY id DESC LIMIT \(max(1, limit))
      """, [CatalogueValue(server)])
    var entries: [Entry] = []
    while try query.next() {
      entries.append(
        Entry(
          at: query.integer(0), server: query.text(1), who: query.text(2),
          libraries: query.text(3).split(separator: "\n").map(String.init), outcome: query.text(4),
          detail: query.text(5)))
    }
    return entries
  }

  /// How often each outcome came.
  public func counts(server: String? = nil) throws(PlexError) -> [(outcome: String, count: Int)] {
    let query = try database.query(
      "SELECT outcome, count(*) FROM invitation WHERE ?1 IS NULL OR server = ?1 GROUP BY outcome ORDER BY 2 DESC",
      [CatalogueValue(server)])
    var counts: [(outcome: String, count: Int)] = []
    while try query.next() { counts.append((query.text(0), Int(query.integer(1)))) }
    return counts
  }
}
