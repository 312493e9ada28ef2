import Support

/// A short name for a long text, the same over restarts.
enum Signature {
  /// 64 bits in base 36.
  static func of(_ text: String) -> String {
    var hash = StableHash()
    hash.add(text.utf8)
    return String(hash.value, radix: 36)
  }
}
