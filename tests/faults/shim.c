/* Makes the n-th change of files under one folder fail. Preloaded before libc.
 *
 * A change is a call that writes, syncs, cuts, makes, moves or removes a file whose path begins
 * with the folder. Unarmed, every call passes. The count outlives a child that is killed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { COUNT, KILL, TORN, FAIL_ONCE, FAIL_FROM_THERE };

static char folder[PATH_MAX];
static long *calls, wanted;
static int mode, code, armed;

__attribute__((constructor)) static void share(void) {
  calls = mmap(0, sizeof *calls, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
}

void fault_arm(const char *under, long at, int how, int error) {
  snprintf(folder, sizeof folder, "%s", under);
  *calls = 0;
  wanted = at;
  mode = how;
  code = error;
  armed = *folder != 0;
}

void fault_disarm(void) { armed = 0; }

long fault_count(void) { return *calls; }

static void die(void) { kill(getpid(), SIGKILL); }

static int ours(const char *path) {
  return armed && path && strncmp(path, folder, strlen(folder)) == 0;
}

static int our_file(int fd) {
  char name[64], path[PATH_MAX];
  if (!armed) return 0;
  snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(name, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return ours(path);
}

/* Counts one call; 1 = it must fail. TORN strikes where the caller can write a part first. */
static int strikes(int is_ours, int *torn) {
  if (!is_ours) return 0;
  long call = ++*calls;
  if (call < wanted || mode == COUNT) return 0;
  if (mode == FAIL_FROM_THERE || (mode == FAIL_ONCE && call == wanted)) {
    errno = code;
    return 1;
  }
  if (call != wanted) return 0;
  if (mode == TORN && torn) *torn = 1;
  else if (mode == KILL || mode == TORN) die();
  return 0;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define ANY(is_ours, name, ...) \
  { return strikes(is_ours, 0) ? -1 : REAL(name)(__VA_ARGS__); }
#define WRITES(is_ours, name, size, ...) \
  { \
    int torn = 0; \
    if (strikes(is_ours, &torn)) return -1; \
    if (torn) size /= 2; \
    ssize_t done = REAL(name)(__VA_ARGS__); \
    if (torn) die(); \
    return done; \
  }

ssize_t write(int fd, const void *data, size_t n) WRITES(our_file(fd), write, n, fd, data, n)
ssize_t pwrite(int fd, const void *data, size_t n, off_t at)
    WRITES(our_file(fd), pwrite, n, fd, data, n, at)
ssize_t pwrite64(int fd, const void *data, size_t n, off64_t at)
    WRITES(our_file(fd), pwrite64, n, fd, data, n, at)
ssize_t sendfile(int fd, int in, off_t *at, size_t n)
    WRITES(our_file(fd), sendfile, n, fd, in, at, n)
ssize_t sendfile64(int fd, int in, off64_t *at, size_t n)
    WRITES(our_file(fd), sendfile64, n, fd, in, at, n)
int fsync(int fd) ANY(our_file(fd), fsync, fd)
int fdatasync(int fd) ANY(our_file(fd), fdatasync, fd)
int ftruncate(int fd, off_t n) ANY(our_file(fd), ftruncate, fd, n)
int ftruncate64(int fd, off64_t n) ANY(our_file(fd), ftruncate64, fd, n)
int unlink(const char *path) ANY(ours(path) && access(path, F_OK) == 0, unlink, path)
int rename(const char *old, const char *fresh) ANY(ours(fresh), rename, old, fresh)
int link(const char *old, const char *fresh) ANY(ours(fresh), link, old, fresh)
int mkdir(const char *path, mode_t bits) ANY(ours(path), mkdir, path, bits)

#define OPENS(name) \
  int name(const char *path, int flags, ...) { \
    mode_t bits = 0; \
    if (flags & O_CREAT) { \
      va_list more; \
      va_start(more, flags); \
      bits = va_arg(more, mode_t); \
      va_end(more); \
    } \
    int makes = (flags & O_CREAT) && ours(path) && access(path, F_OK) != 0; \
    return strikes(makes, 0) ? -1 : REAL(name)(path, flags, bits); \
  }
OPENS(open)
OPENS(open64)
