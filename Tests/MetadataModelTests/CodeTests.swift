import MetadataModel
import Testing

@Suite struct CodeTests {
  @Test(
    arguments: [
      ("usa", "US", "United States"), ("GBR", "GB", "United Kingdom"), ("deu", "DE", "Germany"),
      ("kor", "KR", "South Korea"),
      ("abw", "AW", "Aruba"), ("zwe", "ZW", "Zimbabwe"), ("global", nil, nil), ("", nil, nil),
    ] as [(String, String?, String?)])
  func knowsCountries(three: String, two: String?, name: String?) {
    #expect(CountryCode.twoLetters(three) == two)
    #expect(CountryCode.englishName(three) == name)
  }

  @Test(arguments: [("aar", "aa"), ("deu", "de"), ("zho", "zh"), ("zul", "zu")])
  func knowsLanguages(three: String, two: String) {
    #expect(LanguageCode.twoLetters(three) == two)
    #expect(LanguageCode.threeLetters(two) == three)
    #expect(LanguageCode.twoLetters("xxx") == nil)
  }
}
