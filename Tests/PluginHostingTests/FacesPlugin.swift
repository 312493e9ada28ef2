/// A source in C that behaves as the title in the request says; see `behaviours`.
enum FacesPlugin {
  static func library() throws -> String { try text.built() }

  static let settings =
    #"[{"name":"limit","type":"integer","default":7},{"name":"key","type":"string","secret":true},"#
    + #"{"name":"on","type":"boolean","default":true},{"name":"none","type":"list"}]"#

  private static let text = PluginText(
    id: "faces", settings: settings, operations: ".match = match, .fetch = fetch",
    match: "return behave(instance, call, request);", declarations: behaviours)

  private static let behaviours = #"""
    static _Thread_local const usher_host *the_host;
    static usher_call *stale;
    static int finished;

    typedef struct answers {
      pthread_mutex_t lock;
      pthread_cond_t came;
      int count, codes, last;
    } answers;

    static void count_answer(void *context, usher_status status, int32_t code, usher_bytes headers, usher_bytes body) {
      answers *all = context;
      (void)headers; (void)body;
      pthread_mutex_lock(&all->lock);
      all->count++; all->codes += code; all->last = status;
      pthread_cond_signal(&all->came);
      pthread_mutex_unlock(&all->lock);
    }
    static void count_finished(void *context, usher_status status, int32_t code, usher_bytes headers,
                               usher_bytes body) {
      (void)context; (void)status; (void)code; (void)headers; (void)body;
      __atomic_add_fetch(&finished, 1, __ATOMIC_SEQ_CST);
    }
    static void count_bad(void *context, usher_status status, int32_t code, usher_bytes headers, usher_bytes body) {
      (void)code; (void)headers;
      if (status == USHER_BAD_REQUEST && body.size > 10) ++*(int *)context;
    }
    static void write_value(void *context, usher_status status, usher_bytes value) {
      char line[200];
      int size = snprintf(line, sizeof line, "%s: %d %.*s", (const char *)context, status, (int)value.size,
                          (const char *)value.data);
      the_host->log(the_host, NULL, USHER_INFO, (usher_bytes){(const uint8_t *)line, size});
    }
    static usher_status say_year(void *instance, usher_call *call, int year) {
      char text[200];
      snprintf(text, sizeof text, "{\"candidates\":[{\"id\":\"faces-movie-1\",\"title\":\"A\",\"year\":%d}]}", year);
      return say(instance, call, text);
    }
    static usher_http_request get(const char *url) {
      return (usher_http_request){.struct_size = sizeof(usher_http_request), .method = "GET", .url = url};
    }
    static usher_bytes bytes(const char *text) { return (usher_bytes){(const uint8_t *)text, strlen(text)}; }

    static int bad_requests(const usher_host *host, usher_call *call) {
      int bad = 0;
      usher_http_request request = get("https://api.example.org/");
      host->http_send(host, call, NULL, count_bad, &bad);
      host->http_send(NULL, call, &request, NULL, &bad);
      host->http_send(host, call, &request, NULL, &bad);
      host->http_send(host, NULL, &request, count_bad, &bad);
      request.struct_size = 8;
      host->http_wait(host, call, &request, count_bad, &bad);
      request = get(NULL);
      host->http_wait(host, call, &request, count_bad, &bad);
      request = get("https://api.example.org/a b");
      host->http_wait(host, call, &request, count_bad, &bad);
      request = get("https://api.example.org/"); request.method = "get it";
      host->http_wait(host, call, &request, count_bad, &bad);
      request = get("https://api.example.org/"); request.headers = bytes("A: b\r\nC: d\n");
      host->http_wait(host, call, &request, count_bad, &bad);
      request = get("https://api.example.org/"); request.body = (usher_bytes){NULL, 4};
      host->http_wait(host, call, &request, count_bad, &bad);
      request = get("https://api.example.org/"); request.body.size = (size_t)-1;
      host->http_wait(host, call, &request, count_bad, &bad);
      return bad;
    }
    static void settings(const usher_host *host) {
      host->config_get(host, "limit", write_value, "limit");
      host->config_get(host, "key", write_value, "key");
      host->config_get(host, "on", write_value, "on");
      host->config_get(host, "none", write_value, "none");
      host->config_get(host, "other", write_value, "other");
      host->config_get(host, NULL, write_value, "NULL");
      host->config_get(host, "limit", NULL, NULL);
      host->config_get(NULL, "limit", write_value, "nobody");
    }
    static void cache(const usher_host *host) {
      host->cache_get(host, bytes("k"), write_value, "before");
      host->cache_put(host, bytes("k"), bytes("v"), 60);
      host->cache_get(host, bytes("k"), write_value, "after");
      host->cache_put(host, bytes("k"), bytes("v"), 0);
      host->cache_get(host, bytes("k"), write_value, "forgotten");
      host->cache_get(host, bytes(""), write_value, "empty");
      if (host->cache_put(host, bytes("k"), bytes("v"), -1) != USHER_BAD_REQUEST) abort();
      if (host->cache_put(host, (usher_bytes){NULL, 3}, bytes("v"), 1) != USHER_BAD_REQUEST) abort();
    }
    static usher_status parallel(void *instance, usher_call *call) {
      const usher_host *host = instance;
      answers all = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, 0, 0};
      usher_http_request request = get("https://api.example.org/a");
      request.headers = bytes("X-A: b\n");
      for (int i = 0; i < 3; i++) host->http_send(host, call, &request, count_answer, &all);
      pthread_mutex_lock(&all.lock);
      while (all.count < 3) pthread_cond_wait(&all.came, &all.lock);
      pthread_mutex_unlock(&all.lock);
      return all.last == USHER_OK ? say_year(instance, call, all.codes) : all.last;
    }
    static usher_status overflow(volatile int depth) {
      volatile char room[4096];
      room[0] = (char)depth;
      return depth < 0 ? room[0] : overflow(depth + 1) + room[0];
    }

    static usher_status behave(void *instance, usher_call *call, usher_bytes request) {
      const usher_host *host = the_host = instance;
      char text[4096] = {0};
      memcpy(text, request.data, request.size < sizeof text - 1 ? request.size : sizeof text - 1);
      #define IS(word) strstr(text, "\"title\":\"" word "\"")
      if (IS("good")) return say_year(instance, call, 2001);
      if (IS("twice")) { say(instance, call, "{}"); return say_year(instance, call, 1); }
      if (IS("none")) return USHER_OK;
      if (IS("no json")) return say(instance, call, "{\"candidates\":");
      if (IS("misshapen")) return say(instance, call, "{\"candidates\":[{\"id\":\"faces-movie-1\",\"title\":4}]}");
      if (IS("foreign")) return say(instance, call, "{\"candidates\":[{\"id\":\"other-movie-1\",\"title\":\"A\"}]}");
      if (IS("kind")) return say(instance, call, "{\"candidates\":[{\"id\":\"faces-show-1\",\"title\":\"A\"}]}");
      if (IS("status")) return say(instance, call, "odd") + 42;
      if (IS("not found")) { say(instance, call, "no such\n film"); return USHER_NOT_FOUND; }
      if (IS("silent")) return USHER_UNAVAILABLE;
      if (IS("fault")) { say(instance, call, "a bug"); return USHER_FAULT; }
      if (IS("refused")) { say(instance, call, "the key is worn out"); return USHER_UNAUTHORIZED; }
      if (IS("deaf")) { usleep(1500000); return USHER_CANCELLED; }
      if (IS("polite")) {
        host->log(host, call, USHER_INFO, bytes("polite"));
        while (!host->is_cancelled(call)) usleep(1000);
        return USHER_CANCELLED;
      }
      if (IS("memory")) { host->reply(call, (usher_bytes){NULL, 9}); return USHER_OK; }
      if (IS("huge")) { host->reply(call, (usher_bytes){(const uint8_t *)text, (size_t)33 << 20}); return USHER_OK; }
      if (IS("remaining")) return say_year(instance, call, (int)host->remaining_ms(call));
      if (IS("now")) return say_year(instance, call, (int)(host->now_ms(host) / 1000000000));
      if (IS("parallel")) return parallel(instance, call);
      if (IS("leave")) {
        usher_http_request ask = get("https://api.example.org/slow");
        finished = 0;
        for (int i = 0; i < 5; i++) host->http_send(host, call, &ask, count_finished, NULL);
        return say_year(instance, call, 1);
      }
      if (IS("finished")) return say_year(instance, call, finished);
      if (IS("bad requests")) return say_year(instance, call, bad_requests(host, call));
      if (IS("settings")) { settings(host); return say_year(instance, call, 1); }
      if (IS("cache")) { cache(host); return say_year(instance, call, 1); }
      if (IS("services"))
        return say_year(instance, call,
                        !host->get_service(host, "nothing/1") + !host->get_service(host, USHER_LIBRARY) +
                        !host->get_service(host, NULL) + !host->get_service(NULL, USHER_LIBRARY));
      if (IS("keep")) { stale = call; return say_year(instance, call, 1); }
      if (IS("stale")) {
        int bad = 0;
        usher_http_request ask = get("https://api.example.org/");
        host->reply(stale, bytes("late"));
        host->reply(NULL, bytes("late"));
        host->http_send(host, stale, &ask, count_bad, &bad);
        return say_year(instance, call, bad + 10 * host->is_cancelled(stale) + (int)host->remaining_ms(stale));
      }
      if (IS("crash")) { *(volatile int *)8 = 1; }
      if (IS("overflow")) return overflow(1);
      return say(instance, call, "{\"candidates\":[]}");
    }
    static usher_status fetch(void *instance, usher_call *call, usher_bytes request) {
      char text[4096] = {0};
      memcpy(text, request.data, request.size < sizeof text - 1 ? request.size : sizeof text - 1);
      if (strstr(text, "faces-movie-other")) return say(instance, call, "{\"id\":\"other-movie-1\",\"title\":\"A\"}");
      if (strstr(text, "faces-season-1"))
        return say(instance, call,
                   "{\"id\":\"faces-season-1\",\"title\":\"A\",\"parent\":{\"id\":\"x-show-1\",\"title\":\"B\"}}");
      return say(instance, call, "{\"id\":\"faces-movie-1\",\"title\":\"A\",\"unknown\":1}");
    }
    """#
}
