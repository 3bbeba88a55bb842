#pragma once

#include <cstdint>
#include <forward_list>
#include <memory_resource>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/source/span.h"
#include "compiler/types/type.h"
#include "compiler/value/value.h"

/// The staged core: what is left of an expression once everything known at release time is
/// computed. `topology` evaluates it for one Cluster, `lower` turns it into patches and templates;
/// both must give the same objects.
namespace stackc::ir {

/// When a value is known; the later of two is the greater.
enum class Stage : std::uint8_t {
  Release,  // when the compiler runs
  Cluster,  // from ClusterClass variables and builtins, by Cluster API
  AddOn,    // from live objects, by the operator
};

struct Expr;
/// Owned by an ExprStore; never null unless said.
using ExprRef = const Expr*;

struct Constant {
  Value value;
};

/// A ClusterClass variable as a whole. Reading an absent one is excluded by the checker (`Present`
/// guards it).
struct Variable {
  std::string name;
};

/// A Cluster API builtin by its path below `builtin.`: `controlPlane.version`. Always a string or
/// an integer.
struct Builtin {
  std::string path;
};

/// A live object that the operator offers to an add-on.
struct Live {
  enum class Object : std::uint8_t { Cluster, ControlPlane, InfraCluster };
  Object object;
};

/// `cluster`, `controlPlane`, `infraCluster`
std::string_view name_of(Live::Object object);

/// A name bound by a Comprehension; ids are unique within one store.
struct Local {
  std::uint32_t id;
  std::string name;
};

struct Member {
  ExprRef base;
  std::string name;
};

/// `has x`: the operand and everything on the way to it is there. The operand is Variable, Builtin,
/// Live or Member of one.
struct Present {
  ExprRef operand;
};

struct Not {
  ExprRef operand;
};

/// Left first; the right one is evaluated only if it decides.
struct Logic {
  enum class Op : std::uint8_t { And, Or };
  Op op;
  ExprRef left;
  ExprRef right;
};

/// Eq and Ne: two scalars of one kind (strings, booleans, numbers), or a list or map with an empty
/// constant one. The others: two integers or numbers.
struct Compare {
  enum class Op : std::uint8_t { Eq, Ne, Lt, Le, Gt, Ge };
  Op op;
  ExprRef left;
  ExprRef right;
};

/// The one that holds where `op` does not.
Compare::Op opposite(Compare::Op op);

/// On integers, wrapping as 64-bit two's complement; Div and Mod truncate and their right side is a
/// nonzero constant.
struct Arithmetic {
  enum class Op : std::uint8_t { Add, Sub, Mul, Div, Mod };
  Op op;
  ExprRef left;
  ExprRef right;
};

/// String interpolation: strings as they are, integers in decimal, booleans as `true` and `false`.
struct Concat {
  std::vector<ExprRef> parts;
};

enum class Function : std::uint8_t {
  Size,        // items of a list or map
  StartsWith,  // (text, prefix)
  EndsWith,    // (text, suffix)
  Contains,    // (text, part), or (list of scalars, item)
};

struct Call {
  Function function;
  std::vector<ExprRef> arguments;
};

struct Conditional {
  ExprRef condition;
  ExprRef then;
  ExprRef otherwise;
};

/// The first arm that lists the subject's value; arms are disjoint constants. `otherwise` is null
/// if the arms cover the type.
struct Match {
  struct Arm {
    std::vector<Value> values;
    ExprRef result;
  };
  ExprRef subject;
  std::vector<Arm> arms;
  ExprRef otherwise;
};

/// Entries in the author's order. A name may occur more than once if the conditions exclude each
/// other (the checker proves it), so at most one applies. An entry whose condition does not hold,
/// or whose value is absent, is left out.
struct RecordLiteral {
  struct Entry {
    std::string name;
    source::Span span;  // of the name
    ExprRef condition;  // null: always
    ExprRef value;
  };
  std::vector<Entry> entries;
};

struct ListLiteral {
  struct Item {
    ExprRef condition;  // null: always
    ExprRef value;
  };
  std::vector<Item> items;
};

/// A list with one item per item of `source` (a list, or a map by ascending key bytes) for which
/// the condition holds.
struct Comprehension {
  ExprRef source;
  const Expr* key;    // a Local: the key of a map or the index of a list; null if unused
  const Expr* item;   // a Local
  ExprRef condition;  // null: always
  ExprRef body;
};

/// **Absence.** A RecordLiteral that has entries, none of which applies, is absent: it vanishes
/// from the record or list that holds it (so `apiServer: { if has oidc { … } }` never leaves an
/// empty `apiServer: {}` behind). A RecordLiteral without entries is the empty record. A
/// Conditional or Match is absent if the chosen branch is.
struct Expr {
  using Node = std::variant<Constant, Variable, Builtin, Live, Local, Member, Present, Not, Logic,
                            Compare, Arithmetic, Concat, Call, Conditional, Match, RecordLiteral,
                            ListLiteral, Comprehension>;
  Node node;
  types::TypeRef type;  // of the value, if it is there
  Stage stage;
  source::Span span;  // what the author wrote
  // How many expressions it is made of, each counted as often as it occurs: parts are shared, so
  // that a few lines can stand for more than anyone can write out. Set by ExprStore; saturates.
  std::uint32_t weight = 1;

  template <typename T>
  const T* as() const {
    return std::get_if<T>(&node);
  }
};

/// Owns expressions; they never move.
class ExprStore {
 public:
  ExprStore() = default;
  ExprStore(const ExprStore&) = delete;
  ExprStore& operator=(const ExprStore&) = delete;

  ExprRef add(Expr expr);
  std::uint32_t new_local() { return next_local_++; }

 private:
  // There are many, they never move, and all go at once.
  std::pmr::monotonic_buffer_resource memory_;
  std::pmr::forward_list<Expr> exprs_{&memory_};
  std::uint32_t next_local_ = 0;
};

}  // namespace stackc::ir
