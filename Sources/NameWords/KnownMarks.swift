extension MarkTable {
  /// The words of release names. Sure ones are no words of any title; the others count only beside sure ones, after the
  /// year or number, or in brackets.
  static let release = MarkTable(words: [
    (
      """
      bluray bdrip brrip bdremux bd25 bd50 bd66 bd100 bdmv bdiso bd5 bd9 blueray hdtv hdtvrip pdtv dsr dsrip dthrip dthr \
      sdtv uhdtv ahdtv tvrip hdtvrip satrip dvbrip dvb dvbs dvdrip dvdr dvd5 dvd9 dvdscr dvdscreener dvdremux mdvdr \
      webrip webdl webhd webcap webdlrip webmux bdmux hdrip hddvd hddvdrip hdcam hdcamrip hdts hdtc hdtcrip camrip tsrip telesync \
      telecine vhsrip vodrip ppvrip bdscr remux ldrip microhd uhdrip brremux dlrip vhsremux dvdmux tvhdrip hdtvmux predvd predvdrip \
      webscreener uhdbd
      """, .source, true
    ),
    (
      "web dvd bd blu tv ts tc cam r5 r6 scr screener vhs ppv uhd workprint hd sd fhd qhd hq hybrid fullhd dcp laserdisc ld vod br "
        + "dvdfull lq",
      .source, false
    ),
    (
      """
      x264 x265 x266 h264 h265 h266 hevc xvid divx mpeg2 mpeg4 10bit 8bit 12bit 10bits 8bits hi10p hi10 hi422p hi444pp vc1 vp9 av1 \
      avc264 mpeg4avc divx5 divx6 divx3
      """, .codec, true
    ),
    ("avc vp8 wmv mpeg vvc rv10 wmv9 wmvhd", .codec, false),
    (
      """
      ac3 eac3 aac aac1 aac2 aac5 aac51 aac20 dd5 ddp ddp1 ddp2 ddp5 ddp7 ddp51 dd51 dd20 dd2 dd1 ddpa ddpa5 dts dtshd dtsx dtses dtsma \
      truehd flac flac2 flac5 lpcm pcm mp3 2ch 6ch 8ch ac3d dualaudio dts5 truehd7 truehd5 eac35 ac35 ac351 opus2 opus5 heaac qaac
      """, .audio, true
    ),
    ("atmos opus ogg vorbis mp2 dolby mono stereo dd", .audio, false),
    ("hdr hdr10 hdr10plus hdr10p dovi hlg sdr pq10", .range, true),
    ("dv vision", .range, false),
    (
      """
      amzn dsnp atvp hmax pcok pmtp crav hulu stan dscp iplayer ip itunes vudu roku nf netflix amazon aptv max hbo cr funi hidive \
      red it play tvnz all4 itv my5 adn wakanim bcore ma bravia showtime sho starz strp stz peacock paramount disney crunchyroll \
      viki viu ctv cbc cbs nbc abc amc bbc pbs vh1 mtv dcu dsny nick hgtv tubi ulln unext abema bilibili bstation cc \
      discovery espn nflx 4od ardmediathek fptplay globo hs hotstar zee5 sonyliv joyn now skst sky vrv yt youtube rtl tver
      """, .service, false
    ),
    (
      """
      vostfr vostf subfrench truefrench swesub nlsubs nlsubbed vff vfq vfi vof dksubs norsub finsub nordic multisub multisubs \
      multi4 multi5 multi6 plsub plsubs lektor plldub napisy legendado dubpl subpl castellano latino multilang engsub engsubs esub \
      esubs hardsub hardsubs hardsubbed softsub softsubs msubs hcsub hcsubs subita kinopoisk
      """, .language, true
    ),
    (
      """
      english eng en french fre fr fra german ger de deu italian ita it spanish spa esp es russian rus ru japanese jpn jap jp ja korean \
      kor ko chinese chi chs cht zh mandarin cantonese hindi hin tamil tam telugu tel malayalam mal kannada kan bengali punjabi marathi \
      dutch nl nld dut flemish swedish swe sv danish dan da dk norwegian nor no finnish fin fi polish pol pl portuguese por pt ptbr br dublado \
      czech cze cz ces slovak sk svk hungarian hun hu romanian rum ro greek gre turkish tur tr hebrew heb arabic ara ar thai tha \
      vietnamese vie ukrainian ukr ua bulgarian bul croatian serbian icelandic ice latvian lithuanian estonian persian farsi urdu \
      catalan cat multi dual dl ml dubbed dub subbed sub subs subtitled vo vf vost vose lat tvdub gerdub 
      """, .language, false
    ),
    (
      """
      repack repack2 repack3 rerip readnfo dirfix nfofix subfix syncfix samplefix hsbs hou halfsbs halfou sbs
      """, .release, true
    ),
    (
      """
      proper internal int real read nfo convert sample complete retail subs ws fs line hc dubbed untouched pack fix 3d \
      colorized tab ou sbs proof encode widescreen fullscreen ntsc pal hdlight 4klight custom p2p batch oar bw rip \
      mhd v2 v3 v4 season 60fps 50fps 30fps 24fps 120fps ai upscale upscaled mini extras oped nced ncop end vr180 vr
      """, .release, false
    ),
    (
      """
      extended unrated remastered restored uncut uncensored limited festival theatrical criterion imax deluxe collector collectors \
      special ultimate directors director's director final rogue redux anniversary definitive alternative alternate despecialized \
      recut assembly producers diamond signature fan se dc cc fanedit ee
      """, .edition, false
    ),
    ("mkv mp4 avi m4v mpg m2ts", .container, true),
    ("xxx", .adult, true),
    ("imageset", .adult, false),
  ])
}
