/// What comes of judging one source's candidates when nobody looks: a wrong match is worse than none.
package enum AutomaticChoice: Sendable {
  /// The candidate and the rule that let it in.
  case accepted(Judgement, rule: String)
  /// Several fit alike. Another source that knows only one of them would be no better, so the search ends.
  case ambiguous
  case none

  /// By how much the source must like one of several equal candidates better.
  package static let clearMargin = 0.25

  /// Protocol §2.5: an exact year is best, one year off will do, further off never. Titles must be the same, or very
  /// similar with exactly the right year.
  package static func among(_ judgements: [Judgement]) -> AutomaticChoice {
    let open = judgements.filter { !$0.contradicts }
    let equal = open.filter { $0.grade > .similar }
    let similar = open.filter { $0.grade == .similar && $0.title >= TitleScore.verySimilar && $0.yearsOff == 0 }

    let sameYear = equal.filter { $0.yearsOff == 0 }
    if !sameYear.isEmpty { return best(of: sameYear, rule: "title and year") }
    let oneOff = equal.filter { $0.yearsOff == 1 }
    let yearless = equal.filter { $0.yearsOff == nil && !$0.needsYear }
    if !similar.isEmpty {
      // The right title with a doubtful year against a doubtful title with the right year: nobody can tell.
      return oneOff.isEmpty && yearless.isEmpty ? best(of: similar, rule: "similar title, same year") : .ambiguous
    }
    if !oneOff.isEmpty { return best(of: oneOff, rule: "title, year one off") }
    return best(of: yearless, rule: "title, no year to compare")
  }

  /// The one whose title is equal for the surest reason; among several the one its source likes clearly better.
  private static func best(of judgements: [Judgement], rule: String) -> AutomaticChoice {
    guard let grade = judgements.map(\.grade).max() else { return .none }
    let best = judgements.filter { $0.grade == grade }.sorted { rank($0) > rank($1) }
    guard let first = best.first else { return .none }
    if best.count == 1 { return .accepted(first, rule: rule) }
    guard rank(first) - rank(best[1]) >= clearMargin else { return .ambiguous }
    return .accepted(first, rule: rule + ", and its source's favourite")
  }

  private static func rank(_ judgement: Judgement) -> Double {
    // Titles that are only similar differ in their similarity as well.
    judgement.sourceScore + (judgement.grade == .similar ? judgement.title : 0)
  }
}
