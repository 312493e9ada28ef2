extension Array where Element: Sendable {
  /// What `work` gives for each element, in order, with so many under way at a time.
  package func concurrently<Result: Sendable>(
    atMost limit: Int, _ work: @escaping @Sendable (Element) async -> Result
  ) async -> [Result] {
    await withTaskGroup(of: (Int, Result).self) { group in
      var results = [Result?](repeating: nil, count: count)
      for (index, element) in enumerated() {
        if index >= limit, let (done, result) = await group.next() { results[done] = result }
        group.addTask { (index, await work(element)) }
      }
      for await (done, result) in group { results[done] = result }
      return results.compactMap { $0 }
    }
  }
}
