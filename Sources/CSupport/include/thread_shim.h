/* Calls of glibc that its module map hides from Swift. */
#ifndef USHER_THREAD_SHIM_H
#define USHER_THREAD_SHIM_H
#include <semaphore.h>
#include <stdint.h>

/* Names the calling thread; what is past 15 bytes is cut. */
void usher_thread_set_name(const char *name);

/* Waits until the monotonic clock shows `seconds` and `nanoseconds`: 0, or -1 with errno. */
int usher_semaphore_wait_until(sem_t *semaphore, int64_t seconds, int64_t nanoseconds);
#endif
