import Glibc

/// How many files and sockets the process may have open at once.
public enum DescriptorLimit {
  /// Raises it to what the system allows the process, up to more than a server with its usual options needs. The usual
  /// 1,024 would end at half of the connections that a big house makes.
  public static func raise() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = max(limit.rlim_cur, min(limit.rlim_max, 16_384))
    _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
