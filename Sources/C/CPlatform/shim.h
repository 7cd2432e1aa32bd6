#include <fcntl.h>
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
