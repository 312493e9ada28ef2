import Support

/// A media server that scans a whole library with several workers at once, each on a connection of its own: shows and
/// films in turns, each as `PlexWalk` does it.
public struct BusyPlex: Sendable {
  /// What one scan of the library was like.
  public struct Pass: Sendable {
    public var requests = 0
    public var seconds = 0.0
    /// Of each request, ascending.
    public var milliseconds: [Double] = []
    /// The one that took the longest.
    public var slowest = (target: "", milliseconds: 0.0)
    public var episodes = 0
    /// Everything that was not as it should be, the first hundred of it.
    public var problems: [String] = []
    public var problemCount = 0

    public var requestsPerSecond: Double { seconds > 0 ? Double(requests) / seconds : 0 }

    /// The time that this share of the requests did not exceed; 0 without requests.
    public func percentile(_ share: Double) -> Double {
      milliseconds.isEmpty ? 0 : milliseconds[min(milliseconds.count - 1, Int(Double(milliseconds.count) * share))]
    }
  }

  private enum Work: Sendable {
    case show(ScanLibrary.Show)
    case film(ScanLibrary.Film)
  }

  private struct Progress {
    var next = 0
    var pass = Pass()
  }

  private let library: ScanLibrary
  private let workers: Int

  public init(_ library: ScanLibrary, workers: Int) {
    self.library = library
    self.workers = workers
  }

  /// Scans everything below `/tv` and `/movie` on `port`. Blocks until all of it is done.
  public func scan(port: UInt16) -> Pass {
    let work = inTurns()
    let progress = Lock(Progress())
    let done = Semaphore()
    let time = SystemTime()
    let start = time.monotonicNanoseconds
    for _ in 0..<workers {
      Thread.start("plex") {
        Self.run(work, progress, port: port)
        done.signal()
      }
    }
    for _ in 0..<workers { done.wait() }
    var pass = progress.withLock { $0.pass }
    pass.seconds = Double(time.monotonicNanoseconds - start) / 1e9
    pass.milliseconds.sort()
    return pass
  }

  private func inTurns() -> [Work] {
    (0..<max(library.shows.count, library.films.count)).flatMap { place -> [Work] in
      let show = library.shows.indices.contains(place) ? [Work.show(library.shows[place])] : []
      return show + (library.films.indices.contains(place) ? [Work.film(library.films[place])] : [])
    }
  }

  private static func run(_ work: [Work], _ progress: Lock<Progress>, port: UInt16) {
    var walk = PlexWalk(port: port)
    while true {
      let next = progress.withLock { progress in
        progress.next += 1
        return progress.next - 1
      }
      guard next < work.count else { break }
      switch work[next] {
      case .show(let show): walk.scan(show)
      case .film(let film): walk.scan(film)
      }
    }
    let seen = walk.seen
    progress.withLock { progress in
      progress.pass.requests += seen.requests
      progress.pass.milliseconds += seen.milliseconds
      if seen.slowest.milliseconds > progress.pass.slowest.milliseconds { progress.pass.slowest = seen.slowest }
      progress.pass.episodes += seen.episodes
      progress.pass.problemCount += seen.problemCount
      progress.pass.problems = Array((progress.pass.problems + seen.problems).prefix(100))
    }
  }
}
