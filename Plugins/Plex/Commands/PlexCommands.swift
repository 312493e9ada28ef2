import PlexServers
public import UsherKit

/// `usher plex …`: the media-server side of the plugin on the command line.
public struct PlexCommands: CommandProvider {
  public static var commands: [CommandDescription] { CommandList.all }

  /// The setting that only these commands read.
  public static var declaredSettings: [PluginSetting] {
    [
      PluginSetting(
        "plexTV", .string, standard: .string("https://plex.tv"),
        meaning: "Where the commands ask for sign-in, servers and shares; another address stands in for tests")
    ]
  }

  private let plexTV: PlexTVAddresses

  public init(_ host: HostContext) throws {
    let address = try host.setting("plexTV", as: String.self) ?? "https://plex.tv"
    plexTV =
      address == "https://plex.tv" ? PlexTVAddresses() : PlexTVAddresses(main: address, clients: address)
  }

  /// Every error leaves as a sentence for people, without a token in it.
  public func run(_ command: CommandRequest, _ output: CommandOutput, _ host: HostContext) async throws {
    do {
      try await CommandDesk(command, output, plexTV, host).run()
    } catch let error as PlexError {
      throw error.asPluginError
    }
  }
}
