/// One person's part in a work.
public struct Credit: Hashable, Sendable, Codable {
  /// What the person did. Open, like `MediaKind`.
  public struct Job: RawRepresentable, Hashable, Sendable, Codable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let actor = Job(rawValue: "actor")
    public static let director = Job(rawValue: "director")
    public static let producer = Job(rawValue: "producer")
    public static let writer = Job(rawValue: "writer")
  }

  /// The person's name as shown to people.
  public var name: String
  public var job: Job
  /// The character for an actor, the exact job otherwise ("Executive Producer"); nil when not known.
  public var role: String?
  /// Absolute URL of a picture of the person; nil when there is none.
  public var picture: String?
  /// Place in the credits, from 0; nil when the source gives no order. Lists are in order already.
  public var order: Int?
  /// Lower-case English word; nil when not known.
  public var gender: String?

  public init(
    name: String, job: Job, role: String? = nil, picture: String? = nil, order: Int? = nil, gender: String? = nil
  ) {
    self.name = name
    self.job = job
    self.role = role
    self.picture = picture
    self.order = order
    self.gender = gender
  }
}
