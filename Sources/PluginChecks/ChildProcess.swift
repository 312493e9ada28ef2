import Glibc
import Support

/// A program run to its end, or to the end of patience.
enum ChildProcess {
  enum End: Sendable, Equatable {
    case exited(Int32)
    case signalled(Int32)
    case hung(milliseconds: Int64)
    case notStarted(reason: String)
  }

  struct Outcome: Sendable, Equatable {
    var end: End
    /// What it printed, at most 64 KiB.
    var output: String

    /// Whether the check passed, and what to say of it.
    var verdict: (passed: Bool, detail: String) {
      let text = output.split(whereSeparator: \.isNewline).joined(separator: " ")
      switch end {
      case .exited(0): return (true, text)
      case .exited(1): return (false, text)
      case .exited(let status): return (false, "the check ended with exit status \(status): \(text)")
      case .signalled(let signal):
        return (false, "the plugin crashed the process: \(String(cString: strsignal(signal)))")
      case .hung(let milliseconds): return (false, "the plugin did not come back within \(milliseconds / 1000) s")
      case .notStarted(let reason): return (false, "the check could not be started: \(reason)")
      }
    }
  }

  /// Runs `arguments[0]` with this process's environment. Its standard error is dropped. Blocks.
  static func run(_ arguments: [String], timeoutMilliseconds: Int64) -> Outcome {
    var pipe: [Int32] = [-1, -1]
    guard Glibc.pipe(&pipe) == 0 else { return failure(errno) }
    for end in pipe { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(pipe[0]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, pipe[1], 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var child: pid_t = 0
    var texts = arguments.map { strdup($0) }
    texts.append(nil)
    defer { for text in texts { free(text) } }
    let status = posix_spawn(&child, arguments[0], &actions, nil, texts, environ)
    close(pipe[1])
    guard status == 0 else { return failure(status) }

    let deadline = Deadline.after(milliseconds: timeoutMilliseconds, SystemTime())
    let output = read(pipe[0], until: deadline)
    let end = wait(for: child, until: deadline) ?? .hung(milliseconds: timeoutMilliseconds)
    return Outcome(end: end, output: String(decoding: output, as: UTF8.self))
  }

  private static func failure(_ number: Int32) -> Outcome {
    Outcome(end: .notStarted(reason: String(cString: strerror(number))), output: "")
  }

  /// All that is written until the other end closes or the deadline passes.
  private static func read(_ descriptor: Int32, until deadline: Deadline) -> [UInt8] {
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let count = poll(&ready, 1, Int32(clamping: deadline.remainingMilliseconds(SystemTime())))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return output }
      let size = Glibc.read(descriptor, &chunk, chunk.count)
      guard size > 0 else { return output }
      if output.count < 65_536 { output += chunk[..<size] }
    }
  }

  /// Nil when it had to be killed.
  private static func wait(for child: pid_t, until deadline: Deadline) -> End? {
    var status: Int32 = 0
    while waitpid(child, &status, WNOHANG) == 0 {
      guard deadline.remainingMilliseconds(SystemTime()) > 0 else {
        kill(child, SIGKILL)
        waitpid(child, &status, 0)
        return nil
      }
      poll(nil, 0, 2)
    }
    let signal = status & 0x7F
    return signal == 0 ? .exited((status >> 8) & 0xFF) : .signalled(signal)
  }
}
