/// The sort of library that a name comes from.
public enum NameKind: String, Sendable, CaseIterable {
  case movie, show, scene
}
