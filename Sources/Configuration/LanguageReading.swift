import MetadataModel

/// Reads lists of languages.
struct LanguageReading {
  let section: Section

  /// Nil when there is no list under `key`.
  func languages(_ key: String) -> [String]? {
    section.texts(key).map { texts in
      check(texts, key)
      return texts.map(\.value)
    }
  }

  /// Languages of pictures, nil for those without text; nil when there is no list under `key`.
  func pictureLanguages(_ key: String) -> [String?]? {
    section.textsAndNulls(key).map { texts in
      check(texts.compactMap { $0 }, key)
      return texts.map { $0?.value }
    }
  }

  private func check(_ texts: [Text], _ key: String) {
    section.checkList(key, texts, whenEmpty: "leave it out")
    for text in texts {
      let tag = text.value.lowercased()
      let place = "'\(key)' of \(section.name): '\(text.written.prefix(40))'"
      if let short = LanguageCode.twoLetters(tag) {
        section.report.add(text.position, "\(place) has three letters; did you mean '\(short)'?")
      } else if !Self.isTag(tag) {
        section.report.add(
          text.position, "\(place) is not a language; expected two letters, a country after them if need be: \"pt-BR\"")
      }
    }
  }

  /// Whether it has the form of an IETF tag: a language of two or three letters, then parts of at most eight.
  private static func isTag(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard text.utf8.count <= 35, let language = parts.first, (2...3).contains(language.count),
      language.allSatisfy({ (0x61...0x7A).contains($0) })
    else { return false }
    return parts.dropFirst().allSatisfy { part in
      (1...8).contains(part.count) && part.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
    }
  }
}
