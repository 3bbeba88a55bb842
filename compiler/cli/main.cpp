#ifdef STACKC_MIMALLOC
#include <mimalloc.h>
#endif
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <filesystem>
#include <string>
#include <thread>

#include "compiler/cli/subcommand.h"
#include "compiler/cli/version.h"
#include "compiler/driver/real_output.h"
#include "compiler/source/real_file_system.h"

namespace {

/// A closed pipe is the reader's choice; everything else that stops the output is the world's
/// failure.
bool print(const std::string& text, std::FILE* stream) {
  return std::fwrite(text.data(), 1, text.size(), stream) == text.size() &&
         std::fflush(stream) == 0;
}

std::string binary_directory() {
  std::error_code ignored;  // only publishing needs it, and says so
  return std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path().string();
}

/// Colours only for a person who did not decline them (https://no-color.org).
bool wants_colour(bool terminal) {
  const char* const declined = std::getenv("NO_COLOR");
  const char* const kind = std::getenv("TERM");
  return terminal && (!declined || *declined == '\0') && kind && std::strcmp(kind, "dumb") != 0;
}

}  // namespace

int main(int count, char** arguments) try {
#ifdef STACKC_MIMALLOC
  // The next file takes what the one before it gave back, so the kernel is not to have it
  // meanwhile.
  mi_option_disable(mi_option_allow_decommit);
#endif
  umask(022);
  stackc::source::RealFileSystem files;
  stackc::driver::RealOutput output;
  std::string out, err;
  const bool terminal = isatty(STDERR_FILENO) == 1;
  stackc::driver::Environment environment{.files = files,
                                          .output = output,
                                          .out = out,
                                          .err = err,
                                          .terminal = terminal,
                                          .colour = wants_colour(terminal),
                                          .version = stackc::cli::version,
                                          .threads = std::thread::hardware_concurrency(),
                                          .binary_directory = binary_directory()};
  const auto exit = stackc::cli::run(
      {arguments + 1, static_cast<std::size_t>(count > 0 ? count - 1 : 0)}, environment);
  const bool printed = print(out, stdout) && print(err, stderr);
  return printed ? static_cast<int>(exit) : static_cast<int>(stackc::driver::Exit::World);
} catch (const std::exception& error) {
  std::fprintf(stderr, "stackc: internal error: %s\nThis is a bug in stackc; please report it.\n",
               error.what());
  return 70;
}
