package import MetadataModel

/// Candidates of several sources that agree on being one work; two of one source are always two.
package struct Agreement: Sendable {
  /// In the order of their sources.
  package private(set) var members: [Judgement]

  /// `replies`: what each source offered, in the chain's order.
  package static func among(_ replies: [[Judgement]]) -> [Agreement] {
    var agreements: [Agreement] = []
    for judgement in replies.joined() {
      let place = replies.count > 1 ? agreements.firstIndex { $0.holds(judgement) } : nil
      if let place {
        agreements[place].members.append(judgement)
      } else {
        agreements.append(Agreement(members: [judgement]))
      }
    }
    return agreements
  }

  /// A shared id, or the same title or original title in the same year; never with another id in the same namespace.
  /// Another name is no proof: two works of one year may share it.
  private func holds(_ other: Judgement) -> Bool {
    guard members.allSatisfy({ $0.candidate.id.source != other.candidate.id.source }) else { return false }
    let ids = other.candidate.identities
    guard !members.contains(where: { $0.candidate.identities.contradicts(ids) }) else { return false }
    return members.contains { member in
      member.candidate.identities.shares(anyWith: ids)
        || (member.year != nil && member.year == other.year && member.isTitledLike(other))
    }
  }

  var grade: TitleScore.Grade { members.map(\.grade).max() ?? .similar }
  var title: Double { members.map(\.title).max() ?? 0 }
  var yearsOff: Int? { members.compactMap(\.yearsOff).min() }
  /// One known id that contradicts is enough.
  var contradicts: Bool { members.contains { $0.contradicts } }
  /// Its name has a country as wanted, or neither has one, at one source at least.
  var isOfCountry: Bool { members.contains { $0.grade > .similar && $0.country == .same } }
  var lacksCountry: Bool { !isOfCountry && members.contains { $0.grade > .similar && $0.country == .missing } }

  /// The first source's candidate, judged as the agreement's best.
  var decided: Judgement? {
    let best = members.max { ($0.grade, $0.yearScore) < ($1.grade, $1.yearScore) }
    guard var decided = best, let first = members.first else { return nil }
    decided.candidate = first.candidate
    return decided
  }

  /// Nobody knows its year, and other sources know one work of this title alone: it is that one, whatever its year.
  func isYearlessTwin(among all: [Agreement]) -> Bool {
    guard members.count == 1, let own = members.first, own.year == nil else { return false }
    let named = all.filter { other in
      other.members.contains { $0.isTitledLike(own) && $0.candidate.id != own.candidate.id }
    }
    guard named.count == 1, let twin = named.first else { return false }
    return twin.members.allSatisfy { $0.year != nil && $0.candidate.id.source != own.candidate.id.source }
  }

  /// Whether a source that knows both likes this one clearly better, and none that knows both does not.
  func isFavoured(over other: Agreement) -> Bool {
    let margins = members.flatMap { mine in
      other.members.filter { $0.candidate.id.source == mine.candidate.id.source }
        .map { mine.sourceScore - $0.sourceScore }
    }
    return !margins.isEmpty && margins.allSatisfy { $0 >= AutomaticChoice.clearMargin }
  }
}

extension Judgement {
  /// Whether main or original title is the same.
  fileprivate func isTitledLike(_ other: Judgement) -> Bool {
    titles.contains { own in other.titles.contains { TitleScore.grade(own, $0) > .similar } }
  }
}

extension Candidate {
  /// Everything that identifies the work; the candidate's own id counts under its source's name.
  package var identities: ExternalIDs {
    var ids = externalIDs ?? [:]
    if ids[id.source] == nil { ids[id.source] = id.value }
    return ids
  }
}

extension ExternalIDs {
  /// Both know an id in one namespace, and it is another.
  func contradicts(_ other: ExternalIDs) -> Bool {
    sorted.contains { namespace, value in other[namespace].map { $0 != value } ?? false }
  }
}
