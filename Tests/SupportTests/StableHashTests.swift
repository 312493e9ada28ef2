import Support
import Testing

@Suite struct StableHashTests {
  // Published values of FNV-1a with 64 bits.
  @Test(arguments: [
    ("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8) as (String, UInt64),
  ])
  func isTheSameEverywhere(text: String, expected: UInt64) {
    var hash = StableHash()
    hash.add(text.utf8)
    #expect(hash.value == expected)
    var inParts = StableHash()
    for byte in text.utf8 { inParts.add(CollectionOfOne(byte)) }
    #expect(inParts.value == expected)
  }
}
