import FoundationEssentials

/// What the machine kept this process waiting for: a plugin is not to blame for a busy processor.
enum RunQueue {
  /// Nanoseconds that the threads alive now were ready to run and waited for a processor, since they began
  /// (`/proc/self/task/*/schedstat`, second number); 0 on a kernel that does not count them.
  static var waitedNanoseconds: Int64 {
    let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
    return tasks.reduce(0) { sum, task in
      let line = try? String(contentsOfFile: "/proc/self/task/\(task)/schedstat", encoding: .utf8)
      return sum + (line?.split(separator: " ").dropFirst().first.flatMap { Int64($0) } ?? 0)
    }
  }
}
