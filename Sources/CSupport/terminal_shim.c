#include "terminal_shim.h"

#include <sys/ioctl.h>
#include <unistd.h>

int usher_terminal_columns(int descriptor) {
  struct winsize size = {0};
  if (!isatty(descriptor)) return 0;
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}
