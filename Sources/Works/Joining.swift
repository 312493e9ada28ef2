import MetadataModel
import Storage

/// An id that the record of a source says its work has at another service.
struct Claim: Hashable, Sendable {
  var namespace: String
  var value: String
  /// The source.
  var saidBy: String
}

/// All that is kept of a work.
struct KnownWork: Sendable {
  /// Nil when it is not in the database yet.
  var number: Int64?
  var key: ItemID
  var members: [ItemID]
  var claims: [Claim]
  var title: String
  var year: Int?

  var work: Work {
    var ids = ExternalIDs()
    for member in members { ids[member.source] = member.value }
    // What a record says of itself goes before what its id looks like.
    for claim in claims { ids[claim.namespace] = claim.value }
    return Work(key: key, members: members, externalIDs: ids, title: title, year: year)
  }

  /// What the records other than that of `source` say the id in `namespace` is.
  func values(in namespace: String, apartFrom source: String) -> [String] {
    claims.filter { $0.namespace == namespace && $0.saidBy != source }.map(\.value)
      + members.filter { $0.source == namespace && $0.source != source }.map(\.value)
  }
}

/// Decides whether a record can be one with a work, and what is to be written then.
struct Joining: Sendable {
  let member: Member
  let key: ItemID
  let saidBy: String

  /// What to answer, and what to write before.
  struct Plan: Sendable {
    var outcome: JoinOutcome
    var known: KnownWork?
    var isNewMember = false
    var claims: [Claim] = []
    var isRenamed = false
    var saidBy = ""

    var isEmpty: Bool { known?.number != nil && !isNewMember && claims.isEmpty && !isRenamed || known == nil }
  }

  func plan(_ rows: WorkRows) throws(StorageError) -> Plan {
    let known =
      try rows.known(with: key)
      ?? KnownWork(number: nil, key: key, members: [key], claims: [], title: member.title, year: member.year)
    if let other = try rows.key(ofWorkWith: member.id), other != known.key || (member.id == key && other != key) {
      return Plan(outcome: .belongsTo(other))
    }
    if let sentence = contradiction(to: known) { return Plan(outcome: .contradiction(sentence)) }
    return plan(joiningTo: known)
  }

  /// What is answered when the database cannot be asked.
  var unchecked: JoinOutcome {
    let known = KnownWork(number: nil, key: key, members: [key], claims: [], title: member.title, year: member.year)
    return contradiction(to: known).map { .contradiction($0) } ?? plan(joiningTo: known).outcome
  }

  private func plan(joiningTo known: KnownWork) -> Plan {
    var known = known
    var plan = Plan(outcome: .joined(known.work), saidBy: saidBy)
    if !known.members.contains(member.id) {
      known.members.append(member.id)
      plan.isNewMember = true
    }
    for (namespace, value) in member.externalIDs.sorted {
      let claim = Claim(namespace: namespace, value: value, saidBy: member.id.source)
      guard !known.claims.contains(claim) else { continue }
      known.claims.removeAll { $0.namespace == namespace && $0.saidBy == claim.saidBy }
      known.claims.append(claim)
      plan.claims.append(claim)
    }
    if member.id == known.key, known.number != nil {
      let title = member.title.isEmpty ? known.title : member.title
      let year = member.year ?? known.year
      plan.isRenamed = title != known.title || year != known.year
      (known.title, known.year) = (title, year)
    }
    plan.known = known
    plan.outcome = .joined(known.work)
    return plan
  }

  /// Why the record cannot be this work.
  private func contradiction(to known: KnownWork) -> String? {
    guard member.id.kind == known.key.kind else {
      return "\(member.id) is a \(member.id.kind.rawValue), \(known.key) is a \(known.key.kind.rawValue)"
    }
    let source = member.id.source
    if let other = known.members.first(where: { $0.source == source && $0 != member.id }) {
      return "\(member.id) is another record of \(source) than \(other), which \(known.key) has"
    }
    var said = member.externalIDs.sorted.map { (namespace: $0.namespace, values: [$0.value]) }
    let own = said.first { $0.namespace == source }?.values ?? []
    said.removeAll { $0.namespace == source }
    said.append((source, own + [member.id.value]))
    for (namespace, values) in said {
      let others = known.values(in: namespace, apartFrom: source)
      if let other = others.first, !others.contains(where: values.contains) {
        return "\(member.id) has the \(namespace) id \(values[0]), \(known.key) has \(other)"
      }
    }
    return nil
  }
}

extension Joining.Plan {
  func write(to rows: WorkRows) throws(StorageError) {
    guard !isEmpty, let known else { return }
    let number: Int64
    if let there = known.number {
      number = there
      if isRenamed { try rows.rename(number, title: known.title, year: known.year) }
    } else {
      number = try rows.add(known)
      try rows.add(member: known.key, to: number, saidBy: known.key.source)
    }
    if isNewMember, let member = known.members.last { try rows.add(member: member, to: number, saidBy: saidBy) }
    for claim in claims { try rows.set(claim, of: number) }
  }
}
