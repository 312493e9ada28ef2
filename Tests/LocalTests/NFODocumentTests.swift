import Foundation
import Testing

@testable import Local

@Suite struct NFODocumentTests {
  private static func roots(_ text: String) throws -> [NFOElement] { try NFODocument.roots(Array(text.utf8)) }

  @Test func readsElementsAttributesAndText() throws {
    let root = try #require(
      try Self.roots(
        "\u{FEFF}<?xml version=\"1.0\"?>\n<!-- x --><Movie><Title> A &amp; <![CDATA[<B>]]>\n</Title>"
          + "<thumb Aspect='poster'>u</thumb><empty/></Movie>\n<!-- end -->\n"
      ).first)
    #expect(root.name == "movie")
    #expect(root.first("title")?.text == "A & <B>")
    #expect(root.first("thumb")?.attributes == ["aspect": "poster"])
    #expect(root.first("empty")?.text == "")
    #expect(root.children.count == 3)
  }

  @Test(arguments: [
    ("<a/><a/>", 2), ("<?xml version='1.0'?><a></a>\n<?xml version='1.0'?>\n<b></b>", 2),
    ("<a/>\nhttps://example.org/1", 1),
    ("\n\n <a/>\u{0}junk", 1), ("<a></a><!-- only a comment -->", 1),
  ])
  func readsSeveralRootsAndPassesOverALinkBehindThem(text: String, count: Int) throws {
    #expect(try Self.roots(text).count == count)
  }

  @Test(arguments: [
    ("", "empty"), ("https://www.themoviedb.org/movie/653", "link"), ("   ", "link"),
    ("<movie><title>x</movie>", "line 1: broken XML, mismatched tag"), ("<movie>", "broken XML"),
    ("<a/>\n<b>\n</c>", "line 3: broken XML"), ("<movie>\n&unknown;</movie>", "line 2: broken XML, undefined entity"),
    ("<movie>\u{1}</movie>", "broken XML"), ("<!-- nothing -->", "broken XML, no element found"),
  ])
  func saysWhatIsWrongAndWhere(text: String, reason: String) {
    let error = #expect(throws: NFOError.self) { try Self.roots(text) }
    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
  }

  @Test(arguments: [
    "<!DOCTYPE m [<!ENTITY a 'x'>]><m>&a;</m>", "<!DOCTYPE m [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><m>&a;</m>",
    "<!DOCTYPE m [<!ENTITY % a SYSTEM 'http://example.org/x.dtd'>%a;]><m/>",
    "<!DOCTYPE m [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;'>]><m>&c;</m>",
  ])
  func refusesEntitiesOfTheFilesOwn(text: String) {
    let error = #expect(throws: NFOError.self) { try Self.roots(text) }
    #expect(error?.description.contains("declares entities") == true)
  }

  @Test(arguments: [
    (String(repeating: "<a>", count: 1000), "inside each other"),
    ("<m>" + String(repeating: "<a/>", count: NFODocument.maximumElements) + "</m>", "elements"),
    (String(repeating: "<a/>", count: 1000), "roots"),
    ("<m>" + String(repeating: " ", count: NFODocument.maximumSize) + "</m>", "4 MiB"),
  ])
  func refusesWhatIsTooMuch(text: String, reason: String) {
    let error = #expect(throws: NFOError.self) { try Self.roots(text) }
    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
  }

  @Test(arguments: [("ISO-8859-1", String.Encoding.isoLatin1), ("windows-1252", .windowsCP1252), ("UTF-16", .utf16)])
  func readsTheEncodingThatIsDeclared(name: String, encoding: String.Encoding) throws {
    let title = encoding == .windowsCP1252 ? "Café – “Ægir” €" : "Café Ægir"
    let data = try #require("<?xml version='1.0' encoding='\(name)'?><m><t>\(title)</t></m>".data(using: encoding))
    #expect(try NFODocument.roots([UInt8](data)).first?.first("t")?.text == title)
  }

  @Test func keepsTheEncodingForEveryRoot() throws {
    let data = try #require("<?xml version='1.0' encoding='ISO-8859-1'?><m>é</m><m>ü</m>".data(using: .isoLatin1))
    #expect(try NFODocument.roots([UInt8](data)).map(\.text) == ["é", "ü"])
  }

  @Test func refusesAnUnknownEncoding() {
    #expect(throws: NFOError.self) { try Self.roots("<?xml version='1.0' encoding='x-none'?><m/>") }
    #expect(throws: NFOError.self) { try NFODocument.roots([0x3C, 0x6D, 0x3E, 0xE9, 0x3C, 0x2F, 0x6D, 0x3E]) }
  }

  /// Every cut of a good file is an error or a shorter answer, never a crash.
  @Test func survivesEveryTruncationAndEveryFlippedByte() throws {
    let bytes = Array("<?xml version='1.0' encoding='UTF-8'?><m a='b'><t>é&lt;</t></m><m/>".utf8)
    for end in bytes.indices {
      _ = try? NFODocument.roots(Array(bytes[..<end]))
      for value in [0, 0x3C, 0x26, 0xFF] as [UInt8] {
        var changed = bytes
        changed[end] = value
        _ = try? NFODocument.roots(changed)
      }
    }
    #expect(try NFODocument.roots(bytes).count == 2)
  }
}
