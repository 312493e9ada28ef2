package import NameWords

/// A path in its parts: the file and the folders above it.
package struct NamePath {
  /// Folders further up tell nothing.
  private static let mostFolders = 4

  package let file: NameText
  /// The nearest first.
  package let folders: [Folder]

  package init(_ name: [UInt8], kind: NameKind?) {
    var parts: [Range<Int>] = []
    var end = name.count
    while end > 0, parts.count <= Self.mostFolders {
      var start = end
      while start > 0, !Self.isSeparator(name, start - 1) { start -= 1 }
      if end > start, !Self.isDots(name[start..<end]) { parts.append(start..<end) }
      end = start - 1
    }
    file = NameText(parts.first.map { name[$0] } ?? [], isFile: true)
    folders = parts.dropFirst().map { Folder(name[$0], kind: kind) }
  }

  package var steps: Int { folders.reduce(file.steps) { $0 + $1.text.steps } }

  /// A slash or backslash; between blanks a slash is part of a name.
  private static func isSeparator(_ name: [UInt8], _ place: Int) -> Bool {
    if name[place] == UInt8(ascii: "\\") { return true }
    guard name[place] == UInt8(ascii: "/") else { return false }
    return !(place > 0 && name[place - 1] == 0x20 && place + 1 < name.count && name[place + 1] == 0x20)
  }

  private static func isDots(_ part: ArraySlice<UInt8>) -> Bool {
    part.count <= 2 && part.allSatisfy { $0 == UInt8(ascii: ".") }
  }
}
