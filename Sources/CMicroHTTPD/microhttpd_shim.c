#define _GNU_SOURCE
#include "microhttpd_shim.h"

#include <errno.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>

struct MHD_Daemon *usher_mhd_start(unsigned int flags, MHD_AccessHandlerCallback handler, void *handler_context,
                                   struct MHD_OptionItem *options) {
  return MHD_start_daemon(flags, 0, NULL, NULL, handler, handler_context, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
}

struct MHD_OptionItem usher_mhd_option_completed(MHD_RequestCompletedCallback function, void *context) {
  return (struct MHD_OptionItem){MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)function, context};
}

struct MHD_OptionItem usher_mhd_option_connection(MHD_NotifyConnectionCallback function, void *context) {
  return (struct MHD_OptionItem){MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)function, context};
}

struct MHD_OptionItem usher_mhd_option_target(void *(*function)(void *, const char *, struct MHD_Connection *),
                                              void *context) {
  return (struct MHD_OptionItem){MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)function, context};
}

int usher_mhd_accept(struct MHD_Daemon *daemon, int listener) {
  struct sockaddr_storage address;
  socklen_t size = sizeof address;
  int connection = accept4(listener, (struct sockaddr *)&address, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (connection < 0) return errno;
  return MHD_add_connection(daemon, connection, (struct sockaddr *)&address, size) == MHD_YES ? 0 : errno;
}

void *usher_mhd_connection_context(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info == NULL ? NULL : info->socket_context;
}

int usher_mhd_connection_socket(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info == NULL ? -1 : info->connect_fd;
}

void usher_mhd_client_address(struct MHD_Connection *connection, unsigned char bytes[16]) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  memset(bytes, 0, 16);
  if (info == NULL || info->client_addr == NULL) return;
  if (info->client_addr->sa_family == AF_INET6) {
    memcpy(bytes, &((const struct sockaddr_in6 *)info->client_addr)->sin6_addr, 16);
  } else if (info->client_addr->sa_family == AF_INET) {
    memset(bytes + 10, 0xFF, 2);
    memcpy(bytes + 12, &((const struct sockaddr_in *)info->client_addr)->sin_addr, 4);
  }
}

void usher_socket_shut_down(int socket) { shutdown(socket, SHUT_RDWR); }

int usher_socket_is_closed(int socket) {
  struct pollfd state = {.fd = socket, .events = POLLRDHUP};
  return poll(&state, 1, 0) > 0 && (state.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

int usher_socket_is_gone(int socket) {
  struct pollfd state = {.fd = socket};
  return poll(&state, 1, 0) > 0 && (state.revents & (POLLHUP | POLLERR)) != 0;
}

int usher_socket_send_aside(int socket, const char *text) {
  int unsent = 0;
  if (ioctl(socket, SIOCOUTQ, &unsent) != 0 || unsent != 0) return 0;
  return send(socket, text, strlen(text), MSG_NOSIGNAL | MSG_DONTWAIT) > 0;
}
