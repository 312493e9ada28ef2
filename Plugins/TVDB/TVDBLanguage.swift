import UsherKit

/// TheTVDB's languages: three letters of ISO 639-3 with rules of the house.
///
/// `por` is the Portuguese of Portugal and `pt` that of Brazil; `zho` is Chinese of the mainland, `zhtw` that of Taiwan.
enum TVDBLanguage {
  private static let english = "eng"

  /// The codes to look for, the best first, English last. `tag` is IETF ("pt-BR", "zh-Hant-TW"); where it names no
  /// region, `country` (ISO 3166-1 alpha-2) decides.
  static func codes(for tag: String?, country: String?) -> [String] {
    let parts = (tag ?? "en").split { $0 == "-" || $0 == "_" }.map { $0.lowercased() }
    let places = Set(parts.count > 1 ? Array(parts.dropFirst()) : [country?.lowercased() ?? ""])
    let codes: [String]
    switch parts.first {
    case "pt", "por": codes = places.contains("br") ? ["pt", "por"] : ["por", "pt"]
    case "yue": codes = ["yue", "zhtw", "zho"]
    case "zh", "zho":
      let isCantonese = !places.isDisjoint(with: ["hk", "mo"])
      let isTaiwan = !places.isDisjoint(with: ["tw", "hant"])
      codes = isCantonese ? ["yue", "zhtw", "zho"] : isTaiwan ? ["zhtw", "zho"] : ["zho", "zhtw"]
    // Norwegian stands under its common code or that of one of its two forms.
    case "no", "nb", "nn", "nor": codes = ["nor", "nob", "nno"]
    case let language?: codes = [LanguageCode.threeLetters(language) ?? language]
    case nil: codes = []
    }
    return codes.filter { $0 != english && isCode($0) } + [english]
  }

  /// ISO 639-1 for one of TheTVDB's codes; nil when there is none.
  static func twoLetters(_ code: String?) -> String? {
    switch code?.lowercased() {
    case "pt": "pt"
    case "zhtw", "yue": "zh"
    case let code?: LanguageCode.twoLetters(code)
    case nil: nil
    }
  }

  /// It becomes a part of a path.
  private static func isCode(_ text: String) -> Bool {
    (2...4).contains(text.utf8.count) && text.utf8.allSatisfy { (0x61...0x7A).contains($0) }
  }
}

/// In which language and for which country texts, pictures and dates are wanted.
struct TVDBWish: Sendable {
  /// TheTVDB's codes, the best first; English is the last.
  let languages: [String]
  /// ISO 3166-1 alpha-2, upper-case.
  let country: String?
}
