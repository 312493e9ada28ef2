@testable import TVmaze

/// Answers of that service, see `ask`.
@_cdecl("fuzz_tvmaze")
public func fuzzTVmaze(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  ask({ try TVmazeSource($0) }, "tvmaze", ["show-82", "season-82-1", "episode-82-4952"], input(data, count))
  return 0
}
