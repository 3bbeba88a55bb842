#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/check/context.h"
#include "compiler/diag/sink.h"
#include "compiler/source/source_set.h"

namespace stackc::check {

/// A condition that comes out the same for every Cluster, or an arm of a match that is never taken.
struct Decision {
  enum class What : std::uint8_t { AlwaysTrue, AlwaysFalse, ArmNotTaken };
  What what;
  std::string reason;                       // a note; may be empty
  std::optional<source::Span> around = {};  // the condition around it that decides
  bool around_holds = true;
  bool by_several = false;                    // no single part or condition decides
  std::optional<source::Span> needless = {};  // what can be left out without any change
};

/// What is decided about a condition by the types of its parts and by what is assumed around it.
/// Nothing is once `visits`, which bounds the work, is used up.
std::optional<Decision> decide(ir::ExprRef condition, const Assumption* assumed, int& visits);

/// Whether the assumptions do not contradict each other.
bool is_reached(const Assumption* assumed, int& visits);

/// What the parts are that are not constant: "`size` is of type `Int(1..)` here".
std::string describe_types(const std::vector<ir::ExprRef>& parts);

/// `has` of something that a condition around it has shown to be there.
Decision decided_presence(const std::string& path, const Assumption* assumed);

/// Collects them by place. A definition is elaborated once per Kubernetes line, and a let once per
/// kind of template: only what comes out the same each time is a mistake.
class DecidedConditions {
 public:
  /// `decision` is empty for what can come out both ways.
  void add(source::Span place, std::optional<Decision> decision);
  void add_all(const DecidedConditions& other);
  /// The condition of an `else if`. The last one of a chain may name the only case that is left,
  /// for its reader.
  void add_follow_up(source::Span condition) { follow_ups_.insert(condition); }

  void report(const source::SourceSet& sources, diag::Sink& sink) const;

 private:
  bool is_reported(source::Span place, const Decision& decision) const;

  std::map<source::Span, std::optional<Decision>> decisions_;
  std::set<source::Span> follow_ups_;
};

}  // namespace stackc::check
