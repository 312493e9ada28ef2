import MetadataModel
import Testing
import UsherKit

@Suite struct LossyDecodingTests {
  private struct Record: Decodable {
    let id: Int
    @Known var year: Int?
    @Usable var genres: [String]
  }

  private static func record(_ text: String) throws -> Record {
    try JSONCoding.decode(Record.self, from: Array(text.utf8))
  }

  @Test(
    arguments: [
      (#"{"id":1,"year":5,"genres":["a"]}"#, 5, ["a"]), (#"{"id":1}"#, nil, []),
      (#"{"id":1,"year":null,"genres":null}"#, nil, []), (#"{"id":1,"year":"5","genres":{}}"#, nil, []),
      (#"{"id":1,"year":[],"genres":[null,"a",7,{},"b"]}"#, nil, ["a", "b"]),
    ] as [(String, Int?, [String])])
  func takesWhatCanBeRead(text: String, year: Int?, genres: [String]) throws {
    #expect(try Self.record(text).year == year)
    #expect(try Self.record(text).genres == genres)
  }

  @Test func insistsOnEverythingElse() {
    #expect(throws: DecodingError.self) { try Self.record(#"{"id":"1","year":5}"#) }
  }
}
