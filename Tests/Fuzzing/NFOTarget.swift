@testable import Local

/// An NFO file.
@_cdecl("fuzz_nfo")
public func fuzzNFO(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let roots = try? NFODocument.roots(input(data, count)), let items = try? NFOItem.items(roots) else { return 0 }
  precondition(items.count <= count)
  return 0
}
