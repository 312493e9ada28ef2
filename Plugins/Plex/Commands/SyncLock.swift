import Glibc
import PlexServers

/// Keeps two programs from walking the same libraries at once; the system lets go of it when a program ends.
final class SyncLock {
  private let descriptor: Int32

  /// Throws when another program syncs into the same folder.
  init(folder: String) throws(PlexError) {
    descriptor = open(folder + "/sync.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw PlexError(.badRequest, "\(folder)/sync.lock cannot be made: error \(errno)") }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw PlexError(.conflict, "another 'usher plex sync' is under way; wait for its end")
    }
  }

  deinit { close(descriptor) }
}
