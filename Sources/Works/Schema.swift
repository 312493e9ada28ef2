public import Storage

extension WorkStore {
  /// The tables of works.sqlite.
  public static let migrations = [
    Migration(
      """
      CREATE TABLE works (
        number INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        year INTEGER
      );

      CREATE TABLE members (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        work INTEGER NOT NULL REFERENCES works,
        source TEXT NOT NULL,
        said_by TEXT NOT NULL,
        UNIQUE (work, source)
      );

      CREATE TABLE identifiers (
        work INTEGER NOT NULL REFERENCES works,
        namespace TEXT NOT NULL,
        said_by TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (work, namespace, said_by)
      ) WITHOUT ROWID;
      CREATE INDEX identifiers_by_value ON identifiers (value, namespace);

      CREATE TABLE children (
        member TEXT PRIMARY KEY,
        key TEXT NOT NULL,
        show TEXT NOT NULL,
        season INTEGER NOT NULL,
        episode INTEGER
      ) WITHOUT ROWID;
      CREATE INDEX children_by_place ON children (show, season, episode);
      CREATE INDEX children_by_key ON children (key);

      CREATE TABLE decisions (
        provider TEXT NOT NULL,
        hints TEXT NOT NULL,
        key TEXT NOT NULL,
        rule TEXT NOT NULL,
        decided_at INTEGER NOT NULL,
        PRIMARY KEY (provider, hints)
      ) WITHOUT ROWID;

      CREATE TABLE pins (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        provider TEXT NOT NULL,
        form TEXT NOT NULL,
        target TEXT NOT NULL,
        year INTEGER,
        shown TEXT NOT NULL,
        key TEXT NOT NULL,
        pinned_at INTEGER NOT NULL
      );
      CREATE UNIQUE INDEX pins_by_target ON pins (provider, form, target, ifnull(year, -1));

      CREATE TABLE generations (subject TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
      INSERT INTO generations VALUES ('pins', 1);
      CREATE TRIGGER pins_added AFTER INSERT ON pins
        BEGIN UPDATE generations SET number = number + 1 WHERE subject = 'pins'; END;
      CREATE TRIGGER pins_changed AFTER UPDATE ON pins
        BEGIN UPDATE generations SET number = number + 1 WHERE subject = 'pins'; END;
      CREATE TRIGGER pins_removed AFTER DELETE ON pins
        BEGIN UPDATE generations SET number = number + 1 WHERE subject = 'pins'; END;

      CREATE TABLE unmatched (
        number INTEGER PRIMARY KEY,
        provider TEXT NOT NULL,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        year INTEGER,
        file TEXT,
        first_asked INTEGER NOT NULL,
        last_asked INTEGER NOT NULL,
        times INTEGER NOT NULL,
        closest TEXT,
        closest_score REAL
      );
      CREATE UNIQUE INDEX unmatched_by_question
        ON unmatched (provider, kind, title, ifnull(year, -1), ifnull(file, ''));
      CREATE INDEX unmatched_by_age ON unmatched (last_asked);
      """)
  ]
}
