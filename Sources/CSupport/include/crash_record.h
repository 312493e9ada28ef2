/* Names the plugin at fault when the process dies of a signal, so that the next start can leave it out. */
#ifndef USHER_CRASH_RECORD_H
#define USHER_CRASH_RECORD_H

/* From now on SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP and SIGABRT on a thread that is inside a plugin write that
 * plugin's name between two texts, which must live for ever, to `descriptor`; the signal then does what it would have
 * done. */
void usher_crash_record_install(int descriptor, const char *before, const char *after);

/* The plugin that the calling thread is inside of from now on, or NULL; gives the one before. The text must live for
 * ever. */
const char *usher_crash_record_enter(const char *plugin);

/* Gives the calling thread a stack of its own for signals, so that a plugin's stack overflow is recorded too: NULL when
 * there is no memory. Hand the result to usher_crash_record_unguard on the same thread, before it ends. */
void *usher_crash_record_guard(void);
void usher_crash_record_unguard(void *stack);
#endif
