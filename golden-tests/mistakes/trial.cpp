#include "golden-tests/mistakes/trial.h"

#include <fmt/core.h>

#include <algorithm>

#include "compiler/driver/session.h"

namespace stackc::mistakes {

/// Holds one file.
class Bench::Disk : public source::FileSystem {
 public:
  void put(std::string path, std::string text) {
    path_ = std::move(path);
    text_ = std::move(text);
  }

  Result<std::string> read(const std::string& path, std::size_t) override {
    return path == path_ ? Result<std::string>(text_) : Error{fmt::format("no file `{}`", path)};
  }
  bool is_directory(const std::string&) override { return false; }
  bool exists(const std::string&) override { return false; }
  Result<std::vector<std::string>> list(const std::string&) override {
    return std::vector<std::string>{};
  }

 private:
  std::string path_;
  std::string text_;
};

struct Bench::Loaded {
  Disk disk;
  std::unique_ptr<driver::Session> session;
  int checked = 0;
};

Bench::Bench() : loaded_(std::make_unique<Loaded>()) {}
Bench::~Bench() = default;

std::vector<SeenError> Bench::seen(std::string text, diag::Severity severity) {
  // A session keeps what it has read: the standard library and the schemas, which save time, but
  // every text as well.
  constexpr int most_per_session = 200;
  if (loaded_->checked % most_per_session == 0)
    loaded_->session = std::make_unique<driver::Session>(loaded_->disk, driver::SessionOptions{});
  const std::string path = fmt::format("{}.stack", ++loaded_->checked);
  loaded_->disk.put(path, std::move(text));
  const driver::CheckedFile file = loaded_->session->check_file(path);

  std::vector<SeenError> all;
  for (const diag::Report& report : file.sink.sorted()) {
    if (report.severity != severity) continue;
    const source::SourceFile& source = loaded_->session->sources().file(report.span.file);
    const bool elsewhere = source.path() != path;
    SeenError error{.id = std::string(report.id),
                    .line = elsewhere ? 0 : source.position(report.span.begin).line,
                    .message = report.message,
                    .advice = report.hint};
    for (const std::string& note : report.notes) error.advice += '\n' + note;
    for (const diag::Fix& fix : report.fixes) {
      for (const diag::Edit& edit : fix.edits) error.advice += '\n' + edit.replacement;
    }
    all.push_back(std::move(error));
  }
  return all;
}

namespace {

std::uint32_t line_at(std::string_view text, std::size_t offset) {
  return 1 + static_cast<std::uint32_t>(std::ranges::count(text.substr(0, offset), '\n'));
}

}  // namespace

Lines lines_of(const Edit& edit, std::string_view after) {
  const std::uint32_t first = line_at(after, edit.begin);
  const bool whole_lines = edit.text.empty() && edit.begin > 0 && after[edit.begin - 1] == '\n';
  return {whole_lines ? first - 1 : first, line_at(after, edit.begin + edit.text.size())};
}

std::uint32_t find_line(std::string_view text, std::string_view part) {
  const std::size_t at = text.find(part);
  return at == std::string_view::npos ? 0 : line_at(text, at);
}

}  // namespace stackc::mistakes
