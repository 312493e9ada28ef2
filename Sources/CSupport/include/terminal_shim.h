/* What a terminal says of itself. */
#ifndef USHER_TERMINAL_SHIM_H
#define USHER_TERMINAL_SHIM_H

/* Columns of the terminal behind `descriptor`; 0 when there is none, 80 when it does not say. */
int usher_terminal_columns(int descriptor);
#endif
