package import MetadataModel

/// What is looked for by title.
package struct Wanted: Sendable {
  package let title: FoldedTitle
  package let year: Int?
  package let externalIDs: ExternalIDs
  package let language: String?

  /// A year that is not given is taken from a trailing "(2019)".
  package init(title: String, year: Int?, externalIDs: ExternalIDs = [:], language: String?) {
    self.title = FoldedTitle(title, language: language)
    self.year = year ?? self.title.year
    self.externalIDs = externalIDs
    self.language = language
  }
}

/// How well a candidate fits what is wanted.
package struct Judgement: Sendable {
  package internal(set) var candidate: Candidate
  package let grade: TitleScore.Grade
  /// 1 for equal titles, otherwise how near.
  package let title: Double
  /// Years between them; nil when one is not known.
  package let yearsOff: Int?
  /// It has another id than the one wanted, in the same namespace: it is another work whatever its title.
  package let contradicts: Bool
  /// Main and original title, folded.
  let titles: [FoldedTitle]
  /// As the candidate tells it.
  let year: Int?
  /// Whether a "(US)" stands where one is wanted: without a year the titles with and without one may be two works.
  let country: Country

  enum Country { case same, missing, added }

  package init(_ candidate: Candidate, _ wanted: Wanted) {
    self.candidate = candidate
    let main = FoldedTitle(candidate.title, language: wanted.language)
    let others = Self.otherNames(of: candidate).map { FoldedTitle($0, language: wanted.language) }
    var best = TitleScore.grade(main, wanted.title)
    var named = main
    if best == .similar, let alias = others.first(where: { TitleScore.grade($0, wanted.title) > .similar }) {
      best = .alias
      named = alias
    }
    grade = best
    title =
      best > .similar ? 1 : ([main] + others).map { TitleScore.similarity($0, wanted.title) }.reduce(0, max)
    country = named.country == wanted.title.country ? .same : named.country == nil ? .missing : .added
    let hasOriginal = candidate.originalTitle != nil && candidate.originalTitle != candidate.title
    titles = [main] + (hasOriginal ? others.prefix(1) : [])
    year = candidate.year ?? candidate.released?.year ?? main.year
    if let year, let wantedYear = wanted.year {
      yearsOff = abs(Self.bounded(year) - Self.bounded(wantedYear))
    } else {
      yearsOff = nil
    }
    contradicts = wanted.externalIDs.contradicts(candidate.externalIDs ?? [:])
  }

  /// Names beside the title, each once; a source that sends very many or very long ones is not listened to for longer.
  private static func otherNames(of candidate: Candidate) -> [String] {
    var seen: Set<String> = [candidate.title]
    var bytes = 0
    var names: [String] = []
    for name in ([candidate.originalTitle].compactMap { $0 } + (candidate.alternativeTitles ?? []).prefix(30)) {
      let name = TitleFolding.bounded(name)
      bytes += name.utf8.count
      guard bytes <= 4000 else { break }
      if seen.insert(name).inserted { names.append(name) }
    }
    return names
  }

  private static func bounded(_ year: Int) -> Int { min(10_000, max(0, year)) }

  /// 1 for the same year, 0.5 when there is nothing to compare.
  package var yearScore: Double {
    switch yearsOff {
    case nil: 0.5
    case 0?: 1
    case 1?: 0.7
    case let off?: max(0, 0.3 - 0.03 * Double(min(off, 100)))
    }
  }

  /// The source's own opinion.
  package var sourceScore: Double { candidate.score.map { $0.isFinite ? min(1, max(0, $0)) : 0 } ?? 0 }

  /// 0 to 1; the title counts most, the source's opinion breaks ties.
  package var score: Double { ((0.75 * title + 0.2 * yearScore + 0.05 * sourceScore) * 1000).rounded() / 1000 }

  /// What agrees and what does not, in words.
  package var likeness: String {
    if contradicts { return "has another external id" }
    let names: String
    switch grade {
    case .exact: names = "same title"
    case .loose: names = "same title but for article, numeral or suffix"
    case .alias: names = "same as another title of it"
    case .similar: names = "other title"
    }
    switch yearsOff {
    case nil: return names + ", no year to compare"
    case 0?: return names + ", same year"
    case let off?: return names + ", \(off) year\(off == 1 ? "" : "s") off"
    }
  }
}
