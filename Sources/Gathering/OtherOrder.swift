import Answers
import Merging
import MetadataModel
import PluginCalls
import Searching

extension ChildGathering {
  /// The order asked for, or the provider's where the show has one of that sort; nil for the aired one.
  func otherOrder() async throws(PluginError) -> String? {
    if let order = request.order { return order }
    guard chain.policy.order != .aired else { return nil }
    let show = request.id.kind == .show ? request.id : await context.works.place(of: request.id)?.show
    // A season of another order is nobody's aired season: its own source knows what it is.
    guard let show else { return nil }
    for source in chain.matchers(knowing: .show) {
      let members = await ShowMembers(
        show, WorkGathering(context: context, chain: chain, calls: calls, request: request.about(show)))
      guard let id = try await members.id(at: source) else { continue }
      let item = try await SourceAnswers(context: context, calls: calls).item(request.about(id), source).value
      if let order = item.seasonOrders.first(where: { $0.isLike(chain.policy.order) }) { return order.id }
    }
    return nil
  }

  /// An order is one source's alone: nobody else's list is mixed in, and its seasons have ids of their own.
  func inOrder(_ order: String) async throws(PluginError) -> Gathered {
    var asked = request
    asked.order = order
    let gathering = WorkGathering(context: context, chain: chain, calls: calls, request: asked)
    let parent = await Parent(request.id, gathering)
    let owner = chain.sources.first { order.lowercased().hasPrefix($0.id) } ?? chain.source(named: request.id.source)
    guard let owner, let id = try await parent.id(at: owner, isFiller: false) else {
      throw PluginError(.notFound, "\(request.id): no source of this provider has the order '\(order.prefix(40))'")
    }
    let answer = try await SourceAnswers(context: context, calls: calls).children(asked.about(id), owner)
    let items = answer.value.items.filter { chain.provider.adult || !$0.isAdult }
    let keys = Dictionary(
      await context.works.children(of: parent.showKey).map { ($0.member, $0.key) },
      uniquingKeysWith: { first, _ in first })
    let adopted = items.map { item in
      var item = item
      item.id = keys[item.id] ?? item.id
      parent.adopt(&item, as: request.id)
      return item
    }
    return Gathered(items: adopted, isMakeshift: answer.isStale)
  }
}

extension SeasonOrder {
  /// Whether this is what people mean by such an order.
  func isLike(_ order: EpisodeOrder) -> Bool {
    let names = [id, tag, title].map { $0.lowercased() }
    return switch order {
    case .aired: false
    case .dvd: names.contains { $0.contains("dvd") }
    case .absolute: names.contains { $0.contains("absolute") }
    case .alternate: names.contains { $0.contains("altern") }
    }
  }
}
