import UsherKit

/// What there is to run, with every word and option.
enum CommandList {
  private static let server = CommandParameter(
    "server", .text, placeholder: "SERVER", "the server's name or identifier; not needed when only one is connected")
  private static let serverWord = CommandParameter(
    "server", .text, placeholder: "SERVER", "the server's name or identifier; not needed when only one is connected")
  private static let library = CommandParameter(
    "library", .text, placeholder: "LIBRARY", "title or key of one library")

  static var all: [CommandDescription] { servers + libraries + catalogue + paths + items + sharing }

  private static var servers: [CommandDescription] {
    [
      CommandDescription(
        "connect", "Signs in to Plex and keeps the servers of the account, or keeps one server by its address.",
        options: [
          CommandParameter("name", .text, "keep only the server of this name; with --url, what to call it"),
          CommandParameter("url", .text, "the address of one server, such as http://192.168.1.5:32400"),
          CommandParameter("token", .secret, "the token for it"),
        ],
        details: """
          Without --url a code and a link are shown: open the link, type the code, and the command goes on. Tokens are kept in a \
          file that only you can read, and are never shown.
          """,
        exits: [CommandExit(1, "no sign-in, or no server answers")]),
      CommandDescription(
        "disconnect", "Forgets a server: its token, and what the catalogue has of it.",
        words: [
          CommandParameter("server", .text, required: true, "the server's name or identifier")
        ]),
      CommandDescription("servers", "Lists the connected servers."),
      CommandDescription(
        "test", "Says of each server whether it answers, takes the token, and takes it for its owner's.",
        words: [serverWord], exits: [CommandExit(1, "a server does not answer, or refuses the token")]),
    ]
  }

  private static var libraries: [CommandDescription] {
    [
      CommandDescription(
        "libraries", "Lists a server's libraries: key, title, type, agent, folders, number of items.",
        words: [serverWord]),
      CommandDescription(
        "libraries enable", "Lets a library be synced.",
        words: [CommandParameter("library", .text, required: true, "title or key")], options: [server]),
      CommandDescription(
        "libraries disable", "Leaves a library out of syncs; what the catalogue has of it stays.",
        words: [CommandParameter("library", .text, required: true, "title or key")], options: [server]),
    ]
  }

  private static var catalogue: [CommandDescription] {
    [
      CommandDescription(
        "sync", "Brings the catalogue of films, shows and episodes up to date.", words: [serverWord],
        options: [
          library,
          CommandParameter("full", .flag, "look at every item, not only at those that changed"),
          CommandParameter("yes", .flag, "remove items even when more than a fifth is gone"),
          CommandParameter("page-size", .integer, "items to ask for at once, 200 at first otherwise"),
        ],
        details: """
          Without a server all are synced. A library that cannot be read wholly keeps what it had. An item that is gone is \
          marked first, and removed when the next sync misses it too. An interrupted sync goes on where it was.
          """,
        exits: [CommandExit(1, "a library failed, or its removals were held back")]),
      CommandDescription(
        "find", "Finds films and shows in the catalogue.",
        words: [CommandParameter("title", .text, required: true, "a part of the title")],
        options: [
          CommandParameter("year", .integer, "only of this year"),
          CommandParameter("kind", .choice(["movie", "show", "season", "episode"]), "only of this kind"), server,
        ], exits: [CommandExit(1, "there is none")]),
      CommandDescription(
        "show", "Shows an item of the catalogue with its files and what stands below it.",
        words: [CommandParameter("item", .text, required: true, "the item's key, as 'find' gives it")],
        options: [server]),
      CommandDescription(
        "ids", "Lists every id of an item: of new and old agents, NFO files and custom providers.",
        words: [CommandParameter("item", .text, required: true, "the item's key, or a guid to take apart")],
        options: [server]),
      CommandDescription(
        "unmatched", "Lists films and shows that the server could not match.", options: [server, library]),
      CommandDescription(
        "watch", "Syncs a library whenever its server says that something changed, until interrupted.",
        words: [serverWord],
        options: [
          CommandParameter(
            "every", .integer, placeholder: "SECONDS",
            "how often to ask; otherwise every 15, and every 300 while the server tells by itself"),
          CommandParameter(
            "settle", .integer, placeholder: "SECONDS", "how long a server that told is left alone first, 5 otherwise"),
          CommandParameter("times", .integer, "end after so many syncs"),
        ],
        details: """
          Listens to what the server tells of its libraries while they change. A server that tells nothing is asked every \
          now and then instead; one that is away is tried again, and asked for everything once it is back.
          """, streams: true),
    ]
  }

  private static var paths: [CommandDescription] {
    [
      CommandDescription("paths", "Lists where servers' folders lie on this machine.", words: [serverWord]),
      CommandDescription(
        "paths add", "Says where a folder of a server lies on this machine.",
        words: [
          CommandParameter(
            "from", .text, required: true, "the folder as the server has it: /media/tv, D:\\TV, \\\\nas\\tv"),
          CommandParameter("to", .path, required: true, "the folder on this machine"),
        ], options: [server, library]),
      CommandDescription(
        "paths remove", "Removes such a rule.",
        words: [CommandParameter("from", .text, required: true, "the folder as the server has it")], options: [server]),
      CommandDescription(
        "paths test",
        "Says for each folder of the libraries whether its files are found on this machine, or for one path.",
        words: [CommandParameter("path", .text, "a path as the server has it")], options: [server],
        exits: [CommandExit(1, "a folder is mapped nowhere, or a file is not there")]),
    ]
  }

  private static var items: [CommandDescription] {
    [
      CommandDescription(
        "setup", "Registers a provider of Usher with a server and makes it the agent of a library.",
        words: [CommandParameter("provider", .text, required: true, "the provider's name in plugins.json")],
        options: [
          CommandParameter("library", .text, "title or key of the library"), server,
          CommandParameter("url", .text, "where the server reaches 'usher serve', such as http://192.168.1.4:8000"),
          CommandParameter(
            "folder", .text, repeatable: true, "make the library, over this folder of the server, when there is none"),
          CommandParameter("undo", .flag, "put back what was there before"),
        ],
        details: """
          Needs Plex Media Server 1.43 or later and a running 'usher serve' that the server can reach. Running it twice \
          changes nothing more.
          """,
        exits: [CommandExit(1, "Usher cannot be reached, or the server refused")]),
      CommandDescription(
        "refresh", "Lets a server read the metadata of items again, or scan a library.",
        words: [CommandParameter("items", .text, repeatable: true, "keys of items")],
        options: [
          library, CommandParameter("folder", .text, "with --library, scan only this folder of the server"),
          CommandParameter("all", .flag, "with --library, read the metadata of every item again"), server,
        ]),
      CommandDescription(
        "match", "Gives an item another match.",
        words: [
          CommandParameter("item", .text, required: true, "the item's key"),
          CommandParameter("guid", .text, required: true, "the guid that it shall have"),
        ], options: [server]),
    ]
  }

  private static var sharing: [CommandDescription] {
    let who = CommandParameter("who", .text, required: true, "user name or e-mail address")
    return [
      CommandDescription(
        "invite", "Shares libraries with a friend.", words: [who],
        options: [
          CommandParameter("libraries", .text, placeholder: "A,B", required: true, "titles or keys, commas between"),
          CommandParameter("allow", .text, placeholder: "WORDS", "sync, channels, camera, subtitles, commas between"),
          server,
        ],
        details: "Libraries that they have already stay shared, and what you restricted stays restricted.",
        exits: [CommandExit(1, "nothing changed: the sentence says why")]),
      CommandDescription(
        "invites", "Lists invitations that are not accepted yet, and the last attempts.",
        options: [server, CommandParameter("history", .flag, "list the attempts that were made from here")]),
      CommandDescription("friends", "Lists those who see libraries of a server.", options: [server]),
      CommandDescription(
        "uninvite", "Takes an invitation back or ends a share.", words: [who],
        options: [server, CommandParameter("yes", .flag, "end a share that was accepted")]),
      CommandDescription("stats", "Counts libraries, items, files, and invitations by outcome.", words: [serverWord]),
    ]
  }
}
