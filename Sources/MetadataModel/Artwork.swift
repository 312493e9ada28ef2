/// One picture of a work, on somebody's web server.
public struct Artwork: Hashable, Sendable, Codable {
  /// What the picture is for. Open; the names are Plex's where it has one (protocol §3.4).
  public struct Form: RawRepresentable, Hashable, Sendable, Codable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// A poster, about 2:3.
    public static let coverPoster = Form(rawValue: "coverPoster")
    /// Wide art behind a page, about 16:9.
    public static let background = Form(rawValue: "background")
    /// Square art, 1:1.
    public static let backgroundSquare = Form(rawValue: "backgroundSquare")
    /// The title as a transparent picture.
    public static let clearLogo = Form(rawValue: "clearLogo")
    /// A still of an episode, about 16:9.
    public static let snapshot = Form(rawValue: "snapshot")
    /// A wide strip with the title.
    public static let banner = Form(rawValue: "banner")
  }

  public var form: Form
  /// Absolute http or https URL, stable for years: media servers store it.
  public var url: String
  /// Language of the text on it, ISO 639-1; nil when it has no text or the source does not say.
  public var language: String?
  /// Pixels; nil when not known.
  public var width: Int?
  public var height: Int?
  /// How much the source's users like it; comparable only within one source and form. Nil when not known.
  public var score: Double?

  public init(
    form: Form, url: String, language: String? = nil, width: Int? = nil, height: Int? = nil, score: Double? = nil
  ) {
    self.form = form
    self.url = url
    self.language = language
    self.width = width
    self.height = height
    self.score = score
  }
}
