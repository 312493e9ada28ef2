import Support
import Transport

/// Keeps responses of GET requests: in memory those used last, in the store all of them.
///
/// A hit in memory costs one short lock, and no copy of the body.
final class ResponseCache: Sendable {
  /// What is there for a request.
  enum Found: Sendable {
    case fresh(CachedResponse)
    /// Older than the request takes.
    case old(CachedResponse)
    case nothing
  }

  private let memory: BoundedCache<ResponseKey, CachedResponse>
  private let store: any ByteStore
  private let time: any TimeSource
  private let memoryLookups: CacheLookups
  private let storeLookups: CacheLookups

  init(memoryBytes: Int, store: any ByteStore, time: any TimeSource, metrics: Metrics) {
    memory = BoundedCache(maximumBytes: memoryBytes)
    self.store = store
    self.time = time
    memoryLookups = CacheLookups(metrics, tier: "response-memory")
    storeLookups = CacheLookups(metrics, tier: "response-store")
  }

  /// What is kept for `request`; fresh when it was stored at most `freshForSeconds` ago.
  func response(for request: UpstreamRequest, _ key: ResponseKey, freshForSeconds: Int64) async -> Found {
    if let kept = memory.value(for: key), kept.url == request.url.withoutQuery {
      // What the store has is not younger.
      return memoryLookups.count(found(kept, freshForSeconds))
    }
    _ = memoryLookups.count(.nothing)
    guard let value = await store.value(for: key.hash, in: key.space),
      let kept = CachedResponse(decoding: value.bytes, storedAt: value.storedAt), kept.url == request.url.withoutQuery
    else { return storeLookups.count(.nothing) }
    memory.insert(kept, for: key, bytes: kept.memoryBytes)
    return storeLookups.count(found(kept, freshForSeconds))
  }

  /// Keeps `response` when the rules allow it.
  func keep(
    _ response: ClientResponse, for request: UpstreamRequest, _ key: ResponseKey, freshForSeconds: Int64
  ) async {
    guard CacheRules.mayKeep(response, accept: request.accept) else { return }
    await put(
      CachedResponse(response, url: request.url.withoutQuery, storedAt: time.wallMilliseconds), key, freshForSeconds)
  }

  /// The service said that `old` still holds.
  func renew(_ old: CachedResponse, _ key: ResponseKey, freshForSeconds: Int64) async {
    var renewed = old
    renewed.storedAt = time.wallMilliseconds
    await put(renewed, key, freshForSeconds)
  }

  /// Forgets one response, in memory and in the store.
  func forget(_ key: ResponseKey) async {
    memory.remove(key)
    await store.remove(key.hash, in: key.space)
  }

  /// Forgets what is in memory, of one source or of all.
  func forget(source: String?) { memory.removeAll { source == nil || $0.source == source } }

  private func found(_ kept: CachedResponse, _ freshForSeconds: Int64) -> Found {
    let age = time.wallMilliseconds - kept.storedAt
    // An age below zero means that the clock was set back: then nobody knows how old it is.
    let life = CacheRules.lifeMilliseconds(status: kept.status, freshForSeconds: freshForSeconds)
    return (0...life).contains(age) ? .fresh(kept) : .old(kept)
  }

  private func put(_ kept: CachedResponse, _ key: ResponseKey, _ freshForSeconds: Int64) async {
    memory.insert(kept, for: key, bytes: kept.memoryBytes)
    let life = CacheRules.lifeMilliseconds(status: kept.status, freshForSeconds: freshForSeconds)
    let value = StoredValue(bytes: kept.encoded, storedAt: kept.storedAt, freshUntil: kept.storedAt + life)
    await store.store(value, for: key.hash, in: key.space)
  }
}

private struct CacheLookups: Sendable {
  let hits, misses, stale: Counter

  init(_ metrics: Metrics, tier: String) {
    func counter(_ outcome: String) -> Counter {
      metrics.counter(
        "usher_cache_lookups_total", help: "Lookups in a cache.", labels: ["tier": tier, "outcome": outcome])
    }
    hits = counter("hit")
    misses = counter("miss")
    stale = counter("stale")
  }

  /// Counts what was found, and hands it on.
  func count(_ found: ResponseCache.Found) -> ResponseCache.Found {
    switch found {
    case .fresh: hits.add()
    case .old: stale.add()
    case .nothing: misses.add()
    }
    return found
  }
}
