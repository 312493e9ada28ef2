/* The contract, frozen: no offset of major version 1 ever moves. A new member gets a new line here; none is edited. */
#include "usher.h"

#define AT(table, field, bytes) \
  _Static_assert(offsetof(table, field) == (bytes), #table "." #field " moved: plugins already built would crash")

_Static_assert(sizeof(void *) == 8, "the contract is written for 64-bit machines");
_Static_assert(sizeof(usher_status) == 4 && sizeof(usher_level) == 4, "numbers of the contract have 32 bits");

AT(usher_bytes, data, 0);
AT(usher_bytes, size, 8);
_Static_assert(sizeof(usher_bytes) == 16, "usher_bytes is passed by value and can never grow");

AT(usher_http_request, struct_size, 0);
AT(usher_http_request, method, 8);
AT(usher_http_request, url, 16);
AT(usher_http_request, headers, 24);
AT(usher_http_request, body, 40);
AT(usher_http_request, fresh_for_s, 56);
AT(usher_http_request, timeout_ms, 64);
AT(usher_http_request, keep_redirect, 72);

AT(usher_host, struct_size, 0);
AT(usher_host, abi_minor, 4);
AT(usher_host, reserved, 8);
AT(usher_host, reply, 16);
AT(usher_host, is_cancelled, 24);
AT(usher_host, remaining_ms, 32);
AT(usher_host, log, 40);
AT(usher_host, http_send, 48);
AT(usher_host, http_wait, 56);
AT(usher_host, cache_get, 64);
AT(usher_host, cache_put, 72);
AT(usher_host, config_get, 80);
AT(usher_host, now_ms, 88);
AT(usher_host, get_service, 96);

AT(usher_metadata_source, struct_size, 0);
AT(usher_metadata_source, match, 8);
AT(usher_metadata_source, fetch, 16);
AT(usher_metadata_source, children, 24);
AT(usher_metadata_source, images, 32);

AT(usher_media_server, struct_size, 0);
AT(usher_media_server, handle, 8);

AT(usher_library, struct_size, 0);
AT(usher_library, ask, 8);
AT(usher_library, respond, 16);
AT(usher_library, provider, 24);

AT(usher_commands, struct_size, 0);
AT(usher_commands, run, 8);

AT(usher_command_output, struct_size, 0);
AT(usher_command_output, emit, 8);

AT(usher_data_directory, struct_size, 0);
AT(usher_data_directory, path, 8);

AT(usher_user_hosts, struct_size, 0);
AT(usher_user_hosts, allow, 8);

AT(usher_http_stream, struct_size, 0);
AT(usher_http_stream, open, 8);

AT(usher_plugin, struct_size, 0);
AT(usher_plugin, abi_minor, 4);
AT(usher_plugin, id, 8);
AT(usher_plugin, version, 16);
AT(usher_plugin, manifest, 24);
AT(usher_plugin, data, 32);
AT(usher_plugin, open, 40);
AT(usher_plugin, close, 48);
AT(usher_plugin, get_interface, 56);
