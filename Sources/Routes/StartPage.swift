import Configuration
import PluginHosting

/// The short page that a person sees at `/`: what to paste into the media server, and how the plugins are.
struct StartPage {
  let base: String
  let version: String
  let providers: [ProviderConfiguration]
  let plugins: [PluginStatus]

  var html: String {
    """
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Usher</title>
    <style>
    body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 3rem auto; padding: 0 1rem; }
    table { border-collapse: collapse; width: 100%; } td, th { text-align: left; padding: .3rem .6rem .3rem 0; }
    code { background: #8882; padding: .1rem .3rem; border-radius: .2rem; } :root { color-scheme: light dark; }
    </style>
    <h1>Usher \(version)</h1>
    <p>In Plex: Settings → Metadata Agents → Add Provider, and paste one of these.</p>
    <table><tr><th>Provider</th><th>URL</th><th>Sources</th></tr>
    \(providers.map(row).joined(separator: "\n"))
    </table>
    <h2>Plugins</h2>
    <table><tr><th>Plugin</th><th>State</th><th></th></tr>
    \(plugins.map(row).joined(separator: "\n"))
    </table>
    <p><a href="/health">health</a> · <a href="/metrics">metrics</a></p>
    </html>

    """
  }

  private func row(_ provider: ProviderConfiguration) -> String {
    let sources = Self.escaped(provider.sources.joined(separator: ", "))
    return
      "<tr><td>\(Self.escaped(provider.title))</td><td><code>\(Self.escaped(base + provider.shownRoot))</code></td>"
      + "<td>\(sources)</td></tr>"
  }

  private func row(_ plugin: PluginStatus) -> String {
    let title = plugin.manifest?.title ?? plugin.id
    let attribution = plugin.manifest?.attribution?.text ?? ""
    let note = plugin.reason.isEmpty ? attribution : plugin.reason
    return "<tr><td>\(Self.escaped(title))</td><td>\(plugin.state.rawValue)</td><td>\(Self.escaped(note))</td></tr>"
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
