import PlexCatalogue
import PlexServers
import PlexSharing
import UsherKit

extension CommandDesk {
  private func inviting(_ server: KnownServer) throws(PlexError) -> Inviting {
    guard server.isOwned else {
      throw PlexError(.notOwner, "'\(server.name)' belongs to somebody else: only its owner may share it")
    }
    return Inviting(try account(), server, log: InvitationLog(try catalogue()))
  }

  func invite() async throws {
    let server = try server()
    let inviting = try inviting(server)
    let there = try await answeringClient(server).libraries()
    let known = try catalogue().keep(there, of: server.machineIdentifier)
    let names = Self.parts(request.text("libraries") ?? "")
    guard !names.isEmpty else { throw PluginError(.badRequest, "say which libraries with --libraries A,B") }
    let chosen = try names.compactMap { name throws -> PlexLibrary? in
      let library = try LibraryChoice.one(known, name)
      return there.first { $0.identity == library.uuid }
    }
    let who = request.text("who") ?? ""
    let outcome = try await inviting.invite(who, to: chosen, of: there, settings: try settings())
    let titles = chosen.map { "'\($0.title)'" }.joined(separator: ", ")
    output.text(
      outcome == .invited ? "\(who) is invited to \(titles) of '\(server.name)'." : "\(who) has \(titles) too now.")
    try output.value(
      CommandValue.object([
        "who": .text(who), "outcome": .text(outcome.rawValue), "libraries": .list(chosen.map { .text($0.title) }),
      ]))
  }

  private func settings() throws -> ShareSettings {
    var settings = ShareSettings.standard
    for word in Self.parts(request.text("allow") ?? "") {
      guard let name = ShareSettings.words[word] else {
        let words = ShareSettings.words.keys.sorted().joined(separator: ", ")
        throw PluginError(.badRequest, "--allow knows no '\(word)'; it knows \(words)")
      }
      settings.allowances[name] = true
    }
    return settings
  }

  func listInvites() async throws {
    if request.flag("history") { return try listHistory() }
    let server = try server()
    let shares = try await SharingClient(try account(), machineIdentifier: server.machineIdentifier).shares()
    list(shares.filter { !$0.isAccepted }, of: server)
  }

  func listFriends() async throws {
    let server = try server()
    let client = SharingClient(try account(), machineIdentifier: server.machineIdentifier)
    let shares = try await client.shares().filter(\.isAccepted)
    let friends = try await client.friends().filter { friend in !shares.contains { $0.userID == friend.id } }
    list(shares + friends.map { Share(without: $0) }, of: server)
  }

  private func list(_ shares: [Share], of server: KnownServer) {
    output.table(
      ["who", "email", "libraries", "allowed", "limits"],
      shares.map { share in
        let allowed = ShareSettings.words.filter { share.settings.allowances[$0.value] ?? false }.keys.sorted()
        let limits = share.settings.filters.values.filter { !$0.isEmpty }.sorted()
        return [
          .text(share.who), .text(share.email), .list(share.libraries.map { .text($0.title) }),
          CommandValue(texts: allowed), CommandValue(texts: limits),
        ]
      })
  }

  private func listHistory() throws {
    let entries = try InvitationLog(catalogue()).entries(server: chosenIdentifier())
    output.table(
      ["at", "who", "libraries", "outcome", "detail"],
      entries.map { entry in
        [
          .text(TimeText.utc(milliseconds: entry.at)), .text(entry.who), CommandValue(texts: entry.libraries),
          .text(entry.outcome), .text(entry.detail),
        ]
      })
  }

  func uninvite() async throws {
    let server = try server()
    let inviting = try inviting(server)
    let who = request.text("who") ?? ""
    if !request.flag("yes") {
      let shares = try await SharingClient(try account(), machineIdentifier: server.machineIdentifier).shares()
      let name = who.trimmed.lowercased()
      guard
        !shares.contains(where: { $0.isAccepted && ($0.username.lowercased() == name || $0.email.lowercased() == name) }
        )
      else {
        throw PlexError(.needsDecision, "'\(who)' has accepted; say --yes to end the share")
      }
    }
    let ended = try await inviting.uninvite(who)
    output.text(
      ended.contains(where: \.isAccepted)
        ? "'\(who)' sees nothing of '\(server.name)' any more."
        : "The invitation of '\(who)' is taken back.")
  }

  func invitationCounts() throws -> [(outcome: String, count: Int)] {
    try InvitationLog(catalogue()).counts(server: chosenIdentifier())
  }
}

/// Times as people read them.
enum TimeText {
  /// "2026-11-21 06:00:00Z".
  static func utc(milliseconds: Int64) -> String {
    let seconds = milliseconds / 1000
    var (days, rest) = (seconds / 86_400, seconds % 86_400)
    if rest < 0 { (days, rest) = (days - 1, rest + 86_400) }
    // Days since 1970 as a date, by Howard Hinnant's "days from civil", backwards.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * month + 2) / 5 + 1
    let number = month < 10 ? month + 3 : month - 9
    let year = yearOfEra + era * 400 + (number <= 2 ? 1 : 0)
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(year)-\(two(number))-\(two(day)) \(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
  }
}
