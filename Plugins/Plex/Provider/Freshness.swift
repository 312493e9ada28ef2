/// Seconds for which the host may give ready bytes again. The library below has caches of its own with longer lives;
/// these only take the load of a Plex scan, which asks for the same things many times within minutes.
enum Freshness {
  /// Changes only with the configuration, and then the host is started anew.
  static let root = 3600
  /// Short enough that a person who fixes a match or changes a source sees it in Plex a few minutes later.
  static let item = 300
  static let list = 300
  static let match = 300
  /// A file that was not found may be known soon: its source may have been late, or out of order.
  static let noMatch = 30
  /// An outage must not outlive itself.
  static let failure = 0
}
