import MetadataModel
import Testing

@testable import TVDB

@Suite struct TVDBLanguageTests {
  @Test(
    arguments: [
      (nil, nil, ["eng"]), ("en", nil, ["eng"]), ("en-GB", "GB", ["eng"]), ("de-DE", nil, ["deu", "eng"]),
      ("de", "AT", ["deu", "eng"]), ("fr_CA", nil, ["fra", "eng"]), ("pt-BR", nil, ["pt", "por", "eng"]),
      ("pt", "BR", ["pt", "por", "eng"]), ("pt-PT", "BR", ["por", "pt", "eng"]), ("pt", nil, ["por", "pt", "eng"]),
      ("zh-CN", nil, ["zho", "zhtw", "eng"]), ("zh-Hant", nil, ["zhtw", "zho", "eng"]),
      ("zh", "TW", ["zhtw", "zho", "eng"]),
      ("zh-HK", nil, ["yue", "zhtw", "zho", "eng"]), ("nb-NO", nil, ["nor", "nob", "nno", "eng"]),
      ("fil", nil, ["fil", "eng"]),
      ("", nil, ["eng"]), ("../x", nil, ["eng"]), ("x/y-z", nil, ["eng"]), ("english", nil, ["eng"]),
    ] as [(String?, String?, [String])])
  func looksForTheServicesOwnCodes(tag: String?, country: String?, codes: [String]) {
    #expect(TVDBLanguage.codes(for: tag, country: country) == codes)
  }

  @Test(
    arguments: [
      ("eng", "en"), ("pt", "pt"), ("por", "pt"), ("zhtw", "zh"), ("yue", "zh"), ("deu", "de"), ("xyz", nil),
      (nil, nil),
    ] as [(String?, String?)])
  func writesTwoLetters(code: String?, letters: String?) {
    #expect(TVDBLanguage.twoLetters(code) == letters)
  }
}
