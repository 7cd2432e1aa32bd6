#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <unistd.h>

// Swift's Glibc module does not show renameat2; both paths must exist.
static inline int attain_exchange(const char *a, const char *b) {
  return (int)syscall(SYS_renameat2, AT_FDCWD, a, AT_FDCWD, b, 2u /* RENAME_EXCHANGE */);
}

// In Swift, flock is also the name of a struct. Exclusive, and never waiting.
static inline int attain_lock(int descriptor) { return flock(descriptor, LOCK_EX | LOCK_NB); }

// open has variadic arguments, which Swift does not import everywhere.
static inline int attain_open(const char *path, int flags, unsigned mode) {
  return open(path, flags | O_CLOEXEC, mode);
}

// A private file without a name in a folder. O_TMPFILE is a GNU extension, and not shown.
static inline int attain_nameless(const char *folder) {
  return open(folder, 020000000 | O_DIRECTORY | O_RDWR | O_CLOEXEC, 0600);
}

// SIG_IGN is a cast that Swift does not import.
static inline int attain_ignores(int number) {
  struct sigaction action;
  return sigaction(number, 0, &action) == 0 && action.sa_handler == SIG_IGN;
}

// Swift's Glibc module does not show pipe2.
static inline int attain_pipe(int *ends) { return (int)syscall(SYS_pipe2, ends, O_CLOEXEC); }

// The processors this process may use, fewer than are there under taskset or in a container;
// 0 if that is not known. Swift's Glibc module does not show sched_getaffinity.
static inline int attain_processors(void) {
  unsigned long mask[128];
  long bytes = syscall(SYS_sched_getaffinity, 0, sizeof mask, mask);
  int count = 0;
  for (long word = 0; word < bytes / (long)sizeof mask[0]; word++) {
    count += __builtin_popcountl(mask[word]);
  }
  return count;
}
