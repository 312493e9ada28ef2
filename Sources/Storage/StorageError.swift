/// Why the store could not do its work: each case is a sentence that names the file and says what to do.
public enum StorageError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The folder of the database cannot be made or written.
  case folderNotWritable(folder: String, reason: String)
  case cannotOpen(path: String, reason: String)
  /// A newer program has been here; this one would damage what it does not understand.
  case newerSchema(path: String, found: Int, known: Int)
  /// The file's bytes are not a database, or contradict each other.
  case corrupt(path: String, reason: String)
  /// The disk has no room left.
  case full(path: String)
  /// Another process kept the file locked for longer than the waiting time.
  case locked(path: String)
  /// Another host works on the same file.
  case inUse(path: String, process: Int?)
  /// More work waits than is taken on.
  case overloaded(path: String)
  /// Used after `close()`.
  case closed(path: String)
  /// A statement that SQLite refused: a mistake in the program, or a failing disk.
  case failed(path: String, reason: String)

  public var description: String {
    switch self {
    case .folderNotWritable(let folder, let reason):
      "the data folder \(folder) cannot be used: \(reason); make it writable for this user or name another one"
    case .cannotOpen(let path, let reason):
      "the database \(path) cannot be opened: \(reason); check that the file belongs to this user"
    case .newerSchema(let path, let found, let known):
      "the database \(path) has version \(found), this program knows versions up to \(known): "
        + "use the newer program, or another data folder"
    case .corrupt(let path, let reason):
      "the database \(path) is damaged: \(reason); it is set aside and a new one started at the next start"
    case .full(let path): "the database \(path) cannot grow: the disk is full; make room on it"
    case .locked(let path): "the database \(path) is locked by another process; end that one or try again"
    case .inUse(let path, let process):
      "the database \(path) is in use by another host\(process.map { " (process \($0))" } ?? ""): "
        + "stop that one, or give this one a data folder of its own"
    case .overloaded(let path): "the database \(path) has more work waiting than is taken on; its disk is too slow"
    case .closed(let path): "the database \(path) is closed"
    case .failed(let path, let reason): "the database \(path) reports: \(reason)"
    }
  }
}
