/// A place in a text file; both count from 1, columns in Unicode scalars.
public struct TextPosition: Hashable, Sendable, Comparable, CustomStringConvertible {
  public var line: Int
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// `LINE:COLUMN`.
  public var description: String { "\(line):\(column)" }

  public static func < (left: TextPosition, right: TextPosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// One thing that is wrong in a configuration file: what is wrong, what would be right. No secret stands in it.
public struct ConfigurationProblem: Hashable, Sendable {
  /// Nil when it concerns the whole file.
  public var position: TextPosition?
  public var message: String

  public init(_ position: TextPosition?, _ message: String) {
    self.position = position
    self.message = message
  }

  /// `plugins.json:LINE:COLUMN: message`.
  public func text(path: String) -> String { "\(path):\(position.map { "\($0):" } ?? "") \(message)" }
}

extension ConfigurationProblem {
  /// A problem that ends the reading.
  package struct Thrown: Error {
    package var problem: ConfigurationProblem

    package init(_ position: TextPosition?, _ message: String) { problem = ConfigurationProblem(position, message) }
  }
}

/// Everything that is wrong in one file, in order of position.
public struct ConfigurationErrors: Error, Hashable, Sendable, CustomStringConvertible {
  /// As the user gave it.
  public var path: String
  public var problems: [ConfigurationProblem]

  /// Puts the problems in order; those that concern the whole file come first.
  public init(path: String, problems: [ConfigurationProblem]) {
    self.path = path
    let start = TextPosition(line: 0, column: 0)
    self.problems = problems.enumerated().sorted { left, right in
      (left.element.position ?? start, left.offset) < (right.element.position ?? start, right.offset)
    }.map(\.element)
  }

  /// A line per problem.
  public var description: String { problems.map { $0.text(path: path) }.joined(separator: "\n") }
}
