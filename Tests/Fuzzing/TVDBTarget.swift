@testable import TVDB

/// Answers of that service, see `ask`.
@_cdecl("fuzz_tvdb")
public func fuzzTVDB(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let keys = ["movie-31", "show-81189", "season-81189-1", "episode-81189-349232"]
  ask({ try TVDBSource($0) }, "tvdb", keys, input(data, count))
  return 0
}
