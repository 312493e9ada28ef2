/// Writes the URLs that a source asks.
public enum URLQuery {
  /// `base`, `path` and the escaped parameters in their order: `https://api.example.org/v1/search?q=a%20b`.
  ///
  /// One slash stands between base and path, whatever they bring; `path` is taken as it is, so texts in it need
  /// `pathEscaped`. An empty path leaves the base alone.
  public static func url(_ base: String, _ path: String, _ parameters: [(String, String)] = []) -> String {
    var url = base
    if !path.isEmpty {
      while url.hasSuffix("/") { url.removeLast() }
      url += path.hasPrefix("/") ? path : "/" + path
    }
    var mark = url.utf8.contains(UInt8(ascii: "?")) ? "&" : "?"
    for (name, value) in parameters {
      url += "\(mark)\(name.queryEscaped)=\(value.queryEscaped)"
      mark = "&"
    }
    return url
  }
}
