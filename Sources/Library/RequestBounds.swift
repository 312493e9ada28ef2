import MetadataModel
import TitleMatching

extension ItemRequest {
  /// Without texts too long to be what they claim.
  var bounded: ItemRequest {
    ItemRequest(id: id, language: language.short, country: country.short, order: order.short)
  }
}

extension MatchRequest {
  /// With texts cut to what is looked at, and no more than 20 external ids, so that hostile requests cost little.
  var bounded: MatchRequest {
    var request = self
    request.title = title.map(TitleFolding.bounded)
    request.showTitle = showTitle.map(TitleFolding.bounded)
    request.file = file.map { String(String.UnicodeScalarView($0.unicodeScalars.suffix(1000))) }
    request.language = language.short
    request.country = country.short
    request.order = order.short
    request.externalIDs = externalIDs.map { ids in
      ExternalIDs(Dictionary(ids.sorted.prefix(20).map { ($0.namespace, $0.value) }, uniquingKeysWith: { $1 }))
    }
    return request
  }
}

extension String? {
  /// Nil when longer than any tag or order id.
  fileprivate var short: String? { flatMap { $0.utf8.count <= 64 ? $0 : nil } }
}
