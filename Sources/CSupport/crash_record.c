#define _GNU_SOURCE
#include "crash_record.h"

#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT};
#define SIGNALS (sizeof signals / sizeof signals[0])

static struct sigaction earlier[SIGNALS];
static volatile sig_atomic_t record = -1;
static const char *volatile text_before = "";
static const char *volatile text_after = "";
static _Thread_local const char *volatile current;

const char *usher_crash_record_enter(const char *plugin) {
  const char *before = current;
  current = plugin;
  return before;
}

enum { SIGNAL_STACK_BYTES = 64 * 1024 };

void *usher_crash_record_guard(void) {
  void *bytes = malloc(SIGNAL_STACK_BYTES);
  if (bytes == NULL) return NULL;
  stack_t stack = {.ss_sp = bytes, .ss_size = SIGNAL_STACK_BYTES};
  if (sigaltstack(&stack, NULL) == 0) return bytes;
  free(bytes);
  return NULL;
}

void usher_crash_record_unguard(void *bytes) {
  if (bytes == NULL) return;
  stack_t none = {.ss_flags = SS_DISABLE};
  sigaltstack(&none, NULL);
  free(bytes);
}

/* Only async-signal-safe calls from here on. */
static void on_signal(int number, siginfo_t *info, void *context) {
  const char *plugin = current;
  if (plugin != NULL && record >= 0) {
    current = NULL;
    const char *before = text_before, *after = text_after;
    ssize_t ignored = write(record, before, strlen(before));
    ignored = write(record, plugin, strlen(plugin));
    ignored = write(record, after, strlen(after));
    (void)ignored;
  }
  for (size_t i = 0; i < SIGNALS; i++) {
    if (signals[i] != number) continue;
    if ((earlier[i].sa_flags & SA_SIGINFO) && earlier[i].sa_sigaction != NULL) {
      earlier[i].sa_sigaction(number, info, context);
    }
    sigaction(number, &earlier[i], NULL);
  }
  /* Returning repeats the faulting instruction under the earlier action; a raised signal is raised again. */
  if (info == NULL || info->si_code <= 0) raise(number);
}

void usher_crash_record_install(int descriptor, const char *before, const char *after) {
  int first = record < 0;
  text_before = before;
  text_after = after;
  record = descriptor;
  if (!first) return;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = on_signal;
  /* Swift's own handler, which runs inside this one, meets bad addresses while it writes its backtrace: with the signal
   * blocked the first of them would end the process, and leave its helper waiting for ever. */
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < SIGNALS; i++) sigaction(signals[i], &action, &earlier[i]);
}
