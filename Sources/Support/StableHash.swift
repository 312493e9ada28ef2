/// A number for bytes that is the same on every machine and after every start: FNV-1a with 64 bits. Not meant against
/// somebody who looks for two texts with the same number.
public struct StableHash: Sendable {
  public private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  public init() {}

  public mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
  }
}
