import FoundationEssentials
package import PluginLoading

/// Finds plugin libraries: beside the program, then in `USHER_PLUGIN_PATH`, then beside plugins.json.
package struct PluginLibraries {
  /// Absolute folders, in the order of the search.
  let folders: [String]

  init(programFolder: String, searchPath: String?, configurationFolder: String) {
    let extra = (searchPath ?? "").split(separator: ":").map(String.init)
    folders = [programFolder] + extra + [configurationFolder]
  }

  /// The library named in plugins.json, or `lib<id>.so` with the id in any case. When there is none the path where it
  /// was looked for first, so that loading fails with a sentence about it.
  func path(of id: String, library: String?) -> String {
    if let library, library.hasPrefix("/") { return library }
    let wanted = library ?? "lib\(id).so"
    for folder in folders {
      if let library {
        if FileManager.default.fileExists(atPath: "\(folder)/\(library)") { return "\(folder)/\(library)" }
      } else if let name = names(in: folder).first(where: { $0.lowercased() == wanted }) {
        return "\(folder)/\(name)"
      }
    }
    return "\(folders[0])/\(wanted)"
  }

  /// Every library whose name could be that of a plugin, under the id that it would have.
  package var all: [PluginEntry] {
    var known: Set<String> = []
    return folders.flatMap { folder in
      names(in: folder).filter { $0.hasPrefix("lib") && $0.hasSuffix(".so") }.compactMap { name in
        let id = name.dropFirst(3).dropLast(3).lowercased()
        guard PluginLibrary.isID(id), known.insert(id).inserted else { return nil }
        return PluginEntry(id: id, library: "\(folder)/\(name)")
      }
    }
  }

  private func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }
}
