/// Rows of text in columns as wide as their widest cell.
public struct Table {
  public var header: [String] = []
  public var rows: [[String]]
  /// Columns whose cells end under each other, as numbers do.
  public var rightAligned: Set<Int>

  public init(header: [String] = [], rows: [[String]], rightAligned: Set<Int> = []) {
    self.header = header
    self.rows = rows
    self.rightAligned = rightAligned
  }

  /// A line per row, each ended; the last column is not padded.
  public var text: String {
    let all = header.isEmpty ? rows : [header] + rows
    var widths: [Int] = []
    for row in all {
      for (column, cell) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], cell.count)
      }
    }
    return all.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        if rightAligned.contains(column) {
          line += padding + cell
        } else {
          line += column < row.count - 1 ? cell + padding : cell
        }
        if column < row.count - 1 { line += "  " }
      }
      return line + "\n"
    }.joined()
  }
}
