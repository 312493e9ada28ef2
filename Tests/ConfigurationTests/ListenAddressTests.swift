import Testing

@testable import Configuration

@Suite struct ListenAddressTests {
  @Test(arguments: [
    ("127.0.0.1:8000", "127.0.0.1", 8000), ("localhost:0", "localhost", 0), ("[::1]:65535", "::1", 65535),
    ("0.0.0.0:80", "0.0.0.0", 80), ("[::ffff:1.2.3.4]:1", "::ffff:1.2.3.4", 1),
    ("my-host.local:8000", "my-host.local", 8000),
  ])
  func readsHostAndPort(text: String, host: String, port: Int) throws {
    let address = try ListenAddress(text)
    #expect(address == ListenAddress(host: host, port: port))
    #expect(address.description == text)
  }

  @Test(arguments: [
    ("", "it has no port"), ("localhost", "it has no port"), (":8000", "it has no host"),
    ("a:", "the port is not a number from 0 to 65535"), ("a:65536", "the port is not a number from 0 to 65535"),
    ("a:+1", "the port is not a number from 0 to 65535"), ("a:000080", "the port is not a number from 0 to 65535"),
    ("::1:80", "an IPv6 address stands in brackets"), ("[::1]", "the port is not a number from 0 to 65535"),
    ("[]:80", "there is no IPv6 address between the brackets"),
    ("[abc]:80", "there is no IPv6 address between the brackets"),
    ("a b:80", "the host has a character that no host name has"),
    ("http://a:80", "an IPv6 address stands in brackets"),
  ])
  func saysWhyNot(text: String, reason: String) {
    let error = #expect(throws: ListenAddressError.self) { try ListenAddress(text) }
    #expect(error?.reason == reason)
  }
}
