/// What a fake media server does wrong, each switched on by a test.
public struct FakePlexFaults: Sendable {
  /// A list answers with this status once its page begins at or behind `offset`.
  public struct Failure: Sendable {
    public var path: String
    public var offset: Int
    public var status: Int
    /// How many answers fail; then all is well.
    public var times: Int
    public init(path: String = "/all", offset: Int, status: Int, times: Int = .max) {
      (self.path, self.offset, self.status, self.times) = (path, offset, status, times)
    }
  }

  /// Rows that a page has at most, whatever was asked for.
  public var pageCap: Int?
  /// Every list comes whole.
  public var ignoresPaging = false
  /// Every page is the first one.
  public var repeatsFirstPage = false
  /// No `totalSize`, neither in the body nor as a header.
  public var hidesTotal = false
  /// The total grows by so many with each page.
  public var totalGrowth = 0
  /// So many answers are 503 "Maintenance" before the server is up.
  public var startingAnswers = 0
  public var failure: Failure?
  /// A page of a reverse proxy instead of every answer, with status 200.
  public var answersHTML = false
  /// The body ends in the middle, its length does not say so.
  public var truncatesLists = false
  /// Silence before each answer.
  public var delayMilliseconds = 0
  /// XML, whatever is asked for.
  public var onlyXML = false
  /// `updatedAt>>=` and `addedAt>>=` change nothing.
  public var ignoresFilters = false
  /// Titles hold a reference to a control character, which XML 1.0 does not allow.
  public var illegalCharacters = false
  /// Paths of files and libraries are kept from all but the owner.
  public var hidesPaths = false
  /// No stream of notifications.
  public var tellsNothing = false
  /// A server before 1.43: no registry of providers.
  public var lacksRegistry = false
  /// Another server answers at this address.
  public var machineIdentifier: String?

  public init() {}
}
