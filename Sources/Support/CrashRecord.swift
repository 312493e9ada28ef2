import CSupport

/// Says which plugin was running when the process died of a signal.
public enum CrashRecord {
  /// Crashes inside a plugin write its name to `descriptor` from now on.
  public static func install(descriptor: Int32) { usher_crash_record_install(descriptor) }

  /// Marks the calling thread as inside `plugin` while `body` runs. `plugin` must point to text that is never freed.
  public static func inside<Result>(_ plugin: UnsafePointer<CChar>, _ body: () -> Result) -> Result {
    usher_crash_record_enter(plugin)
    defer { usher_crash_record_enter(nil) }
    return body()
  }
}
