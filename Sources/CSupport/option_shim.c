#define _GNU_SOURCE
#include "option_shim.h"

#include <getopt.h>
#include <string.h>

#define MOST 64

int usher_option_next(int argc, char *const *argv, const struct usher_option *options, int count, int *first,
                      const char **value) {
  struct option known[MOST + 1];
  memset(known, 0, sizeof known);
  for (int i = 0; i < count && i < MOST; i++) {
    known[i].name = options[i].name;
    known[i].has_arg = options[i].takes_value ? required_argument : no_argument;
    known[i].val = 256 + i;
  }
  if (*first == 0) optind = 0; /* glibc: start afresh */
  opterr = 0;
  int before = optind == 0 ? 1 : optind;
  int found = getopt_long(argc, argv, ":", known, NULL);
  *first = optind;
  *value = optarg;
  if (found >= 256) return found - 256;
  if (found == -1) return -1;
  *value = argv[optind > before ? optind - 1 : before];
  return found == ':' || optopt >= 256 ? -3 : -2;
}
