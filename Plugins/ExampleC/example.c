/* A complete source for Usher in C: films in the public domain, from a table of its own. Copy it.
 *
 * BUILD    With Usher:   a folder below Plugins/, and its name in `cPlugins` of Package.swift.
 *          Without:      cc -std=c11 -O2 -Wall -Wextra -Wpedantic -fvisibility=hidden -fPIC -shared
 *                           -I Sources/CUsher/include example.c -o libExampleC.so
 *          `-fvisibility=hidden` matters: a function of yours that another library has too would be mixed up with it.
 * TRY      usher check libExampleC.so        the rules of usher.h, one by one
 *          plugins.json: "examplec": {"enabled": true, "library": "libExampleC.so"}, and "examplec" in the "sources"
 *          of a provider. The library is looked for beside usher, in USHER_PLUGIN_PATH, beside plugins.json.
 *
 * HOW IT WORKS
 *   Load     The host looks for one function, usher_plugin_v1_<id>, which USHER_PLUGIN(id) writes. It returns a
 *            constant table: names, the manifest, open, close, get_interface. The library is never unloaded.
 *   Manifest JSON in the library: id (lower-case letters and digits), version, title, interfaces, kinds (movie, show,
 *            season, episode), namespaces (ids it can look up), hosts it talks to, rateLimit {perSecond, burst},
 *            settings [{name, type: string|integer|boolean|list, default, required, secret, meaning}], attribution,
 *            commands [{name, summary, words [{name, type: text|integer|choice|secret|path, help}], options [same]}].
 *   Open     Reads settings with config_get and makes an instance. No network here. When it cannot work, it writes a
 *            sentence into `why` and returns a status; people see both in `usher plugins`.
 *   Call     match, fetch, children, images: JSON in; host->reply(call, JSON) once, then return USHER_OK. Or
 *            host->reply(call, a sentence for people), then return another status. USHER_NOT_FOUND only when the
 *            source is sure: the host remembers it. An unreachable service is USHER_UNAVAILABLE.
 *   match    {"kind":"movie","title":"…","year":1902,"externalIDs":{"imdb":"tt…"},…}, each but kind may be missing
 *            -> {"candidates":[{"id":"examplec-movie-trip","title":"…","year":1902}]}, best first; none is fine
 *   fetch    {"id":"examplec-movie-trip","language":"en",…} -> an item: id, title, year, summary, genres, credits …
 *   children {"id":"examplec-show-…"} -> {"items":[…]}: a show's seasons, a season's episodes, in order
 *   images   {"id":"…"} -> {"artwork":[{"form":"coverPoster","url":"https://…"}]}; not needed when fetch brings them
 *   run      {"command":"list","arguments":{"text":"…"}}, for `usher examplec list …`: what it says are events, handed to
 *            the service command-output/1; its status ends the program.
 *            Sources/MetadataModel has every member with its meaning. Ignore those you do not know.
 *   Ids      plugin id, kind, and an id of yours (letters, digits, _ and -), which never changes: servers keep it.
 *   Network  host->http_wait(host, call, &request, done, context): `done` has run when it returns, with the service's
 *            status code and body. The host does rate limit, retries, redirects, cache and TLS; nothing else may go
 *            out. Pass its failing status on as yours.
 *   Threads  Several calls run at once on threads of the host, so keep nothing that changes in statics or the
 *            instance, or lock it. A call may block; it should look at host->is_cancelled(call) in long loops.
 *   Memory   What you are given is good until your function returns, what you give until theirs does. Copy, and
 *            free only what you allocated.
 *   Growth   A newer usher.h may add functions at the end of a table. Ask USHER_HAS(host, name) before you use one,
 *            or raise `abi_minor` to the header's that brought it: older hosts then refuse the plugin.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "usher.h"

static const char manifest[] =
    "{\"id\":\"examplec\",\"version\":\"1.0.0\",\"title\":\"Example in C\",\"interfaces\":[\"metadata-source/1\","
    "\"commands/1\"],"
    "\"kinds\":[\"movie\"],\"namespaces\":[\"imdb\"],"
    "\"settings\":[{\"name\":\"genres\",\"type\":\"boolean\",\"default\":true,"
    "\"meaning\":\"Whether items are answered with their genres.\"}],"
    "\"commands\":[{\"name\":\"list\",\"summary\":\"Lists the films of the built-in catalogue.\",\"words\":[{\"name\":\"text\","
    "\"type\":\"text\",\"help\":\"what the title has in it; all films otherwise\"}]}],"
    "\"attribution\":{\"text\":\"Facts of films in the public domain.\"}}";

typedef struct film {
  const char *key, *title, *original_title, *director, *country, *genre, *imdb;
  int year;
} film;

static const film films[] = {
    {"trip", "A Trip to the Moon", "Le Voyage dans la Lune", "Georges Méliès", "France", "Science Fiction",
     "tt0000417", 1902},
    {"robbery", "The Great Train Robbery", NULL, "Edwin S. Porter", "United States", "Western", "tt0000439", 1903},
    {"caligari", "The Cabinet of Dr. Caligari", "Das Cabinet des Dr. Caligari", "Robert Wiene", "Germany", "Horror",
     "tt0010323", 1920},
    {"nosferatu", "Nosferatu", "Nosferatu, eine Symphonie des Grauens", "F. W. Murnau", "Germany", "Horror",
     "tt0013442", 1922},
};
static const size_t film_count = sizeof films / sizeof *films;

#define ID_PREFIX "examplec-movie-"

/* What open() makes and every call gets; nothing in it changes afterwards. */
typedef struct instance {
  const usher_host *host;
  bool with_genres;
} instance;

/* Ends a call with a sentence for people. */
static usher_status fail(const instance *self, usher_call *call, usher_status status, const char *text) {
  self->host->reply(call, (usher_bytes){(const uint8_t *)text, strlen(text)});
  return status;
}

/* Ends a call with what was written. */
static usher_status finish(const instance *self, usher_call *call, json_writer *out) {
  usher_status status = USHER_OK;
  if (out->failed) {
    status = fail(self, call, USHER_FAULT, "no memory is left");
  } else {
    self->host->reply(call, (usher_bytes){(const uint8_t *)out->text, out->size});
  }
  free(out->text);
  return status;
}

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }

/* True when `text` has `part` in it; case matters for letters beyond ASCII only. */
static bool contains(const char *text, const char *part) {
  for (; *text != '\0'; text++) {
    size_t i = 0;
    while (part[i] != '\0' && lower(text[i]) == lower(part[i])) i++;
    if (part[i] == '\0') return true;
  }
  return false;
}

static bool fits(const film *film, json_value request) {
  char text[256];
  if (json_get_text(json_member(json_member(request, "externalIDs"), "imdb"), text, sizeof text)) {
    return strcmp(film->imdb, text) == 0;
  }
  return json_get_text(json_member(request, "title"), text, sizeof text) && text[0] != '\0' &&
         contains(film->title, text);
}

/* The members that a candidate and an item have in common. */
static void write_head(json_writer *out, const film *film) {
  char id[64];
  snprintf(id, sizeof id, ID_PREFIX "%s", film->key);
  json_text(out, "id", id);
  json_text(out, "title", film->title);
  if (film->original_title != NULL) json_text(out, "originalTitle", film->original_title);
  json_integer(out, "year", film->year);
  json_name(out, "externalIDs");
  json_open(out, '{');
  json_text(out, "imdb", film->imdb);
  json_close(out, '}');
}

static usher_status match(void *context, usher_call *call, usher_bytes bytes) {
  const instance *self = context;
  json_value request = json_parse(bytes.data, bytes.size);
  char kind[32];
  if (self->host->is_cancelled(call)) return fail(self, call, USHER_CANCELLED, "cancelled");
  if (!json_get_text(json_member(request, "kind"), kind, sizeof kind)) {
    return fail(self, call, USHER_BAD_REQUEST, "the request is no JSON object with a text 'kind'");
  }
  json_writer out = {0};
  json_open(&out, '{');
  json_name(&out, "candidates");
  json_open(&out, '[');
  for (size_t i = 0; i < film_count && strcmp(kind, "movie") == 0; i++) {
    if (!fits(&films[i], request)) continue;
    json_open(&out, '{');
    write_head(&out, &films[i]);
    json_close(&out, '}');
  }
  json_close(&out, ']');
  json_close(&out, '}');
  return finish(self, call, &out);
}

static usher_status fetch(void *context, usher_call *call, usher_bytes bytes) {
  const instance *self = context;
  char id[160];
  if (self->host->is_cancelled(call)) return fail(self, call, USHER_CANCELLED, "cancelled");
  if (!json_get_text(json_member(json_parse(bytes.data, bytes.size), "id"), id, sizeof id)) {
    return fail(self, call, USHER_BAD_REQUEST, "the request is no JSON object with a text 'id'");
  }
  const film *film = NULL;
  for (size_t i = 0; i < film_count && strncmp(id, ID_PREFIX, strlen(ID_PREFIX)) == 0; i++) {
    if (strcmp(id + strlen(ID_PREFIX), films[i].key) == 0) film = &films[i];
  }
  if (film == NULL) return fail(self, call, USHER_NOT_FOUND, "there is no film of this id");
  json_writer out = {0};
  json_open(&out, '{');
  write_head(&out, film);
  json_name(&out, "credits");
  json_open(&out, '[');
  json_open(&out, '{');
  json_text(&out, "name", film->director);
  json_text(&out, "job", "director");
  json_close(&out, '}');
  json_close(&out, ']');
  json_name(&out, "countries");
  json_open(&out, '[');
  json_text(&out, NULL, film->country);
  json_close(&out, ']');
  if (self->with_genres) {
    json_name(&out, "genres");
    json_open(&out, '[');
    json_text(&out, NULL, film->genre);
    json_close(&out, ']');
  }
  json_close(&out, '}');
  return finish(self, call, &out);
}

/* Films have no children, and there are no pictures: those two are left out, which says "not offered". */
static const usher_metadata_source source = {.struct_size = sizeof source, .match = match, .fetch = fetch};

/* The one command, `list`: a table of the films whose title has the text in it. */
static usher_status run(void *context, usher_call *call, usher_bytes bytes) {
  const instance *self = context;
  const usher_command_output *output = self->host->get_service(self->host, USHER_COMMAND_OUTPUT);
  json_value request = json_parse(bytes.data, bytes.size);
  char name[16], text[256] = "";
  if (self->host->is_cancelled(call)) return fail(self, call, USHER_CANCELLED, "cancelled");
  if (!json_get_text(json_member(request, "command"), name, sizeof name) || strcmp(name, "list") != 0) {
    return fail(self, call, USHER_BAD_REQUEST, "there is no such command");
  }
  if (output == NULL) return fail(self, call, USHER_UNSUPPORTED, "this host takes no output of commands");
  json_get_text(json_member(json_member(request, "arguments"), "text"), text, sizeof text);
  static const char columns[] = "[{\"key\":\"title\"},{\"key\":\"year\",\"align\":\"right\"},{\"key\":\"director\"}]";
  json_writer out = {0};
  size_t count = 0;
  json_open(&out, '{');
  json_text(&out, "event", "table");
  json_name(&out, "columns");
  json_raw(&out, columns, sizeof columns - 1);
  json_name(&out, "rows");
  json_open(&out, '[');
  for (size_t i = 0; i < film_count; i++) {
    if (!contains(films[i].title, text)) continue;
    count++;
    json_open(&out, '[');
    json_text(&out, NULL, films[i].title);
    json_integer(&out, NULL, films[i].year);
    json_text(&out, NULL, films[i].director);
    json_close(&out, ']');
  }
  json_close(&out, ']');
  json_close(&out, '}');
  usher_status status = USHER_OK;
  if (out.failed) {
    status = fail(self, call, USHER_FAULT, "no memory is left");
  } else if (count == 0) {
    status = fail(self, call, USHER_NOT_FOUND, "no film of the catalogue fits");
  } else {
    status = output->emit(call, (usher_bytes){(const uint8_t *)out.text, out.size});
  }
  free(out.text);
  return status;
}

static const usher_commands commands = {.struct_size = sizeof commands, .run = run};

/* Receives a setting as JSON; without one the default above holds. */
static void read_genres(void *context, usher_status status, usher_bytes value) {
  instance *self = context;
  if (status == USHER_OK) self->with_genres = value.size == 4 && memcmp(value.data, "true", 4) == 0;
}

static usher_status open_plugin(const usher_plugin *plugin, const usher_host *host, void **made, char *why,
                                size_t why_size) {
  (void)plugin;
  instance *self = malloc(sizeof *self);
  if (self == NULL) {
    if (why_size > 0) snprintf(why, why_size, "no memory is left");
    return USHER_FAULT;
  }
  *self = (instance){.host = host, .with_genres = true};
  host->config_get(host, "genres", read_genres, self);
  *made = self;
  return USHER_OK;
}

static void close_plugin(void *made) { free(made); }

static const void *get_interface(void *made, const char *id) {
  (void)made;
  if (strcmp(id, USHER_METADATA_SOURCE) == 0) return &source;
  return strcmp(id, USHER_COMMANDS) == 0 ? &commands : NULL;
}

static const usher_plugin plugin = {
    .struct_size = sizeof plugin,
    .abi_minor = 0, /* uses nothing that came later */
    .id = "examplec",
    .version = "1.0.0",
    .manifest = manifest,
    .open = open_plugin,
    .close = close_plugin,
    .get_interface = get_interface,
};

USHER_PLUGIN(examplec) { return host_abi_minor >= plugin.abi_minor ? &plugin : NULL; }
