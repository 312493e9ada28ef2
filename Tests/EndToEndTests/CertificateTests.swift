import Foundation
import TestSupport
import Testing

private let tool = "/usr/bin/openssl"

/// Certificates are checked, and nothing turns that off.
@Suite(.serialized) @OwnThread struct CertificateTests {
  private static func openssl(_ arguments: [String]) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: tool)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: tool)))
  func aServerWhoseCertificateNobodyVouchesForIsNotConnected() throws {
    let usher = try UsherProgram(configuration: Configurations.demo)
    let (key, certificate) = (usher.folder.path + "/key", usher.folder.path + "/certificate")
    let making = try Self.openssl([
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
      "/CN=127.0.0.1", "-keyout", key, "-out", certificate,
    ])
    making.waitUntilExit()
    // A port that was free a moment ago.
    let free = try LoopbackServer { _ in .reset }
    free.stop()
    let server = try Self.openssl([
      "s_server", "-accept", "127.0.0.1:\(free.port)", "-www", "-key", key, "-cert", certificate,
    ])
    defer {
      // The test program holds back the gentler signals, and its children with it.
      kill(server.processIdentifier, SIGKILL)
      server.waitUntilExit()
    }
    let switches = ["PLEX_VERIFY_SSL": "0", "SSL_NO_VERIFY": "1", "GIT_SSL_NO_VERIFY": "1", "PYTHONHTTPSVERIFY": "0"]
    var errors = ""
    for _ in 0..<50 where !errors.contains("certificate") {
      let connect = try usher.run(
        ["plex", "connect", "--url", "https://127.0.0.1:\(free.port)", "--token", "very-secret"], environment: switches)
      #expect(connect.status == 1 && !connect.errors.contains("very-secret"))
      errors = connect.errors
    }
    #expect(errors.contains("certificate"), "\(errors)")
  }
}
