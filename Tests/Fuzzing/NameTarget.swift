import NameReadings
import Naming

/// The name of a file; the first byte says what its library holds.
@_cdecl("fuzz_names")
public func fuzzNames(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = input(data, count)
  guard let first = bytes.first else { return 0 }
  let kinds: [NameKind?] = [.movie, .show, .scene, nil]
  let reading = NameParser().read(Array(bytes.dropFirst()), kind: kinds[Int(first & 3)])
  var json: [UInt8] = []
  reading.name.write(to: &json)
  precondition(json.first == UInt8(ascii: "{") && json.last == UInt8(ascii: "}"))
  precondition((0...1).contains(reading.name.confidence ?? 0))
  precondition(reading.titles.first == reading.name.title || reading.name.title == nil)
  return 0
}
