import MetadataModel
import Testing

@testable import PlexProvider

/// Checklist line 86; 87 and 88 concern hosts that serve pictures themselves, which Usher does not.
@Suite struct ImageRulesTests {
  @Test(arguments: [
    "https://img.example.org/a.jpg", "http://img.example.org/a.jpg",
    "HTTPS://IMG.example.org:8443/a b".replacing(" ", with: ""),
    "https://8.8.8.8/a.jpg", "https://172.32.0.1/a", "https://[2a00:1450:4001::8]/a", "https://img.example.org",
    "https://artworks.example.org/größe.jpg", "https://100.128.0.1/a",
  ])
  func line86PublicURLsGoOut(_ url: String) {
    #expect(ImageRules(allowsPrivate: false).usable(url) == url)
  }

  @Test(arguments: [
    "http://127.0.0.1/a", "http://10.1.2.3/a", "http://172.16.0.1/a", "http://172.31.9.9/a",
    "http://192.168.0.10:32400/a",
    "http://169.254.1.1/a", "http://100.64.0.1/a", "http://0.0.0.0/a", "http://224.0.0.1/a", "http://255.255.255.255/a",
    "http://localhost/a", "http://LOCALHOST:80/a", "http://img.localhost/a", "http://nas.local/a",
    "http://nas.local./a",
    "http://nas/a", "http://nas.lan/a", "http://box.home.arpa/a", "http://[::1]/a", "http://[fe80::1]/a",
    "http://[fd00::1]/a", "http://[::ffff:127.0.0.1]/a", "http://[2002:7f00:1::]/a", "http://2130706433/a",
    "http://0x7f.0.0.1/a", "http://127.1/a", "http://0177.0.0.1/a", "http://1.2.3.4.5/a", "http://256.1.1.1/a",
  ])
  func line86PrivateAddressesStayInside(_ url: String) {
    #expect(ImageRules(allowsPrivate: false).usable(url) == nil)
    let isAddress = !url.contains("[") || url.contains("]")
    #expect((ImageRules(allowsPrivate: true).usable(url) == url) == isAddress)
  }

  @Test(arguments: [
    "", "a.jpg", "/a.jpg", "//img.example.org/a.jpg", "ftp://img.example.org/a", "file:///etc/passwd", "https://",
    "https:///a", "https://user:pw@img.example.org/a", "https://img.example.org\\@127.0.0.1/a", "https://:80/a",
    "https://img.example.org:x/a", "https://img example.org/a", "https://img.example.org/a\nb", "https://[::1/a",
    "https://127。0。0。1/a", "https://127%2e0.0.1/a", "javascript:alert(1)", "https://?x",
  ])
  func whatIsNoAbsoluteURLNeverGoesOut(_ url: String) {
    for allowsPrivate in [false, true] { #expect(ImageRules(allowsPrivate: allowsPrivate).usable(url) == nil) }
  }

  @Test func formsThatPlexDoesNotKnowAreDropped() {
    let artwork = [Artwork.Form.coverPoster, .banner, .clearLogo, Artwork.Form(rawValue: "poster"), .snapshot].map {
      Artwork(form: $0, url: "https://img.example.org/a.jpg")
    }
    #expect(ImageRules(allowsPrivate: false).usable(artwork).map(\.form) == [.coverPoster, .clearLogo, .snapshot])
  }

  @Test func line86TheSettingLetsPrivatePicturesOut() async throws {
    let desk = try Desk(Sample.tv, try Sample.series(), settings: ["allowPrivateImages": .boolean(true)])
    let images = try await desk.item("lamp-show-7").items.first?["Image"]?.elements ?? []
    #expect(images.map { $0["type"]?.text } == ["coverPoster", "background", "clearLogo"])
  }
}
