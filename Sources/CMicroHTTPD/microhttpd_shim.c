#include "microhttpd_shim.h"

struct MHD_Daemon *usher_mhd_start(unsigned int flags, MHD_AccessHandlerCallback handler, void *handler_context,
                                   struct MHD_OptionItem *options) {
  return MHD_start_daemon(flags, 0, NULL, NULL, handler, handler_context, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
}

struct MHD_OptionItem usher_mhd_option_completed(MHD_RequestCompletedCallback function, void *context) {
  return (struct MHD_OptionItem){MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)function, context};
}

struct MHD_OptionItem usher_mhd_option_target(void *(*function)(void *, const char *, struct MHD_Connection *),
                                              void *context) {
  return (struct MHD_OptionItem){MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)function, context};
}

uint16_t usher_mhd_port(struct MHD_Daemon *daemon) {
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
  return info == NULL ? 0 : info->port;
}

const struct sockaddr *usher_mhd_peer(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  return info == NULL ? NULL : info->client_addr;
}
