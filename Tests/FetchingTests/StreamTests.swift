import Fetching
import Support
import TestSupport
import Testing
import Transport

/// Answers that end late or never.
@Suite struct StreamTests {
  private static let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"

  /// An answer that begins, and says nothing.
  private static func silence(milliseconds: Int64) -> LoopbackReply {
    .live(head: head) {
      _ = Semaphore().wait(milliseconds: milliseconds)
      return nil
    }
  }

  /// What came, in pieces.
  private final class Pieces: Sendable {
    private let all = Lock<[String]>([])
    var texts: [String] { all.withLock { $0 } }
    func add(_ bytes: UnsafeRawBufferPointer) { all.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) } }
  }

  @Test func piecesComeWhileTheAnswerGoesOn() async throws {
    let server = try LoopbackServer { _ in
      .stream(head: Self.head, chunk: Array("ab".utf8), count: 3, pauseMilliseconds: 30)
    }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server, responseLimit: 4)
    let pieces = Pieces()
    let response = try await rig.fetcher.stream(rig.request(server.url + "/x")) {
      pieces.add($0)
      return true
    }
    #expect(response.status == 200 && response.body.isEmpty && response.header("content-type") == "text/event-stream")
    #expect(pieces.texts.joined() == "ababab")
    #expect(rig.upstreamCount("ok") == 1)
    #expect(server.requests.first?.headers["accept-encoding"] == nil)
  }

  @Test func falseEndsIt() async throws {
    let server = try LoopbackServer { _ in
      .stream(head: Self.head, chunk: Array("ab".utf8), count: .max, pauseMilliseconds: 5)
    }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    let pieces = Pieces()
    let response = try await rig.fetcher.stream(rig.request(server.url)) {
      pieces.add($0)
      return !pieces.texts.joined().contains("abab")
    }
    #expect(response.status == 200)
  }

  @Test func silenceIsToldAndMayEndItToo() async throws {
    let server = try LoopbackServer { _ in Self.silence(milliseconds: 20_000) }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    let pieces = Pieces()
    let response = try await rig.fetcher.stream(rig.request(server.url)) {
      pieces.add($0)
      return pieces.texts.count < 3
    }
    #expect(response.status == 200 && pieces.texts == ["", "", ""])
  }

  @Test func tooLongASilenceIsAnError() async throws {
    let server = try LoopbackServer { _ in Self.silence(milliseconds: 20_000) }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    var request = rig.request(server.url)
    request.timeoutMilliseconds = 100
    let error = await failure(rig, request)
    #expect(error == .timedOut(url: server.url + "/"))
  }

  @Test func otherAnswersComeWhole() async throws {
    let server = try LoopbackServer { _ in .json(#"{"error":1}"#, status: 404) }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    let pieces = Pieces()
    let response = try await rig.fetcher.stream(rig.request(server.url)) {
      pieces.add($0)
      return true
    }
    #expect(response.status == 404 && text(response.body) == #"{"error":1}"# && pieces.texts == [])
  }

  @Test func cancellationEndsItSoon() async throws {
    let server = try LoopbackServer { _ in .stream(head: Self.head, chunk: [65], count: .max, pauseMilliseconds: 5) }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    let request = rig.request(server.url)
    let task = Task { await failure(rig, request) }
    #expect(await eventually { server.requests.count == 1 })
    task.cancel()
    #expect(await task.value == .cancelled(url: server.url + "/"))
  }

  @Test func hostsThatMayNotBeAskedAreNotAsked() async throws {
    let server = try LoopbackServer { _ in .json("{}") }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    let request = rig.request("https://elsewhere.example.org/")
    #expect(await failure(rig, request) != nil)
    #expect(server.requests.isEmpty)
  }

  private func failure(_ rig: FetchRig, _ request: FetchRequest) async -> FetchError? {
    do throws(FetchError) {
      _ = try await rig.fetcher.stream(request) { _ in true }
      return nil
    } catch {
      return error
    }
  }
}
