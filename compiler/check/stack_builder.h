#pragma once

#include "compiler/check/check.h"
#include "compiler/check/elaborator.h"
#include "compiler/check/releases.h"
#include "compiler/check/rules/image_needs.h"

namespace stackc::check {

/// Kinds that a provider declares for a role (`provider openstack { machine: { … } }`).
struct ProviderKind {
  std::string group;
  std::string version;  // empty: that of the targeted Cluster API
  std::string kind;
  std::string body;  // field of the spec that a section stands for; empty: the spec itself
  source::Span span;
};

struct ProviderInfo {
  std::string name;
  std::string schema;  // name of the provider in Schemas; empty: its sections are not checked
  source::Span schema_span;
  std::map<std::string, ProviderKind, std::less<>>
      kinds;  // by role: infrastructure, machine, control-plane, bootstrap
  ir::NodeImageList image_list = ir::NodeImageList::None;
};

/// What all lines of a stack share.
struct StackInput {
  const resolve::Program& program;
  const syntax::Stack& stack;
  Schemas& schemas;
  Charts& charts;
  const source::SourceSet& sources;
  const Options& options;
};

/// One stack for one of its Kubernetes lines.
class StackBuilder {
 public:
  StackBuilder(const StackInput& input, const syntax::KubernetesLine& line, ExprBuilder& build,
               diag::Sink& sink);
  /// Before run(): takes what `other` made for its line of the same stack, so that it is not made
  /// again: target, variables, templates and worker classes. They must not depend on the line.
  void take_class(const StackBuilder& other, const ir::Stack& made);
  /// `new_class` is the number of the class, if it is not that of another line.
  ir::Stack run(std::size_t new_class);

  const Elaborator& elaborator() const { return elaborator_; }

 private:
  // stack_builder.cpp
  void make_class();
  void declare_names();
  void kubernetes_facts();
  void collect_fields_of_rows();
  void declare_variables();
  void distrust_type(ir::ClusterVariable& variable, const syntax::Expr& given);
  void check_worker_names();
  void report_bad_object_name(const syntax::Name& name);
  void check_functions();
  Context context(std::optional<ir::Role> role = std::nullopt) const;
  Context module_context() const { return {.module = resolve::Program::root}; }
  std::optional<Value> constant(const syntax::Expr& expr, types::TypeRef type,
                                std::string_view position);
  /// The same as an expression, which knows the places of its parts; it may be broken.
  ir::ExprRef release_value(const syntax::Expr& expr, types::TypeRef type,
                            std::string_view position);
  /// `written` is where the value stands: what makes it late may lie in a function of another file.
  ir::ExprRef at_most(ir::ExprRef expr, source::Span written, ir::Stage latest,
                      std::string_view position, std::string_view when);

  // build_targets.cpp
  void targets();
  /// The providers of the stack's sections; all there are if one of the sections has none.
  std::set<std::string> targetable_providers();
  void target_releases(const ir::RecordLiteral::Entry& entry);
  /// The type of `spec.template.spec` by each targeted release, or by the oldest one. What is not
  /// known is reported, and then accepts everything.
  std::vector<ReleaseType> template_types(const ProviderInfo& provider, const ProviderKind& kind,
                                          const std::string& api_version);
  /// The same for what a section of the kind holds, in the form in which it is written. It has the
  /// bounds of the API version that is emitted too.
  std::vector<ReleaseType> section_types(const ProviderInfo& provider, const ProviderKind& kind,
                                         const std::string& written, const std::string& emitted);
  void report_no_schemas(const ProviderInfo& provider);

  // build_templates.cpp
  void templates();
  void infrastructure();
  void group(const syntax::Group& group);
  bool is_misspelt_machine(std::string_view section) const;
  bool is_module(std::string_view section) const;
  bool is_surplus(const syntax::Section& section, const syntax::Group& group) const;
  void add_template(ir::Role role, const std::string& worker_class, const ProviderInfo& provider,
                    std::string_view kind_role, const syntax::Section* section, source::Span span);
  std::optional<ProviderInfo> provider(const syntax::Name& name);
  types::TypeRef kind_of_provider(bool needs_version);
  std::optional<ProviderInfo> read_provider(const syntax::Provider& declaration,
                                            resolve::ModuleId module);

  // build_add_ons.cpp
  void add_ons();
  void declare_live_objects();
  void add_on(const syntax::AddOn& add_on);
  types::TypeRef chart_type();

  // build_stages.cpp
  void stages();
  void warn_of_late_add_ons();
  Nearest meant_add_on(std::string_view text) const;
  bool is_in_a_stage(std::string_view add_on) const;
  void stage(const syntax::AddOnStage& stage);
  std::optional<ir::WaitCondition> wait_condition(const syntax::ExprPtr& expr);
  /// Whether CEL can name all objects of a condition; reports those that it cannot.
  bool check_keys(ir::ExprRef written);
  void check_kinds(const ir::WaitCondition& condition, ir::ExprRef written);
  void check_condition(const ir::WaitCondition& condition, ir::ExprRef written);

  // build_images.cpp
  void images();
  /// `written` is the expression of the record; `span` stands for the image as a whole.
  void image(const Value& record, ir::ExprRef written, source::Span span);
  void image_needs(ImageNeed::Of of);

  template <typename Item>
  std::vector<const Item*> items() const {
    std::vector<const Item*> found;
    for (const syntax::StackItem& item : input_.stack.items) {
      if (const auto* node = std::get_if<Item>(&item)) found.push_back(node);
    }
    return found;
  }

  StackInput input_;
  const syntax::KubernetesLine& line_;
  ExprBuilder& build_;
  diag::Sink& sink_;
  Elaborator elaborator_;
  StackScope scope_;
  std::map<const syntax::Provider*, std::optional<ProviderInfo>> providers_;  // that were read
  struct TargetedRelease {
    std::string name;  // `v0.14`
    source::Span span;
  };
  std::map<std::string, std::vector<TargetedRelease>, std::less<>>
      targeted_;                                                      // by provider, oldest first
  std::map<std::string, source::Span, std::less<>> unknown_add_ons_;  // where each is first named
  PlacesOfVariables variable_places_;
  std::vector<ImageNeed> image_needs_;       // of the images that say one
  bool has_class_ = false;                   // of another line
  std::vector<ir::ExprRef> image_literals_;  // what each of the images was written as
  ir::Stack result_;
};

}  // namespace stackc::check
