// Preloaded into a program under test: counts the calls that change a file system and lets the one
// with number FAULT_AT go wrong. FAULT=kill ends the process just before the call, as SIGKILL does
// at that instant; FAULT=full makes this call and all later ones that need space fail, as a full
// disk does. At exit the count goes to the file FAULT_COUNT.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/types.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

std::atomic<long> calls{0};

long fault_at() {
  static const long number = [] {
    const char* const text = std::getenv("FAULT_AT");
    return text != nullptr ? std::atol(text) : -1;
  }();
  return number;
}

bool disk_full() {
  static const bool full = [] {
    const char* const text = std::getenv("FAULT");
    return text != nullptr && std::strcmp(text, "full") == 0;
  }();
  return full;
}

/// Counts; true if the call must fail.
bool fault(bool needs_space) {
  const long number = ++calls;
  if (fault_at() < 0 || number < fault_at()) return false;
  if (!disk_full()) ::kill(::getpid(), SIGKILL);
  if (needs_space) errno = ENOSPC;
  return needs_space;
}

template <typename Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

struct ReportAtExit {
  ~ReportAtExit() {
    const char* const path = std::getenv("FAULT_COUNT");
    if (path == nullptr) return;
    if (std::FILE* const file = std::fopen(path, "w")) {
      std::fprintf(file, "%ld", calls.load());
      std::fclose(file);
    }
  }
} report_at_exit;

}  // namespace

#define CHANGING_CALL(result, name, needs_space, parameters, arguments) \
  extern "C" result name parameters {                                   \
    static const auto real = next<result(*) parameters>(#name);         \
    if (fault(needs_space)) return -1;                                  \
    return real arguments;                                              \
  }

CHANGING_CALL(int, rename, true, (const char* from, const char* to), (from, to))
CHANGING_CALL(int, link, true, (const char* from, const char* to), (from, to))
CHANGING_CALL(int, mkdir, true, (const char* path, mode_t mode), (path, mode))
CHANGING_CALL(int, unlink, false, (const char* path), (path))
CHANGING_CALL(int, rmdir, false, (const char* path), (path))
CHANGING_CALL(int, fsync, false, (int file), (file))
CHANGING_CALL(int, fchmod, false, (int file, mode_t mode), (file, mode))
CHANGING_CALL(int, mkostemp, true, (char* pattern, int flags), (pattern, flags))
CHANGING_CALL(ssize_t, sendfile, true, (int to, int from, off_t* offset, size_t count),
              (to, from, offset, count))

// Standard output is a pipe here; only files fill a disk.
extern "C" ssize_t write(int file, const void* bytes, size_t count) {
  static const auto real = next<ssize_t (*)(int, const void*, size_t)>("write");
  if (file > STDERR_FILENO && fault(true)) return -1;
  return real(file, bytes, count);
}

#define OPENING_CALL(name)                                                 \
  extern "C" int name(const char* path, int flags, ...) {                  \
    static const auto real = next<int (*)(const char*, int, ...)>(#name);  \
    va_list rest;                                                          \
    va_start(rest, flags);                                                 \
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0; \
    va_end(rest);                                                          \
    if ((flags & O_CREAT) != 0 && fault(true)) return -1;                  \
    return real(path, flags, mode);                                        \
  }

OPENING_CALL(open)
OPENING_CALL(open64)
