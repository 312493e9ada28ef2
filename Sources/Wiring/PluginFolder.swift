import Glibc
import MetadataModel

/// The folder of a plugin's own below the data folder.
enum PluginFolder {
  /// Its absolute path; made when it is not there, and closed to everybody but its owner.
  static func path(of plugin: String, in data: String) throws(PluginError) -> String {
    let path = "\(data)/\(plugin)"
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw refusal(path, String(cString: strerror(errno))) }
    var file = stat()
    guard stat(path, &file) == 0, file.st_mode & S_IFMT == S_IFDIR else { throw refusal(path, "it is no folder") }
    guard file.st_mode & 0o077 == 0 || chmod(path, 0o700) == 0 else {
      throw refusal(path, "others may read it: \(String(cString: strerror(errno)))")
    }
    return path
  }

  private static func refusal(_ path: String, _ reason: String) -> PluginError {
    PluginError(.unavailable, "the plugin's folder \(path) cannot be used: \(reason)")
  }
}
