#include "compiler/publish/packed_refs.h"

#include <fmt/core.h>

#include <algorithm>

#include "compiler/base/ascii.h"

namespace stackc::publish {
namespace {

constexpr std::size_t id_digits = 40;

bool is_object_id(std::string_view text) {
  return text.size() == id_digits && std::ranges::all_of(text, is_lower_hex_digit);
}

/// One line without its end; false if it is of no known form.
bool parse_line(std::string_view line, PackedRefs& out) {
  constexpr std::string_view header = "# pack-refs with:";
  if (line.starts_with(header)) {
    out.fully_peeled = line.find(" fully-peeled") != std::string_view::npos;
    return true;
  }
  if (line.starts_with('#')) return true;
  if (line.starts_with('^')) {
    if (out.refs.empty() || !is_object_id(line.substr(1))) return false;
    out.refs.back().peeled = line.substr(1);
    return true;
  }
  const bool has_ref = line.size() > id_digits + 1 && line[id_digits] == ' ';
  if (!has_ref || !is_object_id(line.substr(0, id_digits))) return false;
  out.refs.push_back({.name = std::string(line.substr(id_digits + 1)),
                      .target = std::string(line.substr(0, id_digits))});
  return true;
}

}  // namespace

Result<PackedRefs> parse_packed_refs(std::string_view text) {
  PackedRefs out;
  out.fully_peeled = text.empty();  // until the header says so
  std::size_t number = 0;
  while (!text.empty()) {
    ++number;
    const std::size_t end = text.find('\n');
    // Git ends every line, so a last line without an end is a file that was cut.
    if (end == std::string_view::npos || !parse_line(text.substr(0, end), out)) {
      return Error{fmt::format("line {} of `packed-refs` is damaged", number)};
    }
    text.remove_prefix(end + 1);
  }
  std::ranges::sort(out.refs, {}, &PackedRef::name);
  const auto twice = std::ranges::adjacent_find(out.refs, {}, &PackedRef::name);
  if (twice != out.refs.end()) {
    return Error{fmt::format("`packed-refs` lists `{}` twice", twice->name)};
  }
  return out;
}

std::string print_packed_refs(std::vector<PackedRef> refs) {
  std::ranges::sort(refs, {}, &PackedRef::name);
  // Exactly as git writes it, the space before the line end included.
  std::string text = "# pack-refs with: peeled fully-peeled sorted \n";
  for (const PackedRef& ref : refs) {
    text.append(ref.target).append(" ").append(ref.name).append("\n");
    if (!ref.peeled.empty()) text.append("^").append(ref.peeled).append("\n");
  }
  return text;
}

void set_ref(std::vector<PackedRef>& refs, PackedRef ref) {
  const auto place = std::ranges::find(refs, ref.name, &PackedRef::name);
  if (place == refs.end()) {
    refs.push_back(std::move(ref));
  } else {
    *place = std::move(ref);
  }
}

const PackedRef* find_ref(const std::vector<PackedRef>& refs, std::string_view name) {
  const auto place = std::ranges::find(refs, name, &PackedRef::name);
  return place == refs.end() ? nullptr : &*place;
}

}  // namespace stackc::publish
