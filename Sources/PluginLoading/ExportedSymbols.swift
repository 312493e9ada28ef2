import Glibc

/// Names of the symbols that a 64-bit ELF library exports, read from its file: nothing of it is run.
package enum ExportedSymbols {
  /// Names that begin with `prefix`, in the file's order. Empty when the file is not such a library.
  package static func names(in library: String, prefix: String) -> [String] {
    guard let bytes = WholeFile.read(library, maximum: 512 << 20) else { return [] }
    return bytes.withUnsafeBytes { names(in: $0, prefix: Array(prefix.utf8)) }
  }

  static func names(in file: UnsafeRawBufferPointer, prefix: [UInt8]) -> [String] {
    guard file.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2, 1]), let header: Elf64_Ehdr = load(file, 0) else { return [] }
    for index in 0..<Int(header.e_shnum) {
      guard let symbols = section(index, header, file), symbols.sh_type == UInt32(SHT_DYNSYM),
        let texts = section(Int(symbols.sh_link), header, file),
        let texts = part(of: file, texts.sh_offset, texts.sh_size),
        let table = part(of: file, symbols.sh_offset, symbols.sh_size)
      else { continue }
      return names(symbols: table, texts: texts, prefix: prefix)
    }
    return []
  }

  private static func names(
    symbols: UnsafeRawBufferPointer, texts: UnsafeRawBufferPointer, prefix: [UInt8]
  ) -> [String] {
    stride(from: 0, to: symbols.count, by: MemoryLayout<Elf64_Sym>.size).compactMap { offset in
      guard let symbol: Elf64_Sym = load(symbols, UInt64(offset)), symbol.st_shndx != 0,
        Int(symbol.st_name) < texts.count
      else { return nil }
      // A Swift library has tens of thousands of names: only those that are given are looked at to their end.
      let rest = UnsafeRawBufferPointer(rebasing: texts[Int(symbol.st_name)...])
      guard let start = rest.baseAddress, rest.count >= prefix.count, memcmp(start, prefix, prefix.count) == 0
      else { return nil }
      return String(decoding: rest[..<strnlen(start, rest.count)], as: UTF8.self)
    }
  }

  private static func section(_ index: Int, _ header: Elf64_Ehdr, _ file: UnsafeRawBufferPointer) -> Elf64_Shdr? {
    guard index < Int(header.e_shnum), Int(header.e_shentsize) >= MemoryLayout<Elf64_Shdr>.size else { return nil }
    let (offset, overflow) = header.e_shoff.addingReportingOverflow(UInt64(index) * UInt64(header.e_shentsize))
    return overflow ? nil : load(file, offset)
  }

  private static func part(
    of file: UnsafeRawBufferPointer, _ offset: UInt64, _ size: UInt64
  ) -> UnsafeRawBufferPointer? {
    let (end, overflow) = offset.addingReportingOverflow(size)
    guard !overflow, end <= UInt64(file.count) else { return nil }
    return UnsafeRawBufferPointer(rebasing: file[Int(offset)..<Int(end)])
  }

  private static func load<Value: BitwiseCopyable>(_ bytes: UnsafeRawBufferPointer, _ offset: UInt64) -> Value? {
    let size = UInt64(MemoryLayout<Value>.size)
    guard UInt64(bytes.count) >= size, offset <= UInt64(bytes.count) - size else { return nil }
    return bytes.loadUnaligned(fromByteOffset: Int(offset), as: Value.self)
  }
}
