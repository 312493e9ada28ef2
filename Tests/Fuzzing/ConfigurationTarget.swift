import Configuration

/// plugins.json: every problem must have a sentence, and none may repeat a variable's value.
@_cdecl("fuzz_configuration")
public func fuzzConfiguration(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let environment = ["KEY": "the-value-of-a-key", "SPACED": "a value with spaces"]
  switch ConfigurationReader.read(input(data, count), path: "plugins.json", environment: environment) {
  case .success(let configuration): precondition(configuration.listen.port <= 65_535)
  case .failure(let errors):
    let text = Array(errors.description.utf8)
    precondition(!text.isEmpty)
    for value in environment.values { precondition(!text.holds(Array(value.utf8)), "a value in a problem") }
  }
  return 0
}

extension [UInt8] {
  fileprivate func holds(_ part: [UInt8]) -> Bool {
    indices.dropLast(part.count - 1).contains { self[$0] == part[0] && self[$0...].starts(with: part) }
  }
}
