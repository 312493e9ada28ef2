@testable import TMDB

/// Answers of that service, see `ask`.
@_cdecl("fuzz_tmdb")
public func fuzzTMDB(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let keys = ["movie-603", "show-1396", "season-1396-1", "episode-1396-62085"]
  ask({ try TMDBSource($0) }, "tmdb", keys, input(data, count))
  return 0
}
