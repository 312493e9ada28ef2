/// Rows of text in columns as wide as their widest cell.
public struct Table {
  public var header: [String] = []
  public var rows: [[String]]

  public init(header: [String] = [], rows: [[String]]) {
    self.header = header
    self.rows = rows
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
        line += cell
        if column < row.count - 1 { line += String(repeating: " ", count: widths[column] - cell.count + 2) }
      }
      return line + "\n"
    }.joined()
  }
}
