@testable import OMDb

/// Answers of that service, see `ask`.
@_cdecl("fuzz_omdb")
public func fuzzOMDb(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let keys = ["movie-tt0017136", "show-tt0017136", "season-tt0017136-1", "episode-tt0017136-tt0017137"]
  ask({ try OMDbSource($0) }, "omdb", keys, input(data, count))
  return 0
}
