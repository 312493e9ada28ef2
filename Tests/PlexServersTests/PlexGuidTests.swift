import PlexServers
import Testing

/// The grammar of guids: whole schemes, never a part of one.
@Suite struct PlexGuidTests {
  @Test(
    arguments: [
      ("plex://movie/5d776830880197001ec90a45", PlexGuid.Kind.plex, nil, "5d776830880197001ec90a45"),
      ("imdb://tt0133093", .external, "imdb", "tt0133093"), ("tmdb://603", .external, "tmdb", "603"),
      ("tvdb://0121361", .external, "tvdb", "121361"),
      ("com.plexapp.agents.imdb://tt0133093?lang=en", .legacy, "imdb", "tt0133093"),
      ("com.plexapp.agents.themoviedb://603?lang=en", .legacy, "tmdb", "603"),
      ("com.plexapp.agents.thetvdb://121361/1/2?lang=en", .legacy, "tvdb", "121361"),
      ("com.plexapp.agents.none://abc/1/1?lang=xn", .local, nil, "abc/1/1"),
      ("local://101", .local, nil, "101"),
      ("com.plexapp.agents.hama://tvdb2-371310?lang=en", .legacy, "tvdb", "371310"),
      ("com.plexapp.agents.hama://anidb-1234/1/2", .legacy, "anidb", "1234"),
      ("com.plexapp.agents.hama://tsdb-5", .legacy, "tmdb", "5"),
      ("com.plexapp.agents.xbmcnfo://tt0133093", .legacy, "imdb", "tt0133093"),
      ("com.plexapp.agents.xbmcnfo://603", .legacy, "tmdb", "603"),
      ("com.plexapp.agents.xbmcnfotv://121361", .legacy, "tvdb", "121361"),
      ("tv.plex.agents.nfo.movie://movie/tmdb_383498", .legacy, "tmdb", "383498"),
      ("tv.plex.agents.nfo.series://show/tvdb_121361", .legacy, "tvdb", "121361"),
      ("com.plexapp.agents.cmdb://603", .legacy, "tmdb", "603"),
      ("com.plexapp.agents.mcm://MCM_TV_A_121361/1/2", .legacy, "tvdb", "121361"),
      ("tt0112253", .legacy, "imdb", "tt0112253"), ("tv.plex.xmltv://x/y", .opaque, nil, "x/y"),
      ("com.plexapp.agents.youtube://UC|abc", .opaque, nil, "UC|abc"), ("", .opaque, nil, ""),
      ("://", .opaque, nil, ""),
      ("tv.plex.agents.custom.johnz.tmdb://movie/tmdb-movie-19934", .custom, nil, "tmdb-movie-19934"),
      ("tv.plex.agents.custom.barkley.tvdb://show/78874", .custom, nil, "78874"),
      ("tv.plex.agents.custom.finn.imdb://movie/tt0379786", .custom, nil, "tt0379786"),
      ("imdb://0", .opaque, nil, "0"), ("tmdb://0", .opaque, nil, "0"), ("xtvdb://5", .opaque, nil, "5"),
    ] as [(String, PlexGuid.Kind, String?, String)])
  func aGuidIsReadWhole(_ raw: String, _ kind: PlexGuid.Kind, _ source: String?, _ value: String) {
    let guid = PlexGuid(raw)
    #expect(guid.kind == kind && guid.source == source && guid.value == value && guid.raw == raw)
  }

  @Test func seasonsAndEpisodesOfOldAgentsBelongToTheShow() {
    let guid = PlexGuid("com.plexapp.agents.thetvdb://121361/1/2?lang=en")
    #expect(guid.season == 1 && guid.episode == 2)
    #expect(PlexGuid("plex://episode/5d").itemType == "episode")
    #expect(PlexGuid("tv.plex.agents.custom.acme.tv://episode/x-s1-e2").itemType == "episode")
  }

  @Test func twoIdsOfOneSourceAreBothKept() {
    let ids = PlexIDs(guid: "plex://movie/5d", ids: ["imdb://tt0133093", "imdb://tt0133094", "tmdb://603"])
    #expect(ids.guids.count == 4 && ids.conflicts == ["imdb"] && ids.first("imdb") == "tt0133093")
  }
}
