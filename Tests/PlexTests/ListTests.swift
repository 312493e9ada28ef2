import MetadataModel
import TestSupport
import Testing

@testable import PlexProvider

/// Checklist lines 72 to 85.
@Suite struct ListTests {
  @Test func line72ListsHoldWhatStandsBelow() async throws {
    let desk = try Desk.tv()
    #expect(try await desk.item("lamp-show-7", "/children").titles == ["Specials", "Season 1", "Season 2"])
    #expect(try await desk.item("lamp-season-7-1", "/children").titles == ["Watch 1", "Watch 2", "Watch 3"])
    let all = try await desk.item("lamp-show-7", "/grandchildren", query: ["X-Plex-Container-Size": "100"])
    #expect(all.items.count == 50)
    #expect(PlexShape.problems(inContainer: all.json, identifier: desk.identifier) == [])
  }

  @Test(arguments: [
    ("0", "2", ["Watch 1", "Watch 2"]), ("43", "9", ["Watch 44", "Watch 45"]), ("45", "5", []), ("900", "5", []),
    ("0", "0", []), ("9223372036854775807", "9223372036854775807", []),
  ])
  func line73And74And77And78PagingByQueryAndByHeader(
    _ start: String, _ size: String, _ titles: [String]
  ) async throws {
    let desk = try Desk.tv()
    let page = ["X-Plex-Container-Start": start, "X-Plex-Container-Size": size]
    let path = "/library/metadata/lamp-season-7-2/children"
    for reply in [try await desk.get(path, query: page), try await desk.get(path, headers: page)] {
      #expect(reply.status == 200)
      #expect(reply.titles == titles)
      #expect(reply.container?["offset"]?.integer == Int(start))
      #expect(reply.container?["size"]?.integer == titles.count)
      #expect(reply.container?["totalSize"]?.integer == 45)
    }
  }

  @Test(arguments: [[:], ["X-Plex-Container-Start": "-3", "X-Plex-Container-Size": "many"]])
  func line75ThePageIsTwentyUnlessSaidOtherwise(_ query: [String: String]) async throws {
    let reply = try await Desk.tv().item("lamp-season-7-2", "/children", query: query)
    #expect(reply.titles == (1...20).map { "Watch \($0)" })
    #expect(reply.container?["offset"]?.integer == 0)
  }

  @Test func line76And80WalkingGivesEachElementOnceInOrder() async throws {
    let desk = try Desk.tv()
    var keys: [String] = []
    var total = 1
    while keys.count < total {
      let query = ["X-Plex-Container-Start": "\(keys.count)", "X-Plex-Container-Size": "20"]
      let reply = try await desk.item("lamp-show-7", "/grandchildren", query: query)
      let problems = PlexShape.problems(
        inContainer: reply.json, identifier: desk.identifier, start: keys.count, pageSize: 20)
      #expect(problems == [])
      total = try #require(reply.container?["totalSize"]?.integer)
      try #require(!reply.keys.isEmpty)
      keys += reply.keys
    }
    #expect(keys == (try Sample.series().filter { $0.kind == .episode }.map { $0.id.description }))
    #expect(keys.first == "lamp-episode-7-0-1")
  }

  @Test func line79HeadersRepeatThePage() async throws {
    let desk = try Desk.tv()
    let query = ["X-Plex-Container-Start": "40"]
    for (list, total) in [("/children", "45"), ("/grandchildren", "0"), ("/extras", "0")] {
      let reply = try await desk.item("lamp-season-7-2", list, query: query)
      #expect(reply.header("X-Plex-Container-Start") == "40")
      #expect(reply.header("X-Plex-Container-Total-Size") == total)
    }
  }

  @Test func line81ImagesHoldThoseOfTheItemAndMore() async throws {
    let desk = try Desk.tv()
    desk.library.answer("images") { (_: ItemRequest) in
      ArtworkList(artwork: [
        Artwork(form: .background, url: "https://img.example.org/more.jpg"),
        Artwork(form: .coverPoster, url: "https://img.example.org/s/7/poster.jpg"),
        Artwork(form: .clearLogo, url: "http://nas.local/logo.png"),
      ])
    }
    let reply = try await desk.item("lamp-show-7", "/images")
    #expect(PlexShape.problems(inImages: reply.json, identifier: desk.identifier) == [])
    let urls = reply.images.compactMap { $0["url"]?.text }
    let own = try await desk.item("lamp-show-7").items.first?["Image"]?.elements ?? []
    #expect(Set(urls).isSuperset(of: own.compactMap { $0["url"]?.text }))
    #expect(
      urls
        == ["s/7/poster.jpg", "s/7/poster-b.jpg", "s/7/wide.jpg", "more.jpg"].map { "https://img.example.org/\($0)" })
  }

  @Test func imagesArePagedOnlyWhenAskedFor() async throws {
    let desk = try Desk.tv()
    let many = (0..<50).map { Artwork(form: .background, url: "https://img.example.org/w\($0).jpg") }
    desk.library.answer("images") { (_: ItemRequest) in ArtworkList(artwork: many) }
    #expect(try await desk.item("lamp-show-7", "/images").images.count == 53)
    let page = try await desk.item("lamp-show-7", "/images", query: ["X-Plex-Container-Size": "10"])
    #expect(page.images.count == 10)
    #expect(page.container?["totalSize"]?.integer == 53)
  }

  @Test func imagesOfASourceThatHasNoListAreThoseOfTheItem() async throws {
    let desk = try Desk.tv()
    desk.fail("images", with: .unsupported)
    #expect(try await desk.item("lamp-show-7", "/images").images.count == 3)
  }

  @Test(arguments: ["lamp-show-7", "lamp-season-7-1", "lamp-episode-7-1-1"])
  func line82ExtrasAreEmptyForWhatExists(_ key: String) async throws {
    let desk = try Desk.tv()
    let reply = try await desk.item(key, "/extras", query: ["updating": "1", "X-Plex-Container-Size": "50"])
    #expect(reply.status == 200)
    #expect(PlexShape.problems(inEmptyContainer: reply.json, identifier: desk.identifier) == [])
  }

  @Test(arguments: ["/children", "/grandchildren", "/extras"])
  func line83MoviesHaveNothingBelowThem(_ list: String) async throws {
    let desk = try Desk.movies()
    let reply = try await desk.item("lamp-movie-42", list)
    #expect(reply.status == 200)
    #expect(PlexShape.problems(inEmptyContainer: reply.json, identifier: desk.identifier) == [])
    #expect(try await desk.item("lamp-movie-1", list).status == 404)
  }

  @Test(arguments: ["lamp-show-7", "lamp-season-7-1"])
  func line85AnUnknownOrderHasNoSeasonData(_ key: String) async throws {
    let desk = try Desk.tv()
    let query = ["episodeOrder": "moon", "includeChildren": "1"]
    for list in ["/children", "/grandchildren"] {
      let reply = try await desk.item(key, list, query: query)
      #expect(reply.status == 200)
      #expect(reply.items.isEmpty)
    }
    #expect(try await desk.item(key, query: query).items.first?["Children"]?["size"]?.integer == 0)
    let known = try await desk.item(key, "/children", query: ["episodeOrder": "lampDvd"])
    #expect(known.items.count == 3)
  }

  @Test func whatHasNoPlaceInAShowIsLeftOut() async throws {
    var loose = try Sample.episode(1, 9)
    loose.index = nil
    var bare = try Sample.episode(1, 10)
    bare.parent = nil
    bare.grandparent = nil
    let found = [try Sample.episode(1, 1), loose, bare, try Sample.season(1)]
    let desk = try Desk.tv()
    desk.library.answer("children") { (_: ItemRequest) in ItemList(items: found) }
    let reply = try await desk.item("lamp-season-7-1", "/children")
    #expect(reply.keys == ["lamp-episode-7-1-1", "lamp-episode-7-1-10"])
    #expect(PlexShape.problems(inContainer: reply.json, identifier: desk.identifier) == [])
  }

  @Test func explicitEpisodesAreLeftOutOfAGeneralProvider() async throws {
    var late = try Sample.episode(1, 2)
    late.isAdult = true
    let found = [try Sample.episode(1, 1), late]
    let desk = try Desk.tv()
    desk.library.answer("children") { (_: ItemRequest) in ItemList(items: found) }
    #expect(try await desk.item("lamp-season-7-1", "/children").titles == ["Watch 1"])
  }
}
