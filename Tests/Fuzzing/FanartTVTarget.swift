@testable import FanartTV

/// Answers of that service, see `ask`.
@_cdecl("fuzz_fanarttv")
public func fuzzFanartTV(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  ask({ try FanartTVSource($0) }, "fanarttv", ["movie-603", "show-81189", "season-81189-1"], input(data, count))
  return 0
}
