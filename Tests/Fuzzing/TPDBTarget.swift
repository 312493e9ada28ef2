@testable import TPDB

/// Answers of that service, see `ask`.
@_cdecl("fuzz_tpdb")
public func fuzzTPDB(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  ask({ try TPDBSource($0) }, "tpdb", ["movie-12", "show-12", "season-12-2020", "episode-12-345"], input(data, count))
  return 0
}
