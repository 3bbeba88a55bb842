#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/source/span.h"
#include "compiler/value/value.h"

/// What the author wrote, before any name is looked up. Every node knows its exact span. The
/// grammar is grammar/Stack.g4; docs/language.md explains it.
namespace stackc::syntax {

using source::Span;

struct Name {
  std::string text;
  Span span;
};

/// `// …`, and `/// …` that documents nothing, kept for a formatter with the next item behind it,
/// wherever it stands; the spans tell lines and blank lines. Doc comments (`///`) directly before
/// an item are in its `doc`.
struct Comment {
  std::string text;  // with the slashes
  Span span;
};

struct Expr;
using ExprPtr = std::unique_ptr<Expr>;

/// In the place of what could not be parsed; reported already, so later phases accept it silently.
struct Hole {};

/// Integer, number, boolean, string without interpolation, or `"""` text block.
struct Literal {
  Value value;
};

/// `"text ${expr} text"`; Literal strings and other expressions, in order.
struct Interpolation {
  std::vector<ExprPtr> parts;
};

struct NameRef {
  std::string name;
};

struct Member {
  ExprPtr base;
  Name name;
};

struct Call {
  ExprPtr callee;
  std::vector<ExprPtr> arguments;
};

struct Unary {
  enum class Op : std::uint8_t { Not, Negate, Has };
  Op op;
  ExprPtr operand;
};

struct Binary {
  enum class Op : std::uint8_t {
    Or,
    And,
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
    Add,
    Sub,
    Mul,
    Div,
    Mod,
    Coalesce
  };
  Op op;
  Span op_span;
  ExprPtr left;
  ExprPtr right;
};

/// `if c then a else b`
struct IfThenElse {
  ExprPtr condition;
  ExprPtr then;
  ExprPtr otherwise;
};

struct MatchArm {
  std::vector<ExprPtr> patterns;  // literals; empty: `_`
  ExprPtr result;
  Span span;
};

struct Match {
  ExprPtr subject;
  std::vector<MatchArm> arms;
};

struct ListItem;

struct List {
  std::vector<ListItem> items;
};

/// `[for x in xs if c { e }]`, `[for key, value in map { e }]`
struct Comprehension {
  std::optional<Name> key;
  Name item;
  ExprPtr source;
  ExprPtr condition;  // may be null
  ExprPtr body;
};

struct Entry;

/// `{ a: 1, if c { b: 2 } }`
struct Record {
  std::vector<Entry> entries;
};

struct Expr {
  std::variant<Hole, Literal, Interpolation, NameRef, Member, Call, Unary, Binary, IfThenElse,
               Match, List, Comprehension, Record>
      node;
  Span span;

  template <typename T>
  const T* as() const {
    return std::get_if<T>(&node);
  }
};

/// A value, or `if c { item, … } else { item, … }`.
struct ListItem {
  ExprPtr value;  // null for a conditional
  ExprPtr condition;
  std::vector<ListItem> then;
  std::vector<ListItem> otherwise;
  Span span;
};

/// `name: value`, or `if c { entry … } else { entry … }` (`else if` is an `otherwise` with one
/// conditional entry).
struct Entry {
  std::optional<Name> name;  // none for a conditional
  ExprPtr value;
  ExprPtr condition;
  std::vector<Entry> then;
  std::vector<Entry> otherwise;
  std::string doc;
  std::vector<Comment> comments;
  Span span;
};

struct TypeExpr;
using TypePtr = std::unique_ptr<TypeExpr>;

/// An argument in parentheses behind a type: `0..`, `1..63`, `format: "uuid"`, `pattern: "…"`,
/// `unique`.
struct TypeArgument {
  std::optional<Name> name;  // none for a range
  ExprPtr value;             // null for a range or a flag
  ExprPtr low, high;         // of a range; null: open
  bool is_range = false;
  Span span;
};

struct Annotation {  // `@example("SCS-4V-8")`
  Name name;
  std::vector<ExprPtr> arguments;
  Span span;
};

struct TypeField {
  std::string doc;
  std::vector<Annotation> annotations;
  std::vector<Comment> comments;
  Name name;
  TypePtr type;
  ExprPtr default_value;  // may be null
  Span span;
};

struct NamedType {  // `String(1..63)`, `scs.UUID`
  std::optional<Name> module;
  Name name;
  std::vector<TypeArgument> arguments;
};

struct EnumType {            // `"none" | "octavia-ovn"`
  std::vector<Name> values;  // text without quotes, span with them
};

struct ListType {  // `[String](1..10, unique)`
  TypePtr element;
  std::vector<TypeArgument> arguments;
};

struct MapType {  // `{String: T}`
  TypePtr element;
  std::vector<TypeArgument> arguments;
};

struct RecordType {  // `{ name: String, size: Int = 20 }`
  std::vector<TypeField> fields;
};

struct UnionType {  // `scs.UUID | ""`: a named type and further texts
  TypePtr base;
  std::vector<Name> values;  // as in EnumType
};

struct TypeHole {};

struct TypeExpr {
  std::variant<TypeHole, NamedType, EnumType, UnionType, ListType, MapType, RecordType> node;
  bool optional = false;  // `T?`
  Span span;

  template <typename T>
  const T* as() const {
    return std::get_if<T>(&node);
  }
};

struct Parameter {
  Name name;
  TypePtr type;
};

/// What stands before every declaration.
struct Leading {
  std::string doc;  // `///` lines joined by newlines, marks and one space removed
  std::vector<Annotation> annotations;
  std::vector<Comment> comments;
};

struct Import {  // `import openstack`, `import "lib/net.stack" as net`
  Leading leading;
  std::string target;  // module name, or the relative path
  bool is_path = false;
  Name binding;  // the name it gets here
  Span target_span;
  Span span;
};

struct TypeDeclaration {  // `type UUID = String(format: "uuid")`
  Leading leading;
  Name name;
  TypePtr type;
  Span span;
};

struct Let {  // `let f(x: Int): Int = x + 1`
  Leading leading;
  Name name;
  bool is_function = false;
  std::vector<Parameter> parameters;
  TypePtr type;  // may be null
  ExprPtr value;
  Span span;
};

struct Provider {  // `provider openstack { … }`, in the standard library and in users' providers
  Leading leading;
  Name name;
  ExprPtr body;  // Record
  Span span;
};

struct KubernetesLine {  // `kubernetes 1.34.7 { … }`
  Leading leading;
  Name version;   // text `1.34.7`
  ExprPtr facts;  // Record; may be null
  Span span;
};

struct Variable {  // `variable workerFlavor: scs.Flavor = "SCS-4V-8"`
  Leading leading;
  Name name;
  TypePtr type;
  ExprPtr default_value;  // may be null
  Span span;
};

/// `infrastructure { … }`, `targets { … }`, and inside a group `machine { … }`, `kubeadm { … }`
struct Section {
  Leading leading;
  Name name;
  ExprPtr body;  // Record
  Span span;
};

/// `control-plane { … }`, `workers <name> { … }`
struct Group {
  enum class Kind : std::uint8_t { ControlPlane, Workers };
  Leading leading;
  Kind kind;
  Span keyword;
  std::optional<Name> name;  // of workers
  std::vector<Section> sections;
  Span span;
};

struct AddOn {  // `addon cni from addons.cilium("1.18.9") { values { … } }`
  Leading leading;
  Name name;
  ExprPtr chart;
  std::vector<Section> sections;  // `values`
  Span span;
};

struct StageStep {  // `cni`, `delete old-cni`, `csi after { … }`
  Name add_on;
  bool is_delete = false;
  ExprPtr before;  // Record or null
  ExprPtr after;   // Record or null
  Span span;
};

struct AddOnStage {  // `AfterControlPlaneInitialized: [cni, csi]`
  Leading leading;
  Name hook;
  std::vector<StageStep> steps;
  Span span;
};

struct Stages {
  Leading leading;
  std::vector<AddOnStage> stages;
  Span span;
};

struct Image {  // `image "ubuntu-capi-image" { … }`
  Leading leading;
  ExprPtr name;
  ExprPtr body;  // Record
  Span span;
};

/// `images [for i in kubernetes.images { {…} }]`: a list of image records, for lines with several
/// patch versions
struct Images {
  Leading leading;
  ExprPtr list;
  Span span;
};

using StackItem = std::variant<KubernetesLine, Variable, Let, TypeDeclaration, Section, Group,
                               AddOn, Stages, Image, Images>;

struct Stack {  // `stack scs2 on openstack { … }`
  Leading leading;
  Name name;
  Name provider;
  std::vector<StackItem> items;  // as written
  Span span;
};

using Declaration = std::variant<TypeDeclaration, Let, Provider, Stack>;

/// One file.
struct Module {
  source::FileId file;
  std::vector<Import> imports;
  std::vector<Declaration> declarations;
  std::vector<Comment> trailing_comments;
};

}  // namespace stackc::syntax
