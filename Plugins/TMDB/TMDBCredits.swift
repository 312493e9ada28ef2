import UsherKit

/// TMDB's people as credits.
enum TMDBCredits {
  /// Most actors of one work: shows list everybody who was ever in one episode, and guests stand with their episodes.
  static let mostActors = 100
  /// Most people of one job, for the same reason.
  static let mostPerJob = 20

  /// Actors in TMDB's order; somebody who is listed twice is one credit with both roles.
  static func actors(_ cast: [TMDBPerson]) -> [Credit] {
    let ordered = cast.enumerated().sorted { left, right in
      (left.element.order ?? .max, left.offset) < (right.element.order ?? .max, right.offset)
    }
    return merged(ordered.map { ($0.element, $0.element.roles) }, .actor).prefix(mostActors).enumerated().map {
      var credit = $0.element
      credit.order = $0.offset
      return credit
    }
  }

  /// Directors, writers and producers, each job by itself; the busiest first where episodes are counted.
  static func crew(_ crew: [TMDBPerson], creators: [TMDBPerson] = []) -> [Credit] {
    let busiest = crew.enumerated().sorted { left, right in
      (right.element.episodeCount ?? 0, left.offset) < (left.element.episodeCount ?? 0, right.offset)
    }.map(\.element)
    return [Credit.Job.director, .writer, .producer].flatMap { job in
      let founders = job == .writer ? creators.map { ($0, ["Creator"]) } : []
      let people = busiest.map { person in (person, person.jobs.filter { jobs[$0] == job }) }
      return merged(founders + people.filter { !$0.1.isEmpty }, job).prefix(mostPerJob)
    }
  }

  private static func merged(_ people: [(person: TMDBPerson, roles: [String])], _ job: Credit.Job) -> [Credit] {
    var credits: [Credit] = []
    var roles: [[String]] = []
    var places: [Int: Int] = [:]
    for (person, parts) in people where !person.name.isEmpty {
      if let place = person.id.flatMap({ places[$0] }) {
        roles[place] += parts.filter { !roles[place].contains($0) }
        continue
      }
      if let id = person.id { places[id] = credits.count }
      credits.append(Credit(name: person.name, job: job, picture: TMDBPicture.url(person.picturePath)))
      roles.append(parts)
    }
    return zip(credits, roles).map { credit, parts in
      var credit = credit
      credit.role = parts.isEmpty ? nil : parts.joined(separator: " / ")
      return credit
    }
  }

  /// Only the jobs that media servers list, by TMDB's names for them.
  private static let jobs: [String: Credit.Job] = [
    "Director": .director, "Co-Director": .director, "Series Director": .director,
    "Writer": .writer, "Screenplay": .writer, "Story": .writer, "Novel": .writer, "Author": .writer,
    "Teleplay": .writer, "Creator": .writer, "Original Story": .writer, "Comic Book": .writer,
    "Producer": .producer, "Executive Producer": .producer,
  ]
}
