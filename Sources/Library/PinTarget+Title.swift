import TitleMatching
public import Works

extension PinTarget {
  /// A title as people write it; a year behind it in parentheses counts.
  public init(title: String, year: Int?) {
    let parts = FoldedTitle.split(title)
    self = .title(TitleFolding.words(parts.base).joined(separator: " "), year: year ?? parts.year)
  }
}
