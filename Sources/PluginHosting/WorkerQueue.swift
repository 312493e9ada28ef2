import Support

/// Who waits for a thread of a pool, who has one, and whose turn it is: the most urgent first, in the order of coming
/// among equals. A value; whoever holds it locks.
///
/// Some threads stay free. What belongs to a provider may hold at most as many as are left for all others (one provider
/// half of them, the next one half of the rest), so that there is one for the next provider, however slow the sources of
/// this one are: a front says who waits only once it has a thread and has read the request. Of the threads of a source
/// the last eighth is for people, the last quarter not for what nobody waits for.
struct WorkerQueue {
  private let threads: Int
  private let maximumWaiting: Int
  private var waiting: [WorkerPool.Job] = []
  private var busy = 0
  private var held: [String: Int] = [:]

  init(threads: Int, maximumWaiting: Int) {
    self.threads = threads
    self.maximumWaiting = maximumWaiting
  }

  /// Takes `job` in; false when it may not run now and too many wait already. `unwanted` are those that gave up their
  /// places for it, because nobody waits for them any more.
  mutating func append(_ job: WorkerPool.Job) -> (isTaken: Bool, unwanted: [WorkerPool.Job]) {
    var unwanted: [WorkerPool.Job] = []
    let places = maximumWaiting - (job.urgency.current == .background ? maximumWaiting / 4 : 0)
    if waiting.count >= places, !mayRun(job) {
      let all = waiting
      waiting = []
      for job in all { if job.isWanted() { waiting.append(job) } else { unwanted.append(job) } }
      guard waiting.count < places else { return (false, unwanted) }
    }
    waiting.append(job)
    return (true, unwanted)
  }

  /// Takes out the one whose turn it is; it has a thread from now on, until `leave`. Nil when nobody waits who may have
  /// one. `all`: whoever waits may.
  mutating func next(all: Bool) -> WorkerPool.Job? {
    guard !waiting.isEmpty, busy < threads || all else { return nil }
    var first: (index: Int, urgency: Urgency)?
    for (index, job) in waiting.enumerated() {
      let urgency = job.urgency.current
      guard first.map({ $0.urgency < urgency }) ?? true, all || mayRun(job) else { continue }
      first = (index, urgency)
      if urgency == .interactive { break }
    }
    guard let first else { return nil }
    let job = waiting.remove(at: first.index)
    busy += 1
    if let owner = job.owner { held[owner, default: 0] += 1 }
    return job
  }

  /// `job` has given its thread back.
  mutating func leave(_ job: WorkerPool.Job) {
    busy -= 1
    if let owner = job.owner { held[owner, default: 0] -= 1 }
  }

  private func mayRun(_ job: WorkerPool.Job) -> Bool {
    let free = threads - busy
    if let owner = job.owner { return held[owner, default: 0] < free }
    return switch job.urgency.current {
    case .background: free > threads / 4
    case .normal: free > threads / 8
    case .interactive: free > 0
    }
  }
}
