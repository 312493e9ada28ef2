import CSupport
import Glibc

/// Says which plugin was running when the process died of a signal.
public enum CrashRecord {
  /// Crashes inside a plugin write its name, a line each, to `descriptor` from now on.
  public static func install(descriptor: Int32) { install(descriptor: descriptor, before: "", after: "\n") }

  /// The same with a text before and after the name.
  public static func install(descriptor: Int32, before: String, after: String) {
    // Never freed: a signal handler may need them at any time.
    usher_crash_record_install(descriptor, strdup(before), strdup(after))
  }

  /// Marks the calling thread as inside `plugin` while `body` runs. `plugin` must point to text that is never freed.
  public static func inside<Result>(_ plugin: UnsafePointer<CChar>, _ body: () -> Result) -> Result {
    let before = usher_crash_record_enter(plugin)
    defer { _ = usher_crash_record_enter(before) }
    return body()
  }

  /// Runs `body` with a signal stack for this thread, so that running out of stack inside a plugin is recorded too.
  public static func guardingStack(_ body: () -> Void) {
    let stack = usher_crash_record_guard()
    defer { usher_crash_record_unguard(stack) }
    body()
  }
}
