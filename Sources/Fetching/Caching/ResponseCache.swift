import Support
import Transport

/// Keeps responses of GET requests: in memory those used last, in the store all of them.
final class ResponseCache: Sendable {
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

  /// What is kept for `request` and was stored at most `freshForSeconds` ago.
  func response(for request: UpstreamRequest, _ key: ResponseKey, freshForSeconds: Int64) async -> CachedResponse? {
    func fits(_ kept: CachedResponse) -> Bool {
      let age = time.wallMilliseconds - kept.storedAt
      // An age below zero means that the clock was set back: then nobody knows how old it is.
      return kept.url == request.url.withoutQuery && age >= 0
        && age <= CacheRules.lifeMilliseconds(status: kept.status, freshForSeconds: freshForSeconds)
    }
    if let kept = memory.value(for: key) {
      // What the store has is not younger.
      return memoryLookups.count(fits(kept) ? kept : nil)
    }
    _ = memoryLookups.count(nil as CachedResponse?)
    guard let value = await store.value(for: key.hash, in: key.space),
      let kept = CachedResponse(decoding: value.bytes, storedAt: value.storedAt), fits(kept)
    else { return storeLookups.count(nil) }
    memory.insert(kept, for: key, bytes: kept.memoryBytes)
    return storeLookups.count(kept)
  }

  /// Keeps `response` when the rules allow it.
  func keep(
    _ response: ClientResponse, for request: UpstreamRequest, _ key: ResponseKey, freshForSeconds: Int64
  ) async {
    let accept = request.headers.first { $0.name.lowercased() == "accept" }?.value.lowercased()
    guard CacheRules.mayKeep(response, accept: accept) else { return }
    let now = time.wallMilliseconds
    let kept = CachedResponse(response, url: request.url.withoutQuery, storedAt: now)
    memory.insert(kept, for: key, bytes: kept.memoryBytes)
    let life = CacheRules.lifeMilliseconds(status: response.status, freshForSeconds: freshForSeconds)
    let value = StoredValue(bytes: kept.encoded, storedAt: now, freshUntil: now + life)
    await store.store(value, for: key.hash, in: key.space)
  }

  /// Forgets what is in memory, of one source or of all.
  func forget(source: String?) { memory.removeAll { source == nil || $0.source == source } }
}

private struct CacheLookups: Sendable {
  let hits: Counter
  let misses: Counter

  init(_ metrics: Metrics, tier: String) {
    func counter(_ outcome: String) -> Counter {
      metrics.counter(
        "usher_cache_lookups_total", help: "Lookups in a cache.", labels: ["tier": tier, "outcome": outcome])
    }
    hits = counter("hit")
    misses = counter("miss")
  }

  /// Counts whether there is a value, and hands it on.
  func count<Value>(_ value: Value?) -> Value? {
    (value == nil ? misses : hits).add()
    return value
  }
}
