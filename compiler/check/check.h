#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/sink.h"
#include "compiler/ir/stack.h"
#include "compiler/resolve/program.h"
#include "compiler/source/source_set.h"

namespace stackc::schema {
struct ChartValues;
}

namespace stackc::check {

/// Types of provider objects; the driver implements it over the embedded schemas.
class Schemas {
 public:
  virtual ~Schemas() = default;
  /// The type of the whole object, or null if there is no schema for the kind. `provider` is one
  /// release (`openstack-v0.14`), or a provider (`openstack`) for its oldest release that has the
  /// kind.
  virtual types::TypeRef find(std::string_view provider, std::string_view api_version,
                              std::string_view kind) = 0;
  /// All providers, sorted.
  virtual std::vector<std::string_view> providers() const = 0;
  /// The releases of a provider, oldest first: `v0.12`, `v0.14`; none if there is no such provider.
  virtual std::vector<std::string_view> releases(std::string_view provider) const = 0;
};

/// Charts of add-ons; the driver implements it over their archives.
class Charts {
 public:
  virtual ~Charts() = default;
  /// What the chart says about its values, or null if it is not at hand.
  virtual const schema::ChartValues* find(const ir::ChartReference& chart) = 0;
};

/// What the checker asks while it works.
struct Surroundings {
  Schemas& schemas;
  Charts& charts;
  const source::SourceSet& sources;
};

struct Options {
  std::optional<std::string> cluster_api;  // overrides the target of every stack
  std::optional<std::string>
      kubernetes;  // only lines of this minor version, `1.34`; the others are not looked at
};

/// Everything that later phases need; owns what the stacks refer to.
struct Checked {
  std::unique_ptr<ir::ExprStore> exprs;
  std::vector<ir::Stack>
      stacks;  // per stack in the root module, per Kubernetes line, in the order written
  std::vector<std::string> lines;  // minor versions of all lines, those not looked at included
};

/// Types and stages every expression of the root module's stacks, and computes what is known now.
/// When the sink has errors afterwards, the stacks are incomplete and must not be lowered. Types
/// made here live in `types`.
Checked check(const resolve::Program& program, const Surroundings& surroundings,
              const Options& options, types::TypeStore& types, diag::Sink& sink);

}  // namespace stackc::check
