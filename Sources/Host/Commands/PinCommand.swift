import Configuration
import Library
import MetadataModel
import PluginCalls
import Support
import Terminal
import Wiring
import Works

/// `usher pin`: a person says what a file or a title is.
enum PinCommand: Command {
  static let name = "pin"
  static let parameters = "PROVIDER GUID|EXTERNAL-ID"
  static let summary = "Fixes the match of a file, a folder or a title, for good."
  static let options = [
    Option("file", "PATH", "a media file, or a folder with all below it, as the media server writes it"),
    Option("title", "T", "a title; with --year of that year only"),
    Option("year", "N", "the year of the title"),
    Option("data", "DIR", "the data folder, instead of 'data' in the configuration"),
  ]

  static func run(_ arguments: Arguments) throws(CommandError) {
    let place = Place(arguments)
    guard arguments.words.count == 2 else { throw .usage("'pin' takes a provider, and a guid or an external id") }
    let configuration = try place.read()
    let wanted = try Wanted(arguments.words[1])
    let folders = try configuration.provider(arguments.words[0]).mediaFolders
    let (target, shown) = try target(arguments, folders)
    let runtime = try Runtime(configuration, place, dataFolder: arguments.text("data"), isHost: false)
    defer { runtime.close() }
    let provider = try runtime.provider(arguments.words[0])
    let item = try item(wanted, provider, runtime)
    let works = runtime.works
    let result = Blocking.run {
      // A record of a work stands for the work.
      let key = await works.work(of: item.id)?.key ?? item.id
      return try await works.pin(target, shown: shown, to: key, provider: provider.name)
    }
    switch result {
    case .success(let pin):
      let year = item.year.map { " (\($0))" } ?? ""
      Output.text("pin \(pin.number): '\(shown)' is \(item.title)\(year), \(pin.key)\n")
    case .failure(let error): throw .failed("\(error)")
    }
  }

  /// What the command line names the item by.
  private enum Wanted {
    case key(ItemID)
    case external(ExternalIDs)

    init(_ text: String) throws(CommandError) {
      if let id = ItemID(text.prefix { $0 != "?" }.split(separator: "/").last ?? "") {
        self = .key(id)
      } else if let (namespace, value) = ExternalIDs.parse(text) {
        self = .external([namespace: value])
      } else {
        throw .usage("'\(text)' is neither an item's key or guid nor an id such as imdb://tt0013442")
      }
    }
  }

  private static func target(
    _ arguments: Arguments, _ mediaFolders: [String]
  ) throws(CommandError) -> (PinTarget, shown: String) {
    let year = try arguments.number("year")
    switch (arguments.text("file"), arguments.text("title")) {
    case (let path?, nil):
      guard year == nil else { throw .usage("option '--year' goes with '--title'") }
      guard let target = PinTarget.path(relative(path, to: mediaFolders)) else {
        throw .usage("option '--file \(path)' names no file and no folder in the library")
      }
      return (target, path)
    case (nil, let title?):
      let target = PinTarget(title: title, year: year)
      guard case .title(let folded, let pinnedYear) = target, !folded.isEmpty else {
        throw .usage("option '--title \(title)' is empty")
      }
      return (target, pinnedYear.map { title.contains("(\($0))") ? title : "\(title) (\($0))" } ?? title)
    default: throw .usage("'pin' takes either '--file PATH' or '--title T'")
    }
  }

  /// A media server writes paths from its library's folder on; one that was copied from this machine begins before it.
  private static func relative(_ path: String, to folders: [String]) -> String {
    let parts = path.split(separator: "/")
    guard path.hasPrefix("/") else { return path }
    let above = folders.map { $0.split(separator: "/") }.filter { parts.starts(with: $0) }
    return parts.dropFirst(above.map(\.count).max() ?? 0).joined(separator: "/")
  }

  /// The item, which must be of the provider's kind and be there now: a slip of the pen is not pinned.
  private static func item(
    _ wanted: Wanted, _ provider: Provider, _ runtime: Runtime
  ) throws(CommandError) -> (id: ItemID, title: String, year: Int?) {
    let (library, call) = (runtime.library, CallInfo.ofCommand(runtime.time))
    switch wanted {
    case .key(let key):
      guard key.kind == provider.kind else {
        throw .failed(
          "\(key) is a \(key.kind.rawValue); the items of '\(provider.name)' are \(provider.kind.rawValue)s")
      }
      let item = try CommandError.unwrap(
        Blocking.run { () async throws(PluginError) -> MediaItem in
          try await library.fetch(ItemRequest(id: key), provider: provider.name, call: call)
        })
      return (key, item.title, item.year)
    case .external(let ids):
      var request = MatchRequest(kind: provider.kind)
      request.externalIDs = ids
      request.includeAdult = provider.adult ? true : nil
      let reply = try CommandError.unwrap(
        Blocking.run { [request] () async throws(PluginError) -> MatchReply in
          try await library.match(request, provider: provider.name, call: call)
        })
      guard let candidate = reply.candidates.first else {
        let text = ids.sorted.map { "\($0.namespace)://\($0.value)" }.joined()
        throw .failed("no source of '\(provider.name)' knows \(text)")
      }
      return (candidate.id, candidate.title, candidate.year)
    }
  }
}
