import Foundation
import TestSupport

/// A plugin in C whose commands do one thing each, good or bad; built once.
enum CommandProbe {
  /// Folder of `libCommandProbe.so`, for USHER_PLUGIN_PATH.
  static func folder() throws -> String { try built.get() }

  /// What the compiler said stands on standard error.
  private struct DoesNotCompile: Error {}

  private static let built = Result { try build() }

  private static func build() throws -> String {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("usher-probe-\(getpid())")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    let source = folder.appendingPathComponent("probe.c")
    try text.write(to: source, atomically: true, encoding: .utf8)
    let compiler = Process()
    compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    compiler.arguments = [
      "cc", "-shared", "-fPIC", "-O1", "-std=gnu11", "-Wall", "-Werror", "-I",
      UsherProgram.repository.appendingPathComponent("Sources/CUsher/include").path, "-o",
      folder.appendingPathComponent("libCommandProbe.so").path, source.path,
    ]
    try compiler.run()
    compiler.waitUntilExit()
    guard compiler.terminationStatus == 0 else { throw DoesNotCompile() }
    return folder.path
  }

  private static let manifest = #"""
    {"id":"commandprobe","version":"1.0.0","title":"Probe","interfaces":["commands/1"],"userHosts":true,
     "rateLimit":{"perSecond":100,"burst":100},
     "commands":[
      {"name":"hello","summary":"Says hello.","options":[{"name":"loud","type":"flag","help":"louder"}]},
      {"name":"bars","summary":"Moves a bar."},
      {"name":"crash","summary":"Crashes."},
      {"name":"wait","summary":"Waits for the end."},
      {"name":"stuck","summary":"Minds no end."},
      {"name":"forever","summary":"Talks without end."},
      {"name":"wrong","summary":"Says what cannot be understood."},
      {"name":"refuse","summary":"Finds the arguments wrong."},
      {"name":"folder","summary":"Tells its folder."},
      {"name":"lines","summary":"Runs on.","streams":true},
      {"name":"fetch","summary":"Asks a server.","words":[{"name":"url","type":"text","required":true,"help":"where"}],
       "options":[{"name":"forbidden","type":"flag","help":"without permission"},
        {"name":"token","type":"secret","help":"the token"}]}]}
    """#

  private static var text: String {
    let quoted = manifest.replacingOccurrences(of: "\"", with: "\\\"").replacingOccurrences(of: "\n", with: " ")
    return ##"""
      #include "usher.h"
      #include <stdio.h>
      #include <string.h>
      #include <unistd.h>

      static const usher_command_output *output;
      static const usher_host *host;
      static usher_bytes bytes(const char *text) { return (usher_bytes){(const uint8_t *)text, strlen(text)}; }
      static usher_status emit(usher_call *call, const char *event) { return output->emit(call, bytes(event)); }
      static void say(void *context, usher_status status, usher_bytes value) {
        char event[600];
        snprintf(event, sizeof event, "{\"event\":\"text\",\"text\":\"%d %.*s\"}", status, (int)value.size, value.data);
        emit(context, event);
      }
      static void answered(void *context, usher_status status, int32_t code, usher_bytes headers, usher_bytes body) {
        (void)headers;
        char event[600];
        snprintf(event, sizeof event, "{\"event\":\"text\",\"text\":\"%d %d %.*s\"}", status, code, (int)body.size, body.data);
        emit(context, event);
      }
      /* The text of a member, without escapes. */
      static void member(usher_bytes request, const char *name, char *value, size_t size) {
        char all[2000] = {0}, key[40];
        memcpy(all, request.data, request.size < 1999 ? request.size : 1999);
        snprintf(key, sizeof key, "\"%s\":\"", name);
        char *at = strstr(all, key);
        value[0] = 0;
        if (at) snprintf(value, size, "%.*s", (int)strcspn(at + strlen(key), "\""), at + strlen(key));
      }
      static usher_status run(void *instance, usher_call *call, usher_bytes request) {
        (void)instance;
        char name[40], url[300], token[100], header[200], event[200];
        member(request, "command", name, sizeof name);
        if (!strcmp(name, "hello")) {
          emit(call, "{\"event\":\"note\",\"text\":\"a note\"}");
          emit(call, "{\"event\":\"warning\",\"text\":\"be\\u001b[31mware\"}");
          emit(call, "{\"event\":\"text\",\"text\":\"hello\"}");
          emit(call, "{\"event\":\"value\",\"value\":{\"hello\":[1,null,true]}}");
          return USHER_OK;
        }
        if (!strcmp(name, "bars")) {
          for (int i = 0; i <= 10; i++) {
            snprintf(event, sizeof event, "{\"event\":\"progress\",\"id\":\"a\",\"label\":\"Items\",\"done\":%d,\"total\":10,"
              "\"unit\":\"items\",\"finished\":%s}", i, i == 10 ? "true" : "false");
            emit(call, event);
          }
          emit(call, "{\"event\":\"text\",\"text\":\"done\"}");
          return USHER_OK;
        }
        if (!strcmp(name, "lines")) {
          emit(call, "{\"event\":\"value\",\"value\":{\"n\":1}}");
          emit(call, "{\"event\":\"value\",\"value\":{\"n\":2}}");
          return USHER_OK;
        }
        while (!strcmp(name, "forever")) {
          if (emit(call, "{\"event\":\"text\",\"text\":\"more\"}") != USHER_OK) return USHER_CANCELLED;
        }
        if (!strcmp(name, "crash")) {
          int *volatile nowhere = NULL;
          *nowhere = 1;
        }
        if (!strcmp(name, "wait") || !strcmp(name, "stuck")) {
          emit(call, "{\"event\":\"text\",\"text\":\"waiting\"}");
          while (!strcmp(name, "stuck") || !host->is_cancelled(call)) usleep(5000);
          host->reply(call, bytes("told to stop"));
          return USHER_CANCELLED;
        }
        if (!strcmp(name, "wrong")) {
          emit(call, "{\"event\":\"dance\"}");
          return USHER_OK;
        }
        if (!strcmp(name, "refuse")) {
          host->reply(call, bytes("these two do not go together"));
          return USHER_BAD_REQUEST;
        }
        if (!strcmp(name, "folder")) {
          const usher_data_directory *directory = host->get_service(host, USHER_DATA_DIRECTORY);
          directory->path(host, say, call);
          return USHER_OK;
        }
        member(request, "url", url, sizeof url);
        member(request, "token", token, sizeof token);
        snprintf(header, sizeof header, "X-Token: %s\n", token);
        const usher_user_hosts *hosts = host->get_service(host, USHER_USER_HOSTS);
        char all[2000] = {0};
        memcpy(all, request.data, request.size < 1999 ? request.size : 1999);
        if (!strstr(all, "\"forbidden\":true")) hosts->allow(host, call, url, say, call);
        usher_http_request put = {.struct_size = sizeof put, .method = "PUT", .url = url, .headers = bytes(header),
                                  .body = bytes("a body"), .timeout_ms = 30000};
        host->http_wait(host, call, &put, answered, call);
        return USHER_OK;
      }
      static const usher_commands commands = {.struct_size = sizeof commands, .run = run};
      static usher_status open_plugin(const usher_plugin *p, const usher_host *given, void **instance, char *why,
                                      size_t size) {
        (void)p; (void)why; (void)size;
        host = given;
        output = given->get_service(given, USHER_COMMAND_OUTPUT);
        *instance = (void *)given;
        return USHER_OK;
      }
      static void close_plugin(void *instance) { (void)instance; }
      static const void *get_interface(void *instance, const char *id) {
        (void)instance;
        return strcmp(id, USHER_COMMANDS) == 0 ? &commands : NULL;
      }
      static const usher_plugin plugin = {sizeof plugin, 1, "commandprobe", "1.0.0", "\##(quoted)", NULL, open_plugin,
                                          close_plugin, get_interface};
      USHER_PLUGIN(commandprobe) { (void)host_abi_minor; return &plugin; }
      """##
  }
}
