/// What comes of judging the sources' candidates when nobody looks: a wrong match is worse than none.
package enum AutomaticChoice: Sendable {
  /// The candidate and the rule that let it in.
  case accepted(Judgement, rule: String)
  /// Several fit alike. A source that knows only one of them would be no better, so the search ends.
  case ambiguous
  case none

  /// By how much a source must like one of several equal candidates better. Popularity tells nothing sooner.
  package static let clearMargin = 0.6

  /// Protocol §2.5: an exact year is best, one year off will do, further off never. Titles must be the same, or very
  /// similar with exactly the right year. `replies`: of each source asked, in the chain's order.
  package static func among(_ replies: [[Judgement]]) -> AutomaticChoice {
    let all = Agreement.among(replies)
    let open = all.filter { !$0.contradicts }
    let equal = open.filter { $0.grade > .similar && (replies.count == 1 || !$0.isYearlessTwin(among: all)) }
    let similar = open.filter { $0.grade == .similar && $0.title >= TitleScore.verySimilar && $0.yearsOff == 0 }

    let sameYear = equal.filter { $0.yearsOff == 0 }
    if !sameYear.isEmpty { return exact(sameYear, equal) }
    let oneOff = equal.filter { $0.yearsOff == 1 }
    let yearless = equal.filter { $0.yearsOff == nil }
    let named = yearless.filter(\.isOfCountry)
    if !similar.isEmpty {
      // The right title with a doubtful year against a doubtful title with the right year: nobody can tell.
      guard oneOff.isEmpty, named.isEmpty else { return .ambiguous }
      return best(of: similar, rule: "similar title, same year")
    }
    if !oneOff.isEmpty { return best(of: oneOff, rule: "title, year one off") }
    // "Name" without a year may as well be "Name (US)".
    if !named.isEmpty, yearless.contains(where: { !$0.isOfCountry && !$0.lacksCountry }) { return .ambiguous }
    return best(of: named, rule: "title, no year to compare")
  }

  /// True when no other source's word is needed: title and year are exactly those asked for, and no id is left to prove.
  package func isCertain(_ wanted: Wanted) -> Bool {
    guard case .accepted(let judgement, _) = self else { return false }
    return judgement.grade == .exact && judgement.yearsOff == 0 && wanted.externalIDs.isEmpty
  }

  /// The right year, unless a surer title with a doubtful year, or with the country asked for, stands against it.
  private static func exact(_ sameYear: [Agreement], _ equal: [Agreement]) -> AutomaticChoice {
    guard let grade = sameYear.map(\.grade).max() else { return .none }
    let rivals = equal.filter { $0.grade > grade && ($0.yearsOff ?? 1) == 1 }
    let isMisplaced = sameYear.allSatisfy(\.lacksCountry) && equal.contains(where: \.isOfCountry)
    guard rivals.isEmpty, !isMisplaced else { return .ambiguous }
    return best(of: sameYear, rule: "title and year")
  }

  /// The one whose title is equal for the surest reason; among several the one that its source likes clearly better.
  private static func best(of agreements: [Agreement], rule: String) -> AutomaticChoice {
    guard let grade = agreements.map(\.grade).max() else { return .none }
    let best = agreements.filter { $0.grade == grade }
    if best.count == 1, let decided = best[0].decided { return .accepted(decided, rule: rule) }
    let favourite = best.indices.first { place in
      best.indices.allSatisfy { $0 == place || best[place].isFavoured(over: best[$0]) }
    }
    guard let decided = favourite.flatMap({ best[$0].decided }) else { return .ambiguous }
    return .accepted(decided, rule: rule + ", and its source's favourite")
  }
}
