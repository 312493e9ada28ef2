import Answers
import Gathering
import MetadataModel
import PluginCalls
import Searching
import Support

/// What the library may do when nobody waits.
public struct BackgroundPolicy: Sendable {
  /// For so many seconds after its time an answer is given at once, and renewed afterwards.
  public var staleSeconds: Int
  /// Whether what is below a matched show is fetched before anybody asks for it.
  public var warmsUp: Bool

  public init(staleSeconds: Int = 7 * 86_400, warmsUp: Bool = true) {
    self.staleSeconds = staleSeconds
    self.warmsUp = warmsUp
  }
}

extension MediaLibrary {
  /// How long one answer may take that is fetched ahead.
  private static let warmUpMilliseconds: Int64 = 85_000

  /// After a show was matched a media server asks for the show, its seasons, their episodes and the pictures: they are
  /// fetched now, behind everything that somebody waits for. Nothing that is kept and fresh is fetched again.
  func warmUp(_ show: ItemID, of request: MatchRequest, _ chain: Chain, requestID: String) {
    guard let background, background.policy.warmsUp, show.kind == .show else { return }
    let whole = ItemRequest(id: show, language: request.language, country: request.country, order: request.order)
    let key = CacheKey(space: "warm-up/\(chain.provider.name)", name: whole.bounded.cacheName(.fetch))
    background.work.add(key) { [self] in
      _ = await ahead(.fetch, whole, chain, requestID)
      let seasons = await ahead(.children, whole, chain, requestID)
      for season in seasons.flatMap({ try? AnswerJSON.decoded(ItemList.self, $0) })?.items ?? [] {
        _ = await ahead(.children, whole.about(season.id), chain, requestID)
        _ = await ahead(.fetch, whole.about(season.id), chain, requestID)
      }
      _ = await ahead(.images, whole, chain, requestID)
    }
  }

  /// Nil for what cannot be had now: who needs it asks again.
  private func ahead(
    _ operation: ItemOperation, _ request: ItemRequest, _ chain: Chain, _ requestID: String
  ) async -> [UInt8]? {
    let call = CallInfo(
      requestID: requestID, deadline: .after(milliseconds: Self.warmUpMilliseconds, time), urgency: .background)
    return try? await itemBytes(operation, request, chain, call, nil)
  }
}
