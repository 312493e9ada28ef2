/// A request to a fake media server, with how its answer must look.
struct FakePlexCall {
  let request: LoopbackRequest
  let faults: FakePlexFaults

  var method: String { request.method }
  var parts: [String] { request.path.split(separator: "/").map(String.init) }
  var isJSON: Bool { !faults.onlyXML && (request.headers["accept"]?.contains("application/json") ?? false) }

  /// From the header or from the query.
  var token: String? { request.headers["x-plex-token"] ?? request.parameter("X-Plex-Token") }
  var start: Int { number("X-Plex-Container-Start") ?? 0 }
  var size: Int? { number("X-Plex-Container-Size") }

  private func number(_ name: String) -> Int? {
    (request.headers[name.lowercased()] ?? request.parameter(name)).flatMap { Int($0) }
  }

  var rowOptions: FakeRowOptions {
    let fields = request.parameter("excludeFields")?.split(separator: ",") ?? []
    let elements = request.parameter("excludeElements")?.split(separator: ",") ?? []
    return FakeRowOptions(
      includesGuids: request.parameter("includeGuids") == "1", leavesOutTexts: fields.contains("summary"),
      leavesOutPeople: elements.contains("Director"))
  }

  /// The answer in the form that was asked for.
  func reply(_ root: FakeElement, status: Int = 200, headers: [(String, String)] = []) -> LoopbackReply {
    var bytes: [UInt8] = []
    if isJSON {
      bytes += "{\"\(root.name)\":".utf8
      root.json(into: &bytes)
      bytes.append(UInt8(ascii: "}"))
    } else {
      bytes += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8
      root.xml(into: &bytes)
    }
    return reply(bytes, status: status, headers: headers)
  }

  func reply(_ bytes: [UInt8], status: Int = 200, headers: [(String, String)] = []) -> LoopbackReply {
    let type = isJSON ? "application/json" : "text/xml;charset=utf-8"
    return .response(
      status: status, headers: [("Content-Type", type), ("X-Plex-Protocol", "1.0")] + headers, body: bytes)
  }

  /// A container of these elements, with the counts that every list has.
  func container(_ elements: [FakeElement], _ attributes: [(String, FakeElement.Value?)] = []) -> LoopbackReply {
    reply(
      FakeElement(
        "MediaContainer",
        [("size", .number(elements.count)), ("identifier", .text("com.plexapp.plugins.library"))] + attributes, elements
      ))
  }
}
