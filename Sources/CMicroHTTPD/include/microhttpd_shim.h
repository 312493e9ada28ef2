/* libmicrohttpd for Swift: its variadic start function takes an array of options here. */
#ifndef USHER_MICROHTTPD_SHIM_H
#define USHER_MICROHTTPD_SHIM_H
#include <microhttpd.h>
#include <sys/socket.h>

/* `options` ends with MHD_OPTION_END. */
struct MHD_Daemon *usher_mhd_start(unsigned int flags, MHD_AccessHandlerCallback handler, void *handler_context,
                                   struct MHD_OptionItem *options);
/* Options whose value is a function cannot be written in Swift: a function pointer in an intptr_t. */
struct MHD_OptionItem usher_mhd_option_completed(MHD_RequestCompletedCallback function, void *context);
struct MHD_OptionItem usher_mhd_option_target(void *(*function)(void *, const char *, struct MHD_Connection *),
                                              void *context);
/* The port the daemon is bound to, 0 when unknown. */
uint16_t usher_mhd_port(struct MHD_Daemon *daemon);
const struct sockaddr *usher_mhd_peer(struct MHD_Connection *connection);
#endif
