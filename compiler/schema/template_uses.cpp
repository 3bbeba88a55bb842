#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>
#include <utility>

#include "compiler/schema/chart_uses.h"
#include "compiler/schema/go_template.h"
#include "compiler/schema/kubernetes_places.h"

namespace stackc::schema {
namespace {

using Kind = TemplateToken::Kind;
using Tokens = std::span<const TemplateToken>;

constexpr std::size_t max_call_depth = 64;
constexpr std::size_t max_added = 20'000;  // values that named templates read, over all calls
constexpr std::size_t max_looked_back = std::size_t{64} << 20;  // bytes, over all texts

bool is_one_of(const auto& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

// Functions that ask for one field by its name, and such as only ask whether a value is there.
constexpr std::array<std::string_view, 3> field_functions{"hasKey", "get", "unset"};
constexpr std::array<std::string_view, 6> record_functions{"get",   "pick",           "omit",
                                                           "merge", "mergeOverwrite", "deepCopy"};
constexpr std::array<std::string_view, 4> truth_functions{"and", "or", "not", "empty"};
constexpr std::array<std::string_view, 5> kind_functions{"kindIs", "kindOf", "typeIs", "typeOf",
                                                         "typeIsLike"};

constexpr std::string_view path_characters =
    ".0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

// Keys that mean the same in every object, and kinds that are or make pods.
constexpr std::array<std::string_view, 3> metadata_keys{"labels", "annotations", "matchLabels"};
constexpr std::array<std::string_view, 8> kinds_with_pods{
    "Pod",        "Deployment", "DaemonSet", "StatefulSet",
    "ReplicaSet", "Job",        "CronJob",   "ReplicationController"};

/// The names of a path such as `.image.tag`; none of `.` and `$`.
std::vector<std::string> names_of(std::string_view path) {
  std::vector<std::string> names;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('.'), path.size());
    if (end > 0) names.emplace_back(path.substr(0, end));
    path.remove_prefix(std::min(path.size(), end + 1));
  }
  return names;
}

std::size_t number(std::string_view text) {
  std::size_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// With how many columns of indentation an action prints.
std::size_t columns_of(Tokens tokens) {
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (tokens[i].text == "nindent" || tokens[i].text == "indent")
      return number(tokens[i + 1].text);
  }
  return 0;
}

}  // namespace

/// One text, read from its first action to its last.
class TemplateText {
 public:
  TemplateText(std::string_view text, ValueUse& values, TemplateUses& all)
      : text_(text), values_(values), all_(all), blocks_{{}} {}

  void read() {
    for (const TemplateAction& action : read_actions(text_)) {
      find_kind(action.begin);
      begin_ = action.begin;
      if (!action.tokens.empty()) read_action(action.tokens);
    }
  }

 private:
  /// What stands between `if`, `with`, `range`, `define` … and its `end`.
  struct Block {
    ValueUse* dot = nullptr;        // what `.` is; null if that is none of the values, or not known
    ValueUse* outer_dot = nullptr;  // what it is behind `else`
    TemplateUses::Named* template_ = nullptr;  // that is defined here
  };

  void read_action(Tokens tokens) {
    const std::string_view word = tokens[0].kind == Kind::Word ? tokens[0].text : "";
    ValueUse* asked = std::exchange(asked_, nullptr);
    // Another condition around the `if` may be what lets it pass.
    const bool is_outermost = blocks_.size() == 2 && blocks_.back().template_ == nullptr;
    const bool says_why = tokens.size() == 2 && tokens[1].kind == Kind::String;
    if (word == "fail" && asked && is_outermost && says_why) asked->refusal = tokens[1].text;
    if (word == "end") {
      if (blocks_.size() > 1) blocks_.pop_back();
    } else if (word == "define" || word == "block") {
      open_template(tokens);
    } else if (word == "else") {
      blocks_.back().dot = blocks_.back().outer_dot;
      if (tokens.size() > 1) read_branch(tokens.subspan(1), blocks_.back());
    } else if (word == "if" || word == "with" || word == "range") {
      Block block = blocks_.back();
      block.outer_dot = block.dot;
      blocks_.push_back(block);
      read_branch(tokens, blocks_.back());
    } else {
      read_values(tokens, false);
    }
  }

  void open_template(Tokens tokens) {
    Block block;
    if (tokens.size() > 1 && tokens[1].kind == Kind::String) {
      block.template_ = &all_.named_[std::string(tokens[1].text)];
      block.dot = &block.template_->dot;
    }
    if (tokens[0].text == "block")
      read_values(tokens.subspan(std::min<std::size_t>(2, tokens.size())), false);
    blocks_.push_back(block);
  }

  /// `if …`, `with …` or `range …`, also behind `else`.
  void read_branch(Tokens tokens, Block& block) {
    const bool is_with = tokens[0].text == "with";
    const bool is_path = tokens.size() == 2 && tokens[1].kind == Kind::Path;
    if (is_with && is_path) {
      block.dot = find(tokens[1].text);
      return;
    }
    if (tokens[0].text == "if" && is_path) asked_ = find(tokens[1].text);
    read_values(tokens.subspan(1), tokens[0].text == "if");
    if (tokens[0].text != "if") block.dot = nullptr;
  }

  /// Where a path leads; null if to none of the values.
  ValueUse* find(std::string_view path) const {
    std::vector<std::string> names = names_of(path);
    ValueUse* use = nullptr;
    auto name = std::ranges::find(names, "Values");
    if (name != names.end()) {
      use = &values_;
      ++name;
    } else if (path.starts_with('$')) {
      // Another variable than the one that holds what the template was given.
      if (!path.starts_with("$.") && path != "$") return nullptr;
      const TemplateUses::Named* named = blocks_.back().template_;
      use = named == nullptr ? nullptr : &blocks_.back().template_->dot;
      name = names.begin() + 1;
    } else {
      use = blocks_.back().dot;
      name = names.begin();
    }
    if (use == nullptr) return nullptr;
    for (; name < names.end(); ++name) use = &use->field(*name);
    return use;
  }

  /// What the tokens of an action read; of a condition mostly whether something is there.
  void read_values(Tokens tokens, bool is_condition) {
    std::vector<std::size_t> commands{0};  // where each of those that are open begins
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const TemplateToken& token = tokens[i];
      if (token.kind == Kind::Open) {
        commands.push_back(i + 1);
      } else if (token.kind == Kind::Close) {
        if (commands.size() > 1) commands.pop_back();
      } else if (token.kind == Kind::Pipe || token.text == "=" || token.text == ",") {
        commands.back() = i + 1;
      } else if (token.kind == Kind::Path) {
        const bool is_inner = commands.size() > 1;
        read_path(tokens, i, commands.back(), is_condition, is_inner);
      } else if (token.kind == Kind::String) {
        read_text(token.text);
      }
    }
  }

  void read_path(Tokens tokens, std::size_t at, std::size_t command, bool is_condition,
                 bool is_inner) {
    ValueUse* use = find(tokens[at].text);
    if (use == nullptr) return;
    const bool has_head = command < at && tokens[command].kind == Kind::Word;
    const std::string_view head = has_head ? tokens[command].text : "";
    const bool is_piped = at + 1 < tokens.size() && tokens[at + 1].kind == Kind::Pipe;
    if (ValueUse* inner = behind_parentheses(tokens, at, use)) {
      inner->whole = true;
    } else if (is_one_of(field_functions, head) && follows_text(tokens, at)) {
      ValueUse& field = use->field(std::string(tokens[at + 1].text));
      if (head == "get") field.whole = true;
    } else if (head == "index") {
      read_index(tokens, at, use);
    } else if ((head == "include" || head == "template") && at == command + 2 &&
               tokens[command + 1].kind == Kind::String) {
      call(std::string(tokens[command + 1].text), *use);
    } else if (is_one_of(kind_functions, head)) {
      use->any_kind = true;
    } else if (is_quoted(tokens, at, command)) {
      use->quoted = true;
      if (at == 0) note_text_key(*use);
    } else if (!says_nothing(*use, head, is_condition && !is_piped)) {
      use->whole = true;
      use->is_template |= head == "tpl" && at == command + 1;
      if (!is_inner && is_printed(tokens, at, command)) note_key(tokens, *use);
      if (tokens.size() == 1) note_text_key(*use);
    }
  }

  /// Of a value that is only asked for, and of `.Values`, which is handed to every template.
  bool says_nothing(const ValueUse& use, std::string_view head, bool is_asked) const {
    if (is_asked && (head.empty() || is_one_of(truth_functions, head))) return true;
    return &use == &values_ && !is_one_of(record_functions, head);
  }

  /// What `tpl` is given may be written in the template itself.
  void read_text(std::string_view text) {
    constexpr std::string_view root = ".Values.";
    for (std::size_t at = text.find(root); at != text.npos; at = text.find(root, at + 1)) {
      const std::string_view path = text.substr(at);
      find(path.substr(0, path.find_first_not_of(path_characters)))->whole = true;
    }
  }

  /// `(.image).tag` and `((.a).b).c`, which read a field of what stands in parentheses.
  static ValueUse* behind_parentheses(Tokens tokens, std::size_t at, ValueUse* use) {
    const auto is_field = [&] {
      return at + 2 < tokens.size() && tokens[at + 1].kind == Kind::Close &&
             tokens[at + 2].kind == Kind::Other && tokens[at + 2].text.size() > 1;
    };
    if (!is_field()) return nullptr;
    for (; is_field(); at += 2) {
      for (const std::string& name : names_of(tokens[at + 2].text)) use = &use->field(name);
    }
    return use;
  }

  static bool follows_text(Tokens tokens, std::size_t at) {
    return at + 1 < tokens.size() && tokens[at + 1].kind == Kind::String;
  }

  void read_index(Tokens tokens, std::size_t at, ValueUse* use) const {
    for (; follows_text(tokens, at); ++at) use = &use->field(std::string(tokens[at + 1].text));
    use->whole = true;
  }

  /// Is the value printed between quotes: `.x | quote`, `quote .x`?
  static bool is_quoted(Tokens tokens, std::size_t at, std::size_t command) {
    constexpr std::array<std::string_view, 2> quotes{"quote", "squote"};
    if (at == command + 1) return is_one_of(quotes, tokens[command].text);
    return at == command && tokens.size() == at + 3 && tokens[at + 1].kind == Kind::Pipe &&
           is_one_of(quotes, tokens[at + 2].text);
  }

  /// Is the value printed as it is: `toYaml .x | nindent 8`, `.x | toYaml | indent 8`?
  static bool is_printed(Tokens tokens, std::size_t at, std::size_t command) {
    if (at == command + 1 && tokens[command].text == "toYaml" && command == 0) return true;
    return at == 0 && tokens.size() > 2 && tokens[2].text == "toYaml";
  }

  /// What the last `kind:` above an action says.
  void find_kind(std::size_t action) {
    constexpr std::string_view key = "\nkind:";
    const std::string_view above = text_.substr(begin_, action - begin_);
    std::size_t last = above.rfind(key);
    if (last == above.npos && (begin_ > 0 || !above.starts_with(key.substr(1)))) return;
    last = last == above.npos ? 0 : last + 1;
    std::string_view name = above.substr(last + key.size() - 1);
    name = name.substr(std::min(name.find_first_not_of(" \""), name.size()));
    kind_ = name.substr(0, name.find_first_not_of(path_characters));
  }

  /// Other kinds than those with pods have keys such as `nodeSelector` that mean something else,
  /// and some hold texts for other programs. A named template does not say the kind.
  bool is_key_of_kubernetes(std::string_view key) const {
    if (!kind_ || is_one_of(kinds_with_pods, *kind_)) return true;
    return is_one_of(metadata_keys, key) && *kind_ != "ConfigMap" && *kind_ != "Secret";
  }

  void note_key(Tokens tokens, ValueUse& use) {
    constexpr std::size_t window = std::size_t{16} << 10;
    const std::size_t from = begin_ - std::min(begin_, window);
    all_.looked_back_ += begin_ - from;
    if (all_.looked_back_ > max_looked_back) return;
    const std::string_view near = text_.substr(from);
    const std::string_view key = key_above(near, begin_ - from, columns_of(tokens));
    if (!key.empty() && is_key_of_kubernetes(key)) use.printed_as.emplace(key);
  }

  /// The key on the same line: `imagePullPolicy: {{ .x }}`.
  void note_text_key(ValueUse& use) const {
    constexpr std::size_t window = 256;
    const std::size_t from = begin_ - std::min(begin_, window);
    const std::string_view key = key_above(text_.substr(from), begin_ - from, 0);
    if (is_text_place(key) && is_key_of_kubernetes(key)) use.printed_as.emplace(key);
  }

  void call(std::string name, ValueUse& with) {
    if (&with == &values_) return;
    TemplateUses::Named* here = blocks_.back().template_;
    auto& calls = here == nullptr ? all_.calls_ : here->calls;
    calls.push_back({&with, std::move(name)});
  }

  std::string_view text_;
  ValueUse& values_;
  TemplateUses& all_;
  std::vector<Block> blocks_;             // the innermost last
  std::size_t begin_ = 0;                 // of the action that is read
  std::optional<std::string_view> kind_;  // of the object around it, if that is said
  ValueUse* asked_ = nullptr;             // by an `if` right before it
};

namespace {

/// Adds what is read of one value to what is read of another; returns how many values that were.
std::size_t add(const ValueUse& from, ValueUse& to) {
  to.whole |= from.whole;
  to.quoted |= from.quoted;
  to.any_kind |= from.any_kind;
  to.is_template |= from.is_template;
  to.printed_as.insert(from.printed_as.begin(), from.printed_as.end());
  std::size_t count = 1;
  for (const auto& [name, field] : from.fields) count += add(field, to.field(name));
  return count;
}

}  // namespace

void TemplateUses::add(std::string_view template_text, ValueUse& values) {
  TemplateText(template_text, values, *this).read();
}

void TemplateUses::finish() {
  for (const Call& call : calls_) add_call(call, 0);
  for (auto& [name, named] : named_) complete(named, 0);
}

/// What a template reads that is not known, that calls itself, or whose calls are too many, is
/// anything.
void TemplateUses::add_call(const Call& call, std::size_t depth) {
  const auto named = named_.find(call.name);
  if (named == named_.end() || added_ > max_added || !complete(named->second, depth + 1)) {
    call.with->whole = true;
    return;
  }
  added_ += schema::add(named->second.dot, *call.with);
}

/// Adds the calls of a named template to what it reads itself; false if that has no end.
bool TemplateUses::complete(Named& named, std::size_t depth) {
  if (named.is_done) return true;
  if (named.is_open || depth > max_call_depth) return false;
  named.is_open = true;
  for (const Call& call : named.calls) add_call(call, depth);
  named.is_open = false;
  named.is_done = true;
  return true;
}

}  // namespace stackc::schema
