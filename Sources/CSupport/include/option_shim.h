/* glibc's getopt_long without its global variables. */
#ifndef USHER_OPTION_SHIM_H
#define USHER_OPTION_SHIM_H

/* One long option. */
struct usher_option {
  const char *name;
  int takes_value;
};

/* Reads the next option of `argv` (argv[0] is skipped): its index in `options` and its value, or
 * -1 when none is left (then argv[*first..] are the other words, in order),
 * -2 for an unknown option and -3 for a missing or needless value (*value is the word at fault).
 * Start with *first = 0. Not to be called by two threads. */
int usher_option_next(int argc, char *const *argv, const struct usher_option *options, int count, int *first,
                      const char **value);
#endif
