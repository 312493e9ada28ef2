/// Plugins whose one command `go` does what a test says, in C.
extension PluginText {
  /// `emit(call, text)`, `heard` (the host), `call` and `request` are at hand in `run`.
  static func commands(
    run: String, commands: String = #"[{"name":"go","summary":"Goes.","words":[{"name":"n","type":"integer"}]}]"#,
    more: String = #","userHosts":true"#, interfaces: String = #"["commands/1"]"#,
    declarations: String = ""
  ) -> PluginText {
    var text = PluginText()
    text.minor = 1
    text.manifest =
      #"{"id":"sample","version":"1.0.0","interfaces":\#(interfaces),"kinds":["movie"],"commands":\#(commands)\#(more)}"#
    text.getInterface =
      "if (!strcmp(id, USHER_COMMANDS)) return &commands; return strcmp(id, USHER_METADATA_SOURCE) ? NULL : &source;"
    text.declarations = #"""
      static inline int emit(const usher_host *host, usher_call *call, const char *event) {
        const usher_command_output *output = host->get_service(host, USHER_COMMAND_OUTPUT);
        return output->emit(call, (usher_bytes){(const uint8_t *)event, strlen(event)});
      }
      static inline void keep(void *context, usher_status status, usher_bytes value) {
        snprintf(context, 400, "{\"event\":\"text\",\"text\":\"%d %.*s\"}", status, (int)value.size, value.data);
      }
      static inline void keep_http(void *context, usher_status status, int32_t code, usher_bytes headers, usher_bytes body) {
        (void)headers;
        snprintf(context, 400, "{\"event\":\"text\",\"text\":\"%d %d %.*s\"}", status, code, (int)body.size, body.data);
      }
      """# + declarations + #"""

        static usher_status run(void *instance, usher_call *call, usher_bytes request) {
          const usher_host *heard = instance;
          (void)heard; (void)call; (void)request;
        """# + run + "\n}\nstatic const usher_commands commands = {.struct_size = sizeof commands, .run = run};\n"
    return text
  }

  /// Refuses what is not `go`, as every command plugin must.
  static let refusesOthers =
    #"char text[200] = {0}; memcpy(text, request.data, request.size < 199 ? request.size : 199); "#
    + #"if (!strstr(text, "\"command\":\"go\"")) { say(instance, call, "what?"); return USHER_BAD_REQUEST; } "#
}

extension Breach {
  static let soundCommands = PluginText.commands(
    run: PluginText.refusesOthers + #"return emit(heard, call, "{\"event\":\"text\",\"text\":\"gone\"}");"#)

  static let commands: [Breach] = [
    Breach(
      check: "unknown-command", text: .commands(run: "return USHER_OK;"), says: "run with '' gave success"),
    Breach(
      check: "command-events",
      text: .commands(
        run: PluginText.refusesOthers + #"emit(heard, call, "{\"event\":\"dance\"}"); return USHER_OK;"#),
      says: "'go': plugin 'sample' emitted an event that cannot be understood"),
    Breach(
      check: "command-events", text: .commands(run: PluginText.refusesOthers + "return USHER_UNAVAILABLE;"),
      says: "gave no sentence"),
    Breach(
      check: "command-stops",
      text: .commands(run: PluginText.refusesOthers + #"usleep(1400000); return USHER_OK;"#),
      says: "after it was cancelled"),
  ]
}
