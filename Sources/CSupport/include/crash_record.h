/* Names the plugin at fault when the process dies of a signal, so that the next start can leave it out. */
#ifndef USHER_CRASH_RECORD_H
#define USHER_CRASH_RECORD_H

/* From now on SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP and SIGABRT on a thread that is inside a plugin write that
 * plugin's name and a newline to `descriptor`; the signal then does what it would have done. */
void usher_crash_record_install(int descriptor);

/* The plugin that the calling thread is inside of from now on, or NULL. The text must live for ever. */
void usher_crash_record_enter(const char *plugin);
#endif
