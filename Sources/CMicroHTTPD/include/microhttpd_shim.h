/* libmicrohttpd for Swift: its variadic functions with fixed arguments, and options whose value is a function. */
#ifndef USHER_MICROHTTPD_SHIM_H
#define USHER_MICROHTTPD_SHIM_H
#include <microhttpd.h>
#include <sys/socket.h>

/* `options` ends with MHD_OPTION_END. */
struct MHD_Daemon *usher_mhd_start(unsigned int flags, MHD_AccessHandlerCallback handler, void *handler_context,
                                   struct MHD_OptionItem *options);

/* Options whose value is a function cannot be written in Swift: a function pointer in an intptr_t. */
struct MHD_OptionItem usher_mhd_option_completed(MHD_RequestCompletedCallback function, void *context);
struct MHD_OptionItem usher_mhd_option_connection(MHD_NotifyConnectionCallback function, void *context);
struct MHD_OptionItem usher_mhd_option_target(void *(*function)(void *, const char *, struct MHD_Connection *),
                                              void *context);

/* Waits for a connection on `listener` and hands it to one of the daemon's threads: 0, or an errno. */
int usher_mhd_accept(struct MHD_Daemon *daemon, int listener);

/* What the connection's start callback left, NULL when nothing. */
void *usher_mhd_connection_context(struct MHD_Connection *connection);
/* The connection's socket, -1 when unknown. */
int usher_mhd_connection_socket(struct MHD_Connection *connection);
/* The client's IPv6 address, an IPv4 address mapped into one; zeros when unknown. */
void usher_mhd_client_address(struct MHD_Connection *connection, unsigned char bytes[16]);
/* Ends both directions of the socket, and wakes who waits on it. */
void usher_socket_shut_down(int socket);
/* Whether the other side of the socket closed it; does not wait. (POLLRDHUP is hidden from Swift.) */
int usher_socket_is_closed(int socket);
/* Whether the connection is gone in both directions, as after a reset; does not wait. */
int usher_socket_is_gone(int socket);
/* Sends `text` in one piece: 1, or 0 when it cannot go out now, for example because earlier bytes are still under way. */
int usher_socket_send_aside(int socket, const char *text);
#endif
