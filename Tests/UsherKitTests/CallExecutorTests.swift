import Foundation
import Testing

@testable import UsherKit

@Suite struct CallExecutorTests {
  /// Runs `body` on a thread of its own by a `CallExecutor`, and gives the outcome with that thread.
  private func onLentThread<Value: Sendable>(
    _ body: @escaping @Sendable () async throws -> Value
  ) async -> (Result<Value, any Error>, thread: UInt) {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        let result = CallExecutor().run(isCancelled: { false }, body)
        continuation.resume(returning: (result, currentThread()))
      }
    }
  }

  @Test func asynchronousWorkStaysOnTheLentThread() async throws {
    let (result, thread) = await onLentThread {
      var threads = [currentThread()]
      async let first = nonisolatedThread()
      async let second = nonisolatedThread()
      threads += await [first, second]
      threads += await withTaskGroup(of: UInt.self) { group in
        for _ in 0..<10 { group.addTask { await nonisolatedThread() } }
        return await group.reduce(into: []) { $0.append($1) }
      }
      threads.append(await Counter().thread())
      try await Task.sleep(for: .milliseconds(5))
      threads.append(currentThread())
      await withCheckedContinuation { continuation in Thread.detachNewThread { continuation.resume() } }
      threads.append(currentThread())
      return threads
    }
    #expect(Set(try result.get()) == [thread])
  }

  @Test func anActorSharedByManyCallsServesThemAll() async throws {
    let counter = Counter()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<16 {
        group.addTask {
          _ = await onLentThread { for _ in 0..<200 { await counter.count() } }
        }
      }
    }
    #expect(await counter.value == 3200)
  }

  @Test func anErrorComesOutAsItWasThrown() async {
    let (result, _) = await onLentThread { () async throws -> Int in throw Unexpected() }
    #expect(throws: Unexpected.self) { try result.get() }
  }

  @Test func manyCallsWithParallelWorkAllEnd() async {
    let sums = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask {
          let (result, _) = await onLentThread {
            var sum = 0
            for _ in 0..<100 {
              async let one = later(1)
              async let two = later(2)
              sum += await one + two
            }
            return sum
          }
          return (try? result.get()) ?? 0
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(sums == Array(repeating: 300, count: 8))
  }
}

private func nonisolatedThread() async -> UInt {
  await Task.yield()
  return currentThread()
}

/// Resumed from the shared pool, as a host's `done` resumes from its own threads.
private func later(_ value: Int) async -> Int {
  await withCheckedContinuation { continuation in Task.detached { continuation.resume(returning: value) } }
}

private actor Counter {
  private(set) var value = 0
  func count() { value += 1 }
  func thread() -> UInt { currentThread() }
}
