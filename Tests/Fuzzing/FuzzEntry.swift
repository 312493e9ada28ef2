import Glibc

/// What libFuzzer calls with every input. The environment variable FUZZ_TARGET names what gets it; see `Scripts/fuzz`.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  target([UInt8](UnsafeBufferPointer(start: data, count: data == nil ? 0 : count)))
  return 0
}

/// A reader of hostile bytes: it may refuse them, and must not crash, hang or need more than a time that grows with them.
typealias FuzzTarget = @Sendable ([UInt8]) -> Void

private let targets: [String: FuzzTarget] = [
  "plex": fuzzPlexRequest, "matchbody": fuzzMatchBody, "configuration": fuzzConfiguration, "nfo": fuzzNFO,
  "reply": fuzzReply, "tvmaze": fuzzTVmaze, "tmdb": fuzzTMDB, "tvdb": fuzzTVDB, "tpdb": fuzzTPDB, "omdb": fuzzOMDb,
  "fanarttv": fuzzFanartTV, "names": fuzzNames,
]

private let target: FuzzTarget = {
  let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
  guard let target = targets[name] else {
    fatalError("FUZZ_TARGET must be one of \(targets.keys.sorted().joined(separator: ", "))")
  }
  return target
}()
