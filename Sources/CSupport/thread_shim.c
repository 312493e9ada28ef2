#define _GNU_SOURCE
#include "thread_shim.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

void usher_thread_set_name(const char *name) {
  char cut[16] = {0};
  strncpy(cut, name, sizeof cut - 1);
  pthread_setname_np(pthread_self(), cut);
}

int usher_semaphore_wait_until(sem_t *semaphore, int64_t seconds, int64_t nanoseconds) {
  struct timespec limit = {.tv_sec = seconds, .tv_nsec = nanoseconds};
  return sem_clockwait(semaphore, CLOCK_MONOTONIC, &limit);
}
