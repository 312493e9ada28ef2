import Support

/// Those who wait for one service, and whose turn it is: the most urgent first, in the order of asking among equals,
/// and now and then one of the others, so that nobody starves. A value; whoever holds it locks.
///
/// A turn looks at every place, 512 at most, because urgency may rise while somebody waits.
struct PlaceQueue {
  struct Place {
    let waiter: Waiter<RateLimiter.Slot>
    let deadline: Deadline
    let urgency: SharedUrgency
  }

  /// Whose turn it is, and as what.
  struct Turn {
    let index: Int
    let urgency: Urgency
    /// Its kind has been passed over for long enough: it need not leave anything to others.
    let isNeglected: Bool
  }

  /// So many turns of more urgent ones go by at most before one of a less urgent kind has its own.
  static let turnsToPassOver = 8

  private(set) var places: [Place] = []
  /// How many turns each kind has seen go by, by `Urgency.rawValue`.
  private var passedOver = [Int](repeating: 0, count: Urgency.allCases.count)

  var count: Int { places.count }

  /// How many have their turn before a newcomer of this urgency.
  func ahead(of urgency: Urgency) -> Int { places.reduce(0) { $0 + ($1.urgency.current >= urgency ? 1 : 0) } }

  mutating func append(_ place: Place) { places.append(place) }

  mutating func remove(_ waiter: Waiter<RateLimiter.Slot>) { places.removeAll { $0.waiter === waiter } }

  mutating func removeAll() -> [Place] {
    defer { places = [] }
    return places
  }

  /// Takes out the one of the least urgent kind below `urgency` who came last; nil when all are as urgent.
  mutating func removeLast(below urgency: Urgency) -> Place? {
    for kind in Urgency.allCases where kind < urgency {
      if let index = places.lastIndex(where: { $0.urgency.current == kind }) { return places.remove(at: index) }
    }
    return nil
  }

  /// Nil when nobody waits who may go.
  func next(withBackground: Bool) -> Turn? {
    var first = [Int?](repeating: nil, count: passedOver.count)
    for (index, place) in places.enumerated() {
      let kind = place.urgency.current.rawValue
      if first[kind] == nil { first[kind] = index }
    }
    if !withBackground { first[Urgency.background.rawValue] = nil }
    let waiting = Urgency.allCases.reversed().filter { first[$0.rawValue] != nil }
    let neglected = waiting.filter { passedOver[$0.rawValue] >= Self.turnsToPassOver }
      .max { passedOver[$0.rawValue] < passedOver[$1.rawValue] }
    guard let urgency = neglected ?? waiting.first, let index = first[urgency.rawValue] else { return nil }
    return Turn(index: index, urgency: urgency, isNeglected: neglected != nil)
  }

  /// Takes out the one whose turn it is, as `next` said.
  mutating func take(_ turn: Turn) -> Place {
    let place = places.remove(at: turn.index)
    passedOver[turn.urgency.rawValue] = 0
    for kind in Urgency.allCases where kind < turn.urgency {
      let isWaiting = places.contains { $0.urgency.current == kind }
      passedOver[kind.rawValue] = isWaiting ? passedOver[kind.rawValue] + 1 : 0
    }
    return place
  }

  /// Takes out everyone for whom `reason` finds one to go; it gets how many have their turn before.
  mutating func removeAll<Reason>(where reason: (Place, _ ahead: Int) -> Reason?) -> [(Place, Reason)] {
    var staying: [Place] = []
    var leaving: [(Place, Reason)] = []
    var more = [Int](repeating: 0, count: passedOver.count)
    for place in places { more[place.urgency.current.rawValue] += 1 }
    var seen = more.map { _ in 0 }
    for place in places {
      let kind = place.urgency.current.rawValue
      let ahead = seen[kind] + more[(kind + 1)...].reduce(0, +)
      if let reason = reason(place, ahead) {
        leaving.append((place, reason))
        more[kind] -= 1
      } else {
        seen[kind] += 1
        staying.append(place)
      }
    }
    places = staying
    return leaving
  }
}
