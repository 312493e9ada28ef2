/* usher.h: the whole contract between the host and a plugin. C11, C++11; needs nothing else.
 *
 * THREADS  [load]  alone: nothing else in this plugin runs meanwhile.
 *          [call]  a worker thread lent by the host; it may block until the call's deadline. Several at once.
 *          [any]   every thread, several at once, between open() and close(). Must not block.
 * MEMORY   Pointers are borrowed: good until the function they were given to returns. Keep a copy, never the
 *          pointer. Nobody frees what the other side allocated. Text is UTF-8; usher_bytes has no NUL at its end.
 * ERRORS   A status, and on failure a sentence. No Swift error, C++ exception, panic or longjmp crosses.
 * GROWTH   A table only grows, at its end; a field or number is never reused. USHER_HAS tells what is there.
 *          In JSON, ignore members you do not know; a missing member means "not known".
 */
#ifndef USHER_H
#define USHER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define USHER_EXPORT extern "C" __attribute__((visibility("default")))
extern "C" {
#else
#define USHER_EXPORT __attribute__((visibility("default")))
#endif

#define USHER_ABI_MINOR 3 /* counts the additions; the major version is part of the entry's name */

#define USHER_HAS(table, field) \
  ((table)->struct_size >= offsetof(__typeof__(*(table)), field) + sizeof((table)->field) && (table)->field)

typedef struct usher_bytes {
  const uint8_t *data; /* may be NULL when size is 0 */
  size_t size;
} usher_bytes;

typedef int32_t usher_status;
#define USHER_OK ((usher_status)0)
#define USHER_NOT_FOUND ((usher_status)1)    /* the source has no such item: an answer, not a fault */
#define USHER_BAD_REQUEST ((usher_status)2)  /* the request makes no sense */
#define USHER_UNSUPPORTED ((usher_status)3)  /* this operation or kind is not offered */
#define USHER_UNAUTHORIZED ((usher_status)4) /* the source refused the credentials */
#define USHER_UNAVAILABLE ((usher_status)5)  /* source or network failed; a later try may do */
#define USHER_CANCELLED ((usher_status)6)    /* nobody waits any more, or the deadline passed */
#define USHER_FAULT ((usher_status)7)        /* a bug, or data that cannot be understood; also any number not named here */

typedef int32_t usher_level;
#define USHER_DEBUG ((usher_level)0)
#define USHER_INFO ((usher_level)1)
#define USHER_WARNING ((usher_level)2)
#define USHER_ERROR ((usher_level)3)

typedef struct usher_host usher_host;
typedef struct usher_call usher_call; /* one operation under way; gone when the operation returns */

/* The outcome of something asked of the host: exactly once for each asking, cancelled or not. [any] */
typedef void (*usher_reply)(void *context, usher_status status, usher_bytes value);

typedef struct usher_http_request {
  uint32_t struct_size;
  const char *method;  /* "GET", "POST" */
  const char *url;     /* going out, its host must be named in the manifest, or allowed by user-hosts/1 */
  usher_bytes headers;    /* "Name: value" lines, each ended by \n */
  usher_bytes body;
  int64_t fresh_for_s; /* going out, a cached response up to this old will do; 0 asks the source */
  int64_t timeout_ms;  /* going out, the most that one try may take; 0 leaves it to the host. Since minor 1 */
  int64_t keep_redirect; /* going out, not 0: a redirect is the answer and nobody follows it. Since minor 3 */
} usher_http_request;

/* status is USHER_OK whenever the source answered, whatever its `code`. Exactly once. [any] */
typedef void (*usher_http_reply)(void *context, usher_status status, int32_t code, usher_bytes headers,
                                 usher_bytes body);

/* What the host does for a plugin; good from open() until close() has returned. */
struct usher_host {
  uint32_t struct_size;
  uint32_t abi_minor;
  void *reserved; /* the host's own */

  /* Hands over what `call` brings: JSON with USHER_OK, otherwise a sentence. At most once, before returning. [call] */
  void (*reply)(usher_call *call, usher_bytes reply);

  /* True once nobody waits: return USHER_CANCELLED soon. Requests in progress end by themselves. [any] */
  bool (*is_cancelled)(const usher_call *call);
  int64_t (*remaining_ms)(const usher_call *call);

  /* A line in the log under this plugin's name; `call` may be NULL. [any] */
  void (*log)(const usher_host *host, const usher_call *call, usher_level level, usher_bytes text);

  /* Fetches on behalf of `call`. Rate limit, retries, redirects and the response cache are done here. [any] */
  void (*http_send)(const usher_host *host, usher_call *call, const usher_http_request *request,
                    usher_http_reply done, void *context);
  /* The same, but `done` has run, on this thread, when it returns. [call] */
  void (*http_wait)(const usher_host *host, usher_call *call, const usher_http_request *request,
                    usher_http_reply done, void *context);

  /* The plugin's own part of the cache. `done` runs before cache_get returns; ttl_s 0 forgets the key. [any] */
  void (*cache_get)(const usher_host *host, usher_bytes key, usher_reply done, void *context);
  usher_status (*cache_put)(const usher_host *host, usher_bytes key, usher_bytes value, int64_t ttl_s);

  /* A setting or secret the manifest declares, as JSON; `done` runs before it returns. [any] */
  void (*config_get)(const usher_host *host, const char *key, usher_reply done, void *context);

  /* Milliseconds since 1970. The only clock a plugin reads, so that tests can set it. [any] */
  int64_t (*now_ms)(const usher_host *host);

  /* A further table, by "name/revision", or NULL when there is none. Lives as long as `host`. [any] */
  const void *(*get_service)(const usher_host *host, const char *id);
};

/* Looks at `request` (JSON), works, hands over the reply, returns how it went. Whatever it asked of the host on
 * behalf of `call` has come back by then. [call] */
typedef usher_status (*usher_operation)(void *instance, usher_call *call, usher_bytes request);

#define USHER_METADATA_SOURCE "metadata-source/1"
typedef struct usher_metadata_source {
  uint32_t struct_size;
  usher_operation match;    /* what is known of a file -> candidates, best first */
  usher_operation fetch;    /* an id of this source -> all about the item */
  usher_operation children; /* a show's seasons, a season's episodes; NULL when there are none */
  usher_operation images;   /* artwork for an id; NULL when fetch brings it */
} usher_metadata_source;

#define USHER_MEDIA_SERVER "media-server/1"
typedef struct usher_media_server {
  uint32_t struct_size;
  /* Answers one HTTP request by respond(). `url` is what follows the provider's path: "", "/library/metadata/x?y=z". [call] */
  usher_status (*handle)(void *instance, usher_call *call, const usher_http_request *request);
} usher_media_server;

#define USHER_LIBRARY "library/1" /* a host service, for media-server plugins */
typedef struct usher_library {
  uint32_t struct_size;
  /* Asks the sources of the call's provider ("match", "fetch", "children", "grandchildren", "images"), merged and
   * cached; requests and replies as in metadata-source/1. `done` runs before return. [call] */
  void (*ask)(const usher_host *host, usher_call *call, const char *operation, usher_bytes request,
              usher_reply done, void *context);
  /* The answer to handle(), once. A header "Usher-Fresh-For: SECONDS" is kept from the client: for so long the host
   * may give the same bytes to the same method, path, query, body and manifest "cacheKeyHeaders". [call] */
  void (*respond)(usher_call *call, int32_t code, usher_bytes headers, usher_bytes body);
  /* The provider that the request came through: {"name","path","kind","title","identifier","adult","version"}.
   * `done` runs before return. [call] */
  void (*provider)(const usher_host *host, usher_call *call, usher_reply done, void *context);
} usher_library;

#define USHER_COMMANDS "commands/1" /* since minor 1 */
typedef struct usher_commands {
  uint32_t struct_size;
  /* Runs one of the manifest's "commands"; returns when it is done, however long that takes. `request` is
   * {"command":NAME,"arguments":{NAME:VALUE,...},"json":BOOL,"providers":[...],"address":URL}, the values of the types
   * that the manifest gives them. What it has to say goes through command-output/1; reply() takes the sentence of a
   * failure. USHER_OK ends the program with 0, USHER_BAD_REQUEST with 2, every other status with 1. [call] */
  usher_operation run;
} usher_commands;

#define USHER_COMMAND_OUTPUT "command-output/1" /* a host service, for calls of commands/1 */
typedef struct usher_command_output {
  uint32_t struct_size;
  /* One event, a JSON object with the member "event":
   *   table     columns [{"key","title","align"}], rows [[cell, ...], ...]; with --json a list of objects
   *   text      text: a line for standard output, left out with --json
   *   value     value: any JSON, for --json alone
   *   note, warning   text: a line for standard error
   *   progress  id, label, done, total, unit, finished: a bar on a terminal
   * USHER_BAD_REQUEST for what is no such event, which makes the run a fault; USHER_CANCELLED once nobody listens. [any] */
  usher_status (*emit)(usher_call *call, usher_bytes event);
} usher_command_output;

#define USHER_DATA_DIRECTORY "data-directory/1" /* a host service */
typedef struct usher_data_directory {
  uint32_t struct_size;
  /* The path of this plugin's own folder, absolute, as text without a NUL; made when it is not there, for the owner
   * alone. `done` runs before it returns. [any], and in open() */
  void (*path)(const usher_host *host, usher_reply done, void *context);
} usher_data_directory;

#define USHER_USER_HOSTS "user-hosts/1" /* a host service, for manifests with "userHosts": true */
typedef struct usher_user_hosts {
  uint32_t struct_size;
  /* The user named the server at `url`: until this call of commands/1 ends it may be asked at that scheme, host and
   * port, over plain http too. Certificates are checked as ever. `done` runs before it returns, with the origin that is
   * allowed or the sentence of a refusal. [any] */
  void (*allow)(const usher_host *host, usher_call *call, const char *url, usher_reply done, void *context);
} usher_user_hosts;

#define USHER_HTTP_STREAM "http-stream/1" /* a host service, since minor 2 */
/* A piece of an answer: in order, one at a time, never after `done`. Without bytes when a 2xx answer begins with none, and
 * about once a second while its server says nothing. False ends the stream. [any], must not block */
typedef bool (*usher_http_part)(void *context, usher_bytes bytes);
typedef struct usher_http_stream {
  uint32_t struct_size;
  /* A GET on behalf of `call` whose answer ends late or never, such as text/event-stream. A 2xx body goes to `part`, every
   * other one to `done`, which tells status and headers at the end. One try, no redirects, no cache; timeout_ms is the
   * longest silence, 0 leaves it to the host. [any] */
  void (*open)(const usher_host *host, usher_call *call, const usher_http_request *request, usher_http_part part,
               usher_http_reply done, void *context);
} usher_http_stream;

/* What a plugin is: constant, and there for the life of the process. */
typedef struct usher_plugin {
  uint32_t struct_size;
  uint32_t abi_minor;  /* the oldest host it can work with */
  const char *id;      /* as in the manifest */
  const char *version; /* for people */
  const char *manifest; /* JSON: interfaces, kinds, hosts, rate limit, settings, attribution */
  void *data;           /* the plugin's own */
  /* Gets ready, without network. On failure puts a NUL-ended sentence into `why`. [load] */
  usher_status (*open)(const struct usher_plugin *plugin, const usher_host *host, void **instance, char *why,
                       size_t why_size);
  /* No call is under way any more. The library itself stays in memory. [load] */
  void (*close)(void *instance);
  /* The table for an interface id, or NULL; constant while the instance lives. [any] */
  const void *(*get_interface)(void *instance, const char *id);
} usher_plugin;

/* The one symbol of the plugin `name`: USHER_PLUGIN(tmdb) { return &table; }
 * It returns its table, or NULL when it cannot work with this host. [load] */
typedef const usher_plugin *(*usher_plugin_entry)(uint32_t host_abi_minor);
#define USHER_ENTRY_PREFIX "usher_plugin_v1_"
#define USHER_PLUGIN(name) USHER_EXPORT const usher_plugin *usher_plugin_v1_##name(uint32_t host_abi_minor)

#ifdef __cplusplus
}
#endif
#endif
