import UsherKit

extension TPDBAPI {
  /// A site by number, uuid or slug. Slugs of older rating keys have a dash for each character that a key may not have,
  /// so one that the service does not know is looked for by name. Throws `.notFound`.
  func anySite(_ reference: String) async throws -> TPDBSite {
    do {
      return try await site(reference)
    } catch let error as PluginError where error.kind == .notFound && Int(reference) == nil {
      let words = reference.split { $0 == "-" || $0 == "_" }.joined(separator: " ")
      let sites = words.isEmpty ? [] : try await sites(named: words)
      guard let site = try sites.first(where: { try $0.id != nil && TPDBSiteMapping($0).isNamed(words) }) else {
        throw error
      }
      return site
    }
  }

  /// A site with the names of what is above it, asked for where its record has only their numbers.
  func wholeSite(_ reference: String) async throws -> TPDBSiteMapping {
    let site = try await anySite(reference)
    let above = try await above(site)
    return try TPDBSiteMapping(site, parent: above.parent, network: above.network)
  }

  /// The site of a movie or scene, the site above it and the network, as far as they are known.
  func studios(of item: TPDBItem) async throws -> [String] {
    guard let number = item.siteID else { return [item.site?.name].compactMap { $0 } }
    var site = item.site
    if site == nil { site = try await unlessMissing { try await self.site(String(number)) } }
    guard let site else { return [] }
    let above = try await above(site)
    return [site.name, above.parent, above.network].compactMap { $0 }
  }

  private func above(_ site: TPDBSite) async throws -> (parent: String?, network: String?) {
    async let parent = name(site.parent, site.parentID, above: site)
    return (try await parent, try await name(site.network, site.networkID, above: site))
  }

  private func name(_ known: TPDBSite.Above?, _ number: Int?, above site: TPDBSite) async throws -> String? {
    if let known { return known.name }
    guard let number, number > 0, number != site.id else { return nil }
    return try await unlessMissing { try await self.site(String(number)).name }
  }
}
