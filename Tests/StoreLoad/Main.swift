import Glibc
import Storage
import Support

/// Works on a store the hard way, for `Scripts/crash`, `Scripts/bench growth` and the tests about crashes:
///
///     StoreLoad write FILE FIRST           keeps values until it is killed, and prints the number of each that is kept
///     StoreLoad verify FILE                reads such numbers and looks for every value; the file must be sound
///     StoreLoad grow FILE BYTES COUNT …    grows a store to each of these sizes and measures it there
@main
enum Main {
  static func main() {
    signal(SIGPIPE, SIG_IGN)
    let words = Array(CommandLine.arguments.dropFirst())
    do {
      switch words.first {
      case "write" where words.count == 3: try WriteLoad(file: words[1]).run(first: Int(words[2]) ?? 0)
      case "verify" where words.count == 2: exit(try WriteLoad(file: words[1]).verify() ? 0 : 1)
      case "grow" where words.count > 3:
        try Growth(file: words[1], bytes: Int(words[2]) ?? 0).run(words[3...].compactMap { Int($0) })
      default:
        say("usage: StoreLoad write FILE FIRST | verify FILE | grow FILE BYTES COUNT …\n", to: STDERR_FILENO)
        exit(2)
      }
    } catch {
      say("StoreLoad: \(error)\n", to: STDERR_FILENO)
      exit(1)
    }
  }
}

/// Writes at once, without a buffer that a kill would take.
func say(_ text: String, to descriptor: Int32 = STDOUT_FILENO) {
  let bytes = Array(text.utf8)
  _ = write(descriptor, bytes, bytes.count)
}

/// Tells errors on standard error.
struct ErrorLog: LogSink {
  let threshold = LogLevel.warning

  func write(_ line: LogLine) { say("\(line.message) \(line.details.map(\.value))\n", to: STDERR_FILENO) }
}

extension KeyValueStore {
  /// The store in a file, as the host opens it.
  static func open(_ file: String) throws -> (Database, KeyValueStore) {
    let log = Log(ErrorLog(), subject: "store")
    let database = try Database(path: file, migrations: migrations, log: log)
    return (database, KeyValueStore(database: database, time: SystemTime(), log: log))
  }
}

/// Bytes that are the same for the same number, of any length.
func value(of number: Int, count: Int) -> [UInt8] {
  var state = UInt64(truncatingIfNeeded: number) &* 0x9E37_79B9_7F4A_7C15 | 1
  var bytes = [UInt8](repeating: 0, count: count)
  for index in bytes.indices {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    bytes[index] = UInt8(truncatingIfNeeded: state >> 56)
  }
  return bytes
}
