import Terminal
import Wiring

/// `usher unpin`: takes a pin away.
enum UnpinCommand: Command {
  static let name = "unpin"
  static let parameters = "NUMBER"
  static let summary = "Takes back a match that was fixed by hand; 'usher pins' tells its number."
  static let options = [Option("data", "DIR", "the data folder, instead of 'data' in the configuration")]

  static func run(_ arguments: Arguments) throws(CommandError) {
    let place = Place(arguments)
    guard arguments.words.count == 1, let number = Int64(arguments.words[0]) else {
      throw .usage("'unpin' takes the number of a pin")
    }
    guard let pin = try WorkFile.use(arguments, place, place.read(), { try await $0.unpin(number) }) else {
      throw .failed("there is no pin \(number)")
    }
    Output.text("'\(pin.shown)' of '\(pin.provider)' is no longer \(pin.key)\n")
  }
}
