import CSupport
import Glibc

/// One option of a command.
public struct Option: Sendable {
  /// Without its hyphens.
  public var name: String
  /// What stands for its value in the help, nil for a switch.
  public var value: String?
  public var help: String

  public init(_ name: String, _ value: String? = nil, _ help: String) {
    self.name = name
    self.value = value
    self.help = help
  }
}

/// The words of a command line, read by glibc's getopt_long: options anywhere, `--name value` or `--name=value`.
public struct Arguments {
  /// What is no option and no value of one, in order.
  public private(set) var words: [String] = []
  private var values: [String: [String]] = [:]

  /// Throws `CommandError.usage` for an unknown option or a missing value.
  public init(_ line: [String], options: [Option]) throws(CommandError) {
    let names = options.map { strdup($0.name) }
    let argv = ([""] + line).map { strdup($0) } + [nil]
    defer { for text in names + argv { free(text) } }
    let known = zip(names, options).map {
      usher_option(name: UnsafePointer($0.0), takes_value: $0.1.value == nil ? 0 : 1)
    }
    var first: Int32 = 0
    while true {
      var value: UnsafePointer<CChar>?
      let found = usher_option_next(Int32(argv.count - 1), argv, known, Int32(known.count), &first, &value)
      let word = value.map { String(cString: $0) } ?? ""
      // A value may be a secret.
      let option = word.prefix { $0 != "=" }
      switch found {
      case -1:
        // getopt has moved the other words to the end.
        words = argv[Int(first)...].compactMap { $0.map { String(cString: $0) } }
        return
      case -2: throw .usage("unknown option '\(option)'")
      case -3: throw .usage("option '\(option)' needs a value, or was given one that it does not take")
      default: values[options[Int(found)].name, default: []].append(word)
      }
    }
  }

  /// True when the option was given.
  public func has(_ name: String) -> Bool { values[name] != nil }

  /// The value of the option, the last one when there are several; nil when it was not given.
  public func text(_ name: String) -> String? { values[name]?.last }

  /// The values of an option that may be given several times, in their order.
  public func texts(_ name: String) -> [String] { values[name] ?? [] }

  /// The value of the option; throws `CommandError.usage` when it is not a whole number.
  public func number(_ name: String) throws(CommandError) -> Int? {
    guard let text = text(name) else { return nil }
    guard let number = Int(text) else { throw .usage("option '--\(name)' takes a whole number, not '\(text)'") }
    return number
  }
}
