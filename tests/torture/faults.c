/* Stands before the C library in a program under proof: counts every call that changes a file below FAULTS_ROOT or
   opens one, makes one of them fail, and keeps a record of what was asked of the disk.

   FAULTS_ROOT  the folder that is meant          FAULTS_LOG  where the record goes, if anywhere
   faults_arm(at, error, stays)   the call number `at` from now on (1: the next) fails with `error`; -1: half of it is
                                  written; with `stays` so do all after it that can fail with this error
   faults_disarm()                nothing fails any more; the number of calls since faults_arm
   faults_mark(said)              a line of the program's own in the record
*/
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define FILES 4096
enum { OPEN, CREATE, WRITE, SYNC, RENAME, LINK, UNLINK, MKDIR, CUT, KINDS };
static const char *const names[KINDS] = {"open", "create", "write", "sync", "rename", "link", "unlink", "mkdir", "cut"};

static char root[PATH_MAX];
static size_t root_length;
static int record = -1, ready;
static char *paths[FILES];
static atomic_long armed, count, at, stays, error_number, failed;

static int can_fail(int kind, int error)
{
    switch (error) {
    case ENOSPC: return kind == CREATE || kind == WRITE || kind == RENAME || kind == LINK || kind == MKDIR || kind == CUT;
    case EACCES: return kind == OPEN || kind == CREATE || kind == RENAME || kind == LINK || kind == UNLINK || kind == MKDIR;
    case EROFS: return kind != OPEN && kind != SYNC;
    case -1: return kind == WRITE;
    default: return 1;
    }
}

static void begin(void)
{
    const char *named = getenv("FAULTS_ROOT"), *log = getenv("FAULTS_LOG");
    ready = 1;
    if (named) {
        snprintf(root, sizeof root, "%s/", named);
        root_length = strlen(root);
    }
    if (log)
        record = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND, 0600);
}

static void put(const void *bytes, size_t length)
{
    const char *from = bytes;
    while (length) {
        ssize_t done = syscall(SYS_write, record, from, length);
        if (done <= 0)
            abort();
        from += done;
        length -= (size_t)done;
    }
}

/* kind, what became of it, offset, lengths of the first path, the second and the content; then these three. */
static void tell(char kind, const char *path, const char *other, int64_t offset, const void *content, size_t length)
{
    if (record < 0)
        return;
    uint32_t lengths[3] = {(uint32_t)strlen(path), (uint32_t)strlen(other), (uint32_t)length};
    size_t all = 1 + 8 + sizeof lengths + lengths[0] + lengths[1] + length;
    char *line = malloc(all), *end = line;
    *end++ = kind;
    end = (char *)memcpy(end, &offset, 8) + 8;
    end = (char *)memcpy(end, lengths, sizeof lengths) + sizeof lengths;
    end = (char *)memcpy(end, path, lengths[0]) + lengths[0];
    end = (char *)memcpy(end, other, lengths[1]) + lengths[1];
    memcpy(end, content, length);
    put(line, all);
    free(line);
}

static const char *whole(int folder, const char *path, char *into)
{
    if (!ready)
        begin();
    if (path[0] == '/')
        return path;
    if (folder == AT_FDCWD) {
        if (!getcwd(into, PATH_MAX))
            return path;
    } else if (folder >= 0 && folder < FILES && paths[folder]) {
        snprintf(into, PATH_MAX, "%s", paths[folder]);
    } else {
        return path;
    }
    size_t length = strlen(into);
    snprintf(into + length, PATH_MAX - length, "/%s", path);
    return into;
}

static int meant(const char *path)
{
    return root_length && (strncmp(path, root, root_length) == 0 || strncmp(path, root, root_length - 1) == 0);
}

static const char *of(int file)
{
    return file >= 0 && file < FILES ? paths[file] : NULL;
}

/* Whether the call is to fail: then what it answers is set. */
static int fails(int kind)
{
    if (!armed)
        return 0;
    long number = atomic_fetch_add(&count, 1) + 1, aim = at;
    tell('?', names[kind], "", number, "", 0);
    if (!aim || number < aim || (number > aim && !stays) || !can_fail(kind, (int)error_number))
        return 0;
    atomic_fetch_add(&failed, 1);
    if (error_number == -1)
        return -1;
    errno = (int)error_number;
    return 1;
}

void faults_arm(long number, int error, int lasting)
{
    count = failed = 0;
    at = number;
    error_number = error;
    stays = lasting;
    armed = 1;
}

long faults_disarm(void)
{
    armed = 0;
    return count;
}

long faults_failed(void) { return failed; }

void faults_mark(const char *said) { tell('m', said, "", 0, "", 0); }

#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) \
        real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

static int opened(int file, const char *path, int flags, int existed)
{
    if (file >= 0 && file < FILES) {
        free(paths[file]);
        paths[file] = strdup(path);
        if ((flags & O_CREAT) && !existed)
            tell('c', path, "", 0, "", 0);
        else if (flags & O_TRUNC)
            tell('t', path, "", 0, "", 0);
    }
    return file;
}

static int open_at(int folder, const char *path, int flags, mode_t mode)
{
    char room[PATH_MAX];
    const char *full = whole(folder, path, room);
    int existed = 1;
    if (meant(full)) {
        existed = syscall(SYS_faccessat, AT_FDCWD, full, F_OK) == 0;
        if (fails((flags & O_CREAT) && !existed ? CREATE : OPEN) > 0)
            return -1;
    }
    int file = (int)syscall(SYS_openat, folder, path, flags, mode);
    if (file < 0) {
        return -1;
    }
    if (meant(full))
        return opened(file, full, flags, existed);
    if (file < FILES) {
        free(paths[file]);
        paths[file] = NULL;
    }
    return file;
}

#define MODE \
    mode_t mode = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { \
        va_list more; \
        va_start(more, flags); \
        mode = (mode_t)va_arg(more, int); \
        va_end(more); \
    }
int open(const char *path, int flags, ...) { MODE return open_at(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE return open_at(AT_FDCWD, path, flags | O_LARGEFILE, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE return open_at(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { MODE return open_at(folder, path, flags, mode); }
int __open_2(const char *path, int flags) { return open_at(AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return open_at(AT_FDCWD, path, flags, 0); }
int creat(const char *path, mode_t mode) { return open_at(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return creat(path, mode); }

int close(int file)
{
    if (of(file)) {
        free(paths[file]);
        paths[file] = NULL;
    }
    return (int)syscall(SYS_close, file);
}

static ssize_t write_at(int file, const void *bytes, size_t length, int64_t offset, int placed)
{
    const char *path = of(file);
    if (path) {
        int how = fails(WRITE);
        if (how > 0)
            return -1;
        if (how < 0 && length > 1)
            length /= 2;
        if (!placed)
            offset = fcntl(file, F_GETFL) & O_APPEND ? lseek(file, 0, SEEK_END) : lseek(file, 0, SEEK_CUR);
    }
    ssize_t done = placed ? syscall(SYS_pwrite64, file, bytes, length, offset) : syscall(SYS_write, file, bytes, length);
    if (path && done > 0)
        tell('w', path, "", offset, bytes, (size_t)done);
    return done;
}

ssize_t write(int file, const void *bytes, size_t length) { return write_at(file, bytes, length, 0, 0); }
ssize_t pwrite(int file, const void *bytes, size_t length, off_t offset) { return write_at(file, bytes, length, offset, 1); }
ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t offset) { return write_at(file, bytes, length, offset, 1); }

ssize_t writev(int file, const struct iovec *parts, int number)
{
    if (of(file) && number)
        return write_at(file, parts[0].iov_base, parts[0].iov_len, 0, 0);
    return syscall(SYS_writev, file, parts, number);
}

/* Whoever copies within the system is sent back to reading and writing. */
ssize_t sendfile(int to, int from, off_t *offset, size_t length)
{
    if (of(to)) {
        errno = ENOTSOCK;
        return -1;
    }
    return syscall(SYS_sendfile, to, from, offset, length);
}
ssize_t sendfile64(int to, int from, off64_t *offset, size_t length) { return sendfile(to, from, offset, length); }

static int sync_file(int file, long call)
{
    const char *path = of(file);
    if (path && fails(SYNC) > 0)
        return -1;
    /* The files of a proof lie where nothing outlives the machine: what counts is that it was asked for. */
    int done = path ? 0 : (int)syscall(call, file);
    if (path)
        tell('s', path, "", 0, "", 0);
    return done;
}
int fsync(int file) { return sync_file(file, SYS_fsync); }
int fdatasync(int file) { return sync_file(file, SYS_fdatasync); }

static int cut(int file, int64_t length)
{
    const char *path = of(file);
    if (path && fails(CUT) > 0)
        return -1;
    int done = (int)syscall(SYS_ftruncate, file, length);
    if (path && done == 0)
        tell('t', path, "", length, "", 0);
    return done;
}
int ftruncate(int file, off_t length) { return cut(file, length); }
int ftruncate64(int file, off64_t length) { return cut(file, length); }

static int move(int kind, char sign, int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
    char room[PATH_MAX], other[PATH_MAX];
    const char *first = whole(from_folder, from, room), *second = whole(to_folder, to, other);
    int is_meant = meant(first) || meant(second);
    if (is_meant && fails(kind) > 0)
        return -1;
    long done = kind == LINK ? syscall(SYS_linkat, from_folder, from, to_folder, to, flags)
                             : syscall(SYS_renameat2, from_folder, from, to_folder, to, flags);
    if (is_meant && done == 0)
        tell(sign, first, second, 0, "", 0);
    return (int)done;
}
int rename(const char *from, const char *to) { return move(RENAME, 'r', AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int a, const char *from, int b, const char *to) { return move(RENAME, 'r', a, from, b, to, 0); }
int renameat2(int a, const char *from, int b, const char *to, unsigned how) { return move(RENAME, 'r', a, from, b, to, how); }
int link(const char *from, const char *to) { return move(LINK, 'l', AT_FDCWD, from, AT_FDCWD, to, 0); }
int linkat(int a, const char *from, int b, const char *to, int how) { return move(LINK, 'l', a, from, b, to, (unsigned)how); }

static int named(int kind, char sign, long call, int folder, const char *path, int with)
{
    char room[PATH_MAX];
    const char *full = whole(folder, path, room);
    int is_meant = meant(full);
    if (is_meant && fails(kind) > 0)
        return -1;
    int done = (int)syscall(call, folder, path, with);
    if (is_meant && done == 0)
        tell(sign, full, "", 0, "", 0);
    return done;
}
int unlink(const char *path) { return named(UNLINK, 'u', SYS_unlinkat, AT_FDCWD, path, 0); }
int unlinkat(int folder, const char *path, int how) { return named(UNLINK, 'u', SYS_unlinkat, folder, path, how); }
int rmdir(const char *path) { return named(UNLINK, 'u', SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR); }
int mkdir(const char *path, mode_t mode) { return named(MKDIR, 'd', SYS_mkdirat, AT_FDCWD, path, (int)mode); }
int mkdirat(int folder, const char *path, mode_t mode) { return named(MKDIR, 'd', SYS_mkdirat, folder, path, (int)mode); }
