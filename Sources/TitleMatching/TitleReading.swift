package import MetadataModel

extension MatchRequest {
  /// What the request may mean, the likeliest first: its title; titles from the file's name, which go with the year
  /// from there; its title without a year behind it ("Glass River 2010").
  package var titleReadings: [MatchRequest] {
    var readings = [self]
    for title in alternativeTitles ?? [] {
      var reading = self
      reading.title = title
      reading.year = parsedName?.year ?? year
      readings.append(reading)
    }
    if let title, let parts = FoldedTitle.splitBareYear(title), year == nil || year == parts.year {
      var reading = self
      reading.title = parts.base
      reading.year = parts.year
      readings.append(reading)
    }
    return readings
  }

  /// What to compare with, and what to ask sources: the title without "(2019)", without the ids that led nowhere. Nil
  /// for a blank title.
  package var titleQuestion: (wanted: Wanted, question: MatchRequest)? {
    guard let title else { return nil }
    let wanted = Wanted(title: title, year: year, externalIDs: externalIDs ?? [:], language: language)
    guard !wanted.title.isEmpty else { return nil }
    var question = self
    question.id = nil
    question.externalIDs = nil
    question.year = wanted.year
    let parts = FoldedTitle.split(title)
    if let year = parts.year, year == wanted.year {
      question.title = parts.country.map { "\(parts.base) (\($0))" } ?? parts.base
    }
    return (wanted, question)
  }
}
