import CCurl

/// Moments as HTTP writes them, in each of the forms that RFC 9110 §5.6.7 has a recipient accept.
public enum HTTPDate {
  /// Seconds since 1970; nil for what is no such date, and for one before 1970.
  public static func seconds(_ text: String) -> Int64? {
    let seconds = Int64(curl_getdate(text, nil))
    return seconds > 0 ? seconds : nil
  }
}
