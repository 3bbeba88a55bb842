#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "compiler/base/text.h"
#include "compiler/check/stack_builder.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/resolve.h"
#include "compiler/diag/catalogue/stack.h"
#include "compiler/diag/catalogue/type.h"

namespace stackc::check {

using diag::Code;
using diag::Prose;
using ir::ExprRef;
using ir::Role;

namespace {

constexpr std::array<std::string_view, 2> known_sections{"infrastructure", "targets"};

/// Where the value of a field was written; the record itself for what is no literal.
source::Span span_of(ExprRef expr, std::string_view field) {
  const auto* record = expr->as<ir::RecordLiteral>();
  if (record == nullptr) return expr->span;
  const auto entry = std::ranges::find(record->entries, field, &ir::RecordLiteral::Entry::name);
  return entry == record->entries.end() ? expr->span : entry->value->span;
}

struct DeclaredProvider {
  const syntax::Provider* declaration = nullptr;  // null: the name is none of a provider
  resolve::ModuleId module;
};

/// The provider that a name of the root module brings in: its own or that of a module.
DeclaredProvider declared_provider(const resolve::Program& program, const resolve::Target& target) {
  if (const auto* own = std::get_if<const syntax::Provider*>(&target))
    return {*own, resolve::Program::root};
  if (const auto* module = std::get_if<resolve::ModuleId>(&target)) {
    for (const syntax::Declaration& declaration : program.module(*module).tree->declarations) {
      if (const auto* found = std::get_if<syntax::Provider>(&declaration)) return {found, *module};
    }
  }
  return {};
}

/// How a section can be called that says how nodes are set up: after a provider in sight with a
/// kind for the role, or after that of the standard library. `` `k3s` or `kubeadm` ``.
std::string set_up_sections(const resolve::Program& program, std::string_view role) {
  std::vector<std::string_view> names;
  for (const auto& [name, target] : program.module(resolve::Program::root).names) {
    const syntax::Provider* provider = declared_provider(program, target).declaration;
    const auto* body = provider ? provider->body->as<syntax::Record>() : nullptr;
    if (body == nullptr) continue;
    const auto is_role = [&](const syntax::Entry& kind) {
      return kind.name && kind.name->text == role;
    };
    if (std::ranges::any_of(body->entries, is_role)) names.push_back(name);
  }
  if (names.empty()) names.push_back("kubeadm");
  return fmt::format("`{}`", fmt::join(names, "` or `"));
}

/// What a provider can say as its `images`.
constexpr std::array<std::pair<std::string_view, ir::NodeImageList>, 2> image_lists{
    {{"openstack", ir::NodeImageList::OpenStack}, {"docker", ir::NodeImageList::Docker}}};

}  // namespace

types::TypeRef StackBuilder::kind_of_provider(bool needs_version) {
  types::TypeStore& types = build_.types();
  build_.describe_type("API group", "what stands before the `/` of an `apiVersion`");
  build_.describe_type("API version", "what stands behind the `/` of an `apiVersion`: `v1beta1`");
  // A ClusterClass refers to nothing else (capi-contract.md, section 4.2).
  build_.describe_type("kind of template",
                       "Cluster API makes objects of templates, whose kinds end with `Template`");
  const types::TypeRef group = types.add({.kind = types::Kind::String,
                                          .name = "API group",
                                          .pattern = "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$"});
  const types::TypeRef version = types.add({.kind = types::Kind::String,
                                            .name = "API version",
                                            .pattern = "^v[0-9]+((alpha|beta)[0-9]+)?$"});
  const types::TypeRef template_kind = types.add({.kind = types::Kind::String,
                                                  .name = "kind of template",
                                                  .pattern = "^[A-Z][A-Za-z0-9]*Template$"});
  types::Type kind{.kind = types::Kind::Record, .name = "a kind of a provider"};
  kind.fields = {{.name = "group", .type = group, .required = true},
                 {.name = "version", .type = version, .required = needs_version},
                 {.name = "kind", .type = template_kind, .required = true},
                 {.name = "body", .type = types.string()}};
  return types.add(std::move(kind));
}

std::optional<ProviderInfo> StackBuilder::read_provider(const syntax::Provider& declaration,
                                                        resolve::ModuleId module) {
  types::TypeStore& types = build_.types();
  types::Type record{.kind = types::Kind::Record, .name = "provider"};
  // Without a version it is that of Cluster API itself, which has only these two kinds.
  const types::TypeRef own = kind_of_provider(true);
  const types::TypeRef of_cluster_api = kind_of_provider(false);
  record.fields = {{.name = "infrastructure", .type = own},
                   {.name = "machine", .type = own},
                   {.name = "control-plane", .type = of_cluster_api},
                   {.name = "bootstrap", .type = of_cluster_api}};
  record.fields.push_back({.name = "schema", .type = types.string()});
  types::Type image_list{.kind = types::Kind::String};
  for (const auto& [name, list] : image_lists) image_list.values.emplace_back(name);
  record.fields.push_back({.name = "images", .type = types.add(std::move(image_list))});
  const ExprRef expr =
      elaborator_.value(*declaration.body, types.add(std::move(record)), {.module = module});
  const auto value = constant_value(expr);
  if (!value || !value->if_record()) return std::nullopt;
  ProviderInfo info{.name = declaration.name.text,
                    .schema = text_at(*value->if_record(), "schema"),
                    .schema_span = span_of(expr, "schema"),
                    .kinds = {}};
  for (const auto& [role, body] : *value->if_record()) {
    if (const Record* fields = body.if_record()) {
      info.kinds[role] = {text_at(*fields, "group"), text_at(*fields, "version"),
                          text_at(*fields, "kind"), text_at(*fields, "body"), span_of(expr, role)};
    }
  }
  const std::string images = text_at(*value->if_record(), "images");
  for (const auto& [name, list] : image_lists) {
    if (name == images) info.image_list = list;
  }
  return info;
}

std::optional<ProviderInfo> StackBuilder::provider(const syntax::Name& name) {
  const resolve::Module& root = input_.program.module(resolve::Program::root);
  if (root.broken.contains(name.text)) return std::nullopt;
  const auto binding = root.names.find(name.text);
  std::vector<std::string_view> candidates;
  for (const auto& [candidate, target] : root.names) {
    if (std::holds_alternative<resolve::ModuleId>(target)) candidates.push_back(candidate);
  }
  if (binding != root.names.end()) {
    const auto [declaration, module] = declared_provider(input_.program, binding->second);
    if (declaration) {
      const auto [known, is_new] = providers_.try_emplace(declaration);
      if (is_new) known->second = read_provider(*declaration, module);
      return known->second;
    }
  }
  if (elaborator_.is_told(name.text, name.span)) return std::nullopt;
  const std::string_view alias = resolve::alias_of(input_.program, name.text, name.span.file);
  const Nearest near =
      alias.empty() ? suggestion(name.text, candidates) : Nearest{.name = alias, .only = true};
  const auto& library = input_.program.library;
  auto report = sink_.report(name.span, diag::UnknownProvider, Code{name.text});
  report.suggest(near);
  if (!near.empty()) return std::nullopt;
  if (std::ranges::find(library, name.text) != library.end()) {
    report.note(fmt::format(
        "`import {}` at the top of the file brings in a provider of the standard library",
        name.text));
  } else {
    report.note(
        "providers of the standard library: `docker`, `openstack` for a stack and its machines, "
        "`kubeadm` for nodes");
  }
  return std::nullopt;
}

void StackBuilder::templates() {
  const auto sections = items<syntax::Section>();
  for (const auto* section : sections) {
    const auto& name = section->name;
    if (std::ranges::find(known_sections, name.text) == known_sections.end()) {
      sink_.report(name.span, diag::UnknownSection, Code{name.text}, Prose{"a stack"})
          .suggest(suggestion(name.text, {known_sections.begin(), known_sections.end()}));
    }
    const auto first = std::ranges::find_if(
        sections, [&](const auto* other) { return other->name.text == name.text; });
    if (*first != section)
      sink_.report(name.span, diag::DuplicateSection, Code{name.text})
          .label((*first)->name.span, diag::AlsoHere);
  }
  infrastructure();
  const syntax::Group* control_plane = nullptr;
  for (const auto* candidate : items<syntax::Group>()) {
    if (candidate->kind != syntax::Group::Kind::ControlPlane) continue;
    if (control_plane) {
      sink_.report(candidate->keyword, diag::DuplicateSection, Code{"control-plane"})
          .label(control_plane->keyword, diag::AlsoHere);
      continue;
    }
    control_plane = candidate;
    group(*candidate);
  }
  if (control_plane == nullptr) {
    sink_.report(input_.stack.name.span, diag::MissingSection,
                 Prose{fmt::format("stack `{}`", result_.name)}, Prose{"`control-plane`"});
  }
  std::map<std::string, source::Span, std::less<>> classes;
  for (const auto* workers : items<syntax::Group>()) {
    if (workers->kind != syntax::Group::Kind::Workers || !workers->name) continue;
    const auto [first, fresh] = classes.emplace(workers->name->text, workers->name->span);
    if (!fresh) {
      sink_.report(workers->name->span, diag::DuplicateName, Code{workers->name->text})
          .label(first->second, diag::DeclaredHere, Code{workers->name->text});
      continue;
    }
    result_.worker_classes.push_back({workers->name->text, workers->name->span});
    group(*workers);
  }
}

void StackBuilder::infrastructure() {
  const auto info = provider(input_.stack.provider);
  if (!info) return;
  const syntax::Section* found = nullptr;
  bool is_duplicate = false;
  for (const auto* section : items<syntax::Section>()) {
    if (section->name.text != "infrastructure") continue;
    is_duplicate = found != nullptr;
    if (found == nullptr) found = section;
  }
  if (found == nullptr) {
    sink_.report(input_.stack.name.span, diag::MissingSection,
                 Prose{fmt::format("stack `{}`", result_.name)}, Prose{"`infrastructure`"});
    return;
  }
  if (is_duplicate) return;  // which of them is meant is open
  add_template(Role::InfrastructureCluster, "", *info, "infrastructure", found, found->span);
}

/// A section of a group that is no module and is called nearly like the one that is none.
bool StackBuilder::is_misspelt_machine(std::string_view section) const {
  return section != "machine" && !is_module(section) && !suggestion(section, {"machine"}).empty();
}

bool StackBuilder::is_module(std::string_view section) const {
  const resolve::Module& root = input_.program.module(resolve::Program::root);
  return root.names.contains(section) || root.broken.contains(section);
}

/// A section beside the two that a group has: `strategy` beside `kubeadm`.
bool StackBuilder::is_surplus(const syntax::Section& section, const syntax::Group& group) const {
  return section.name.text != "machine" && !is_module(section.name.text) &&
         std::ranges::any_of(group.sections, [&](const syntax::Section& other) {
           return other.name.text != "machine" && is_module(other.name.text);
         });
}

void StackBuilder::group(const syntax::Group& group) {
  const bool control_plane = group.kind == syntax::Group::Kind::ControlPlane;
  const std::string what = control_plane
                               ? "`control-plane`"
                               : fmt::format("workers `{}`", group.name ? group.name->text : "");
  const syntax::Section* machine = nullptr;
  const syntax::Section* configuration = nullptr;
  std::set<const syntax::Section*> doubled;  // which of them is meant is open
  for (const syntax::Section& section : group.sections) {
    if (is_misspelt_machine(section.name.text)) {
      sink_.report(section.name.span, diag::UnknownSection, Code{section.name.text}, Prose{what})
          .suggest({.name = "machine", .only = true});
      return;
    }
    if (is_surplus(section, group)) {
      sink_.report(section.name.span, diag::UnknownSection, Code{section.name.text}, Prose{what})
          .note("it has the sections `machine` and that of a provider, such as `kubeadm`");
      continue;
    }
    const syntax::Section*& slot = section.name.text == "machine" ? machine : configuration;
    if (slot) {
      sink_.report(section.name.span, diag::DuplicateSection, Code{section.name.text})
          .label(slot->name.span, diag::AlsoHere);
      doubled.insert(slot);
    } else {
      slot = &section;
    }
  }
  const std::string worker_class = group.name ? group.name->text : "";
  const std::string_view set_up = control_plane ? "control-plane" : "bootstrap";
  if (configuration == nullptr) {
    sink_.report(group.keyword, diag::MissingSection, Prose{what},
                 Prose{set_up_sections(input_.program, set_up)});
  } else if (const auto info = provider(configuration->name);
             info && !doubled.contains(configuration)) {
    add_template(control_plane ? Role::ControlPlane : Role::Bootstrap, worker_class, *info, set_up,
                 configuration, configuration->span);
  }
  if (machine == nullptr) {
    sink_.report(group.keyword, diag::MissingSection, Prose{what}, Prose{"`machine`"});
  } else if (const auto info = provider(input_.stack.provider);
             info && !doubled.contains(machine)) {
    add_template(control_plane ? Role::ControlPlaneMachine : Role::Machine, worker_class, *info,
                 "machine", machine, machine->span);
  }
}

void StackBuilder::add_template(Role role, const std::string& worker_class,
                                const ProviderInfo& info, std::string_view kind_role,
                                const syntax::Section* section, source::Span span) {
  const auto kind = info.kinds.find(kind_role);
  if (kind == info.kinds.end()) {
    // The provider of the stack has all of its kinds or is the wrong one.
    const bool of_stack = kind_role == "infrastructure" || kind_role == "machine";
    const source::Span place = of_stack ? input_.stack.provider.span : section->name.span;
    if (sink_.has_error_at(place)) return;
    sink_.report(place, diag::UnknownRole, Code{info.name}, Prose{fmt::format("`{}`", kind_role)});
    return;
  }
  const std::string& version =
      kind->second.version.empty() ? result_.target.cluster_api : kind->second.version;
  ir::Template result{.role = role,
                      .worker_class = worker_class,
                      .api_version = kind->second.group + "/" + version,
                      .kind = kind->second.kind,
                      .spec = nullptr,
                      .schema = nullptr,
                      .span = span};
  // Authors write the v1beta1 form of kubeadm's objects whatever version they target; lowering
  // gives each version its own.
  const std::string written_version =
      kind->second.version.empty() ? kind->second.group + "/v1beta1" : result.api_version;
  diag::Sink told;
  const ExprRef written = conform_to_releases(
      elaborator_.value(*section->body, nullptr, context(role)),
      section_types(info, kind->second, written_version, result.api_version), build_, told);
  for (diag::Report report : told.sorted()) {
    if (written_version != result.api_version && report.id == diag::UnknownField.entry.id)
      report.notes.push_back(fmt::format(
          "sections of `{}` are written as in `v1beta1`, also for `{}`", info.name, version));
    sink_.add(std::move(report));
  }
  ExprRef spec = at_most(written, section->body->span, ir::Stage::Cluster, "a template",
                         "when a cluster is created");
  if (const std::string& body = kind->second.body; !body.empty())
    spec = build_.record({{body, section->name.span, nullptr, spec}}, section->body->span);
  result.spec = spec;
  const auto emitted = template_types(info, kind->second, result.api_version);
  if (!emitted.empty()) result.schema = emitted.front().type;
  result_.templates.push_back(std::move(result));
}

}  // namespace stackc::check
