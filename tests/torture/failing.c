/* A disk that fails: loaded before libc, it answers calls on some files with EIO, from a certain call on.
 *
 * FAILING_PATH  part of the paths of these files
 * FAILING_CALLS which calls: "write", "sync" or "name" (rename, link)
 * FAILING_AFTER how many of them still succeed, in each process
 * FAILING_TIMES how many then fail
 * FAILING_NOTE  a file that is made at the first failure, so that a test knows that there was one
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_long calls;

static int fails(const char *kind, const char *path) {
    const char *part = getenv("FAILING_PATH"), *of = getenv("FAILING_CALLS"), *after = getenv("FAILING_AFTER");
    const char *times = getenv("FAILING_TIMES"), *note = getenv("FAILING_NOTE");
    if (!part || !of || !after || !times || strcmp(of, kind) || !strstr(path, part)) return 0;
    long number = atomic_fetch_add(&calls, 1) - atol(after);
    if (number < 0 || number >= atol(times)) return 0;
    int fd = note ? open(note, O_CREAT | O_WRONLY | O_CLOEXEC, 0644) : -1;
    if (fd >= 0) close(fd);
    errno = EIO;
    return 1;
}

static int fails_at(const char *kind, int fd) {
    char link[64], path[PATH_MAX + 1];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX);
    if (length < 0) return 0;
    path[length] = 0;
    return fails(kind, path);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *data, size_t size) {
    return fails_at("write", fd) ? -1 : REAL(write)(fd, data, size);
}
ssize_t writev(int fd, const struct iovec *parts, int count) {
    return fails_at("write", fd) ? -1 : REAL(writev)(fd, parts, count);
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    return fails_at("write", fd) ? -1 : REAL(pwrite)(fd, data, size, at);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    return fails_at("write", fd) ? -1 : REAL(pwrite64)(fd, data, size, at);
}
int fsync(int fd) { return fails_at("sync", fd) ? -1 : REAL(fsync)(fd); }
int fdatasync(int fd) { return fails_at("sync", fd) ? -1 : REAL(fdatasync)(fd); }
int rename(const char *from, const char *to) { return fails("name", to) ? -1 : REAL(rename)(from, to); }
int link(const char *from, const char *to) { return fails("name", to) ? -1 : REAL(link)(from, to); }
