import Foundation
import Support
import Testing

@testable import PluginChecks

/// A plugin that breaks exactly one rule, and the check that must notice.
struct Breach: Sendable, CustomTestStringConvertible {
  var check: String
  var text: PluginText
  var says: String
  var testDescription: String { check }

  private static let ask = #"""
    static inline void keep(void *context, usher_status status, int32_t code, usher_bytes headers, usher_bytes body) {
      (void)headers; (void)body;
      *(int *)context = status == USHER_OK ? code : -status;
    }
    static inline int get(const usher_host *host, usher_call *call, const char *url) {
      int code = 0;
      usher_http_request request = {.struct_size = sizeof request, .method = "GET", .url = url};
      host->http_wait(host, call, &request, keep, &code);
      return code;
    }
    """#
  /// Refuses what is no object with a text of that name, which begins as given, then asks the service.
  private static func answer(needing start: String) -> String {
    #"""
    char text[300] = {0};
    memcpy(text, request.data, request.size < 299 ? request.size : 299);
    if (!strstr(text, "\#(start)") || !strchr(text, '}')) {
      say(instance, call, "bad");
      return USHER_BAD_REQUEST;
    }
    int code = get(instance, call, "https://api.example.org/x");
    if (code < 0) { say(instance, call, "cancelled"); return USHER_CANCELLED; }
    say(instance, call, "the service is down");
    return USHER_UNAVAILABLE;
    """#
  }

  private static let fetch =
    "static inline usher_status fetch(void *instance, usher_call *call, usher_bytes request) {"
    + answer(needing: #"\"id\":\"sample-"#) + "}"

  static let sound = PluginText(
    operations: ".match = match, .fetch = fetch", match: answer(needing: #"\"kind\":\""#), declarations: ask + fetch)

  private static func changed(_ change: (inout PluginText) -> Void) -> PluginText {
    var text = sound
    change(&text)
    return text
  }

  static let all = sources + commands

  private static let sources: [Breach] = [
    Breach(
      check: "one-entry",
      text: changed { $0.declarations += "USHER_EXPORT int usher_plugin_v1_more; int usher_plugin_v1_more;" },
      says: "usher_plugin_v1_more"),
    Breach(
      check: "loads",
      text: changed {
        $0.id = "other"; $0.entryID = "sample"
      }, says: "it is 'other'"),
    Breach(
      check: "any-minor", text: changed { $0.entry = "return host_abi_minor < 5 ? &plugin : NULL;" }, says: "1.1000"),
    Breach(
      check: "load-time", text: changed { $0.open = "usleep(150000); *instance = (void *)host; return USHER_OK;" },
      says: "it took "),
    Breach(
      check: "open-is-local",
      text: changed {
        $0.open = #"get(host, NULL, "https://api.example.org/"); *instance = (void *)host; return USHER_OK;"#
      },
      says: "without a call"),
    Breach(
      check: "open-twice",
      text: changed {
        $0.open =
          #"static int times; if (times++) { snprintf(why, why_size, "busy"); return USHER_FAULT; } "#
          + "*instance = (void *)host; return USHER_OK;"
      }, says: "the second time it fails with status 7: busy"),
    Breach(
      check: "unknown-interface",
      text: changed { $0.getInterface = "return strncmp(id, USHER_METADATA_SOURCE, 17) == 0 ? &source : NULL;" },
      says: "'metadata-source/1x'"),
    Breach(
      check: "valid-replies",
      text: changed { $0.match = #"(void)request; return say(instance, call, "{\"candidates\":7}");"# },
      says: "candidates"),
    Breach(
      check: "valid-replies", text: changed { $0.match = "(void)request; return USHER_UNAVAILABLE;" },
      says: "gave no sentence"),
    Breach(
      check: "unknown-items",
      text: changed {
        $0.operations = PluginText().operations
        $0.match =
          #"(void)request; get(instance, call, "https://api.example.org/"); "#
          + #"return say(instance, call, "{\"id\":\"sample-movie-1\",\"title\":\"A\"}");"#
      }, says: "nobody knows that item"),
    Breach(
      check: "malformed-requests",
      text: changed { $0.match = #"(void)request; return say(instance, call, "{\"candidates\":[]}");"# },
      says: "match with '' gave success, expected BAD_REQUEST"),
    Breach(
      check: "malformed-requests", text: changed { $0.operations = PluginText().operations },
      says: #"fetch with '{"kind":"movie"}' gave unavailable, expected BAD_REQUEST"#),
    Breach(
      check: "unknown-members",
      text: changed {
        $0.match =
          #"if (request.size > 60) return USHER_BAD_REQUEST; return say(instance, call, "{\"candidates\":[]}");"#
      },
      says: "gave badRequest with"),
    Breach(
      check: "allowed-hosts",
      text: changed {
        $0.match = #"(void)request; get(instance, call, "https://elsewhere.example.org/?key=1"); return USHER_FAULT;"#
      },
      says: "https://elsewhere.example.org/, whose host"),
    Breach(
      check: "cancelled-call", text: changed { $0.match = "(void)request; usleep(80000); return USHER_CANCELLED;" },
      says: "took "),
    Breach(
      check: "deadline", text: changed { $0.match = "(void)request; usleep(1300000); return USHER_CANCELLED;" },
      says: "its deadline was 100 ms"),
    Breach(
      check: "eight-calls",
      text: changed {
        $0.declarations += " static int busy;"
        $0.match =
          #"(void)request; int n = __atomic_add_fetch(&busy, 1, __ATOMIC_SEQ_CST); usleep(20000); "#
          + #"__atomic_sub_fetch(&busy, 1, __ATOMIC_SEQ_CST); say(instance, call, "busy"); "#
          + "return n > 1 ? USHER_FAULT : USHER_UNAVAILABLE;"
      }, says: "busy"),
  ]
}

struct PluginCheckerTests {
  @Test("A sound plugin passes every check", arguments: PluginChecker.checks.map(\.name))
  func sound(_ name: String) async throws {
    let library = try await built(Breach.sound)
    // How long loading takes on a busy machine is not this test's matter.
    guard name != "load-time" else { return }
    let result = await blocking { PluginChecker.runOne(name, library: library) }
    #expect(result.passed, "\(result.detail)")
  }

  @Test("A plugin that breaks a rule fails its check with a sentence", arguments: Breach.all)
  func broken(_ breach: Breach) async throws {
    let library = try await built(breach.text)
    let result = await blocking { PluginChecker.runOne(breach.check, library: library) }
    #expect(!result.passed)
    #expect(result.detail.contains(breach.says), "\(result.detail)")
  }

  @Test func everyCheckHasABreachThatItNotices() {
    #expect(Set(Breach.all.map(\.check)) == Set(PluginChecker.checks.map(\.name)))
  }

  @Test func anUnknownCheckIsToldWithTheKnownOnes() {
    #expect(
      PluginChecker.runOne("x", library: "/x").detail.contains("there is no check 'x'; there are one-entry, loads"))
  }

  /// A program of the shape of `usher check LIBRARY --only NAME`.
  private func program(_ script: String) async throws -> String {
    try await blocking { () throws in
      let path = BuiltPlugin.path(".sh")
      // A shell writes it: a file that this process has open for writing may be passed on to a child that another test
      // starts meanwhile, and cannot be run until that child lets go of it.
      let writer = Process()
      writer.executableURL = URL(fileURLWithPath: "/bin/sh")
      writer.arguments = ["-c", #"printf '#!/bin/sh\n%s\n' "$1" > "$0""#, path, script]
      try writer.run()
      writer.waitUntilExit()
      chmod(path, 0o755)
      return path
    }
  }

  @Test func eachCheckRunsInAChildThatMayCrashOrHang() async throws {
    let program = try await program(
      """
      [ "$1 $2 $3" = "check /lib.so --only" ] || exit 3
      case $4 in
        one-entry) echo fine; exit 0;;
        any-minor) echo odd; exit 1;;
        load-time) kill -SEGV $$;;
        deadline) exec sleep 60;;
        eight-calls) exit 7;;
      esac
      """)
    let results = await blocking {
      PluginChecker.runAll(library: "/lib.so", program: program, timeoutMilliseconds: 1000)
    }
    let details = Dictionary(uniqueKeysWithValues: results.map { ($0.name, "\($0.passed) \($0.detail)") })
    #expect(results.map(\.name) == PluginChecker.checks.map(\.name))
    #expect(details["one-entry"] == "true fine")
    #expect(details["any-minor"] == "false odd")
    #expect(details["load-time"] == "false the plugin crashed the process: Segmentation fault")
    #expect(details["deadline"] == "false the plugin did not come back within 1 s")
    #expect(details["eight-calls"]?.hasPrefix("false the check ended with exit status 7") == true)
    #expect(details["loads"] == "true ")
  }

  @Test func theBestOfThreeLoadsCounts() async throws {
    let program = try await program(
      """
      [ $4 = load-time ] || exit 0
      echo x >> "$0.tries"
      [ $(wc -l < "$0.tries") -eq 3 ]
      """)
    let results = await blocking { PluginChecker.runAll(library: "/lib.so", program: program) }
    #expect(results.allSatisfy { $0.passed })
    let tries = try String(contentsOfFile: program + ".tries", encoding: .utf8)
    #expect(tries == "x\nx\nx\n")
  }

  @Test func whatDoesNotLoadIsNotTriedFurther() async throws {
    let program = try await program("echo no; exit 1")
    let results = await blocking { PluginChecker.runAll(library: "/lib.so", program: program) }
    #expect(results.first?.detail == "no")
    #expect(results.dropFirst().allSatisfy { $0.detail.hasPrefix("not tried") && !$0.passed })
  }

  @Test func aProgramThatIsNotThereIsToldOnce() async {
    let results = await blocking { PluginChecker.runAll(library: "/lib.so", program: "/nowhere/usher") }
    #expect(results.first?.detail == "the check could not be started: No such file or directory")
  }

  @Test(
    "The host of a URL is found",
    arguments: [("https://A.b/c", "a.b"), ("http://u:p@a.b:80?x", "a.b"), ("a.b/c", ""), ("https://a.b#@c", "a.b")])
  func host(_ url: String, host: String) {
    #expect(RequestChecks.host(of: url) == host)
  }
}
