#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "compiler/check/rules/text_forms.h"

namespace stackc::check {

/// What a rule of a provider is about. The kubeadm configuration is the same in both kinds that
/// have one.
enum class ProviderSubject : std::uint8_t {
  Kubeadm,
  OpenStackCluster,
  OpenStackMachine,
  DockerMachine,
  Other
};

ProviderSubject subject_of(std::string_view kind);

/// What a text has to look like in which a provider's schema lets everything stand.
struct ProviderText {
  ProviderSubject subject;
  std::string_view path;  // how that of the text ends, with `[]` for any item of a list
  TextForm form;
  std::string_view rule;
};

std::span<const ProviderText> provider_texts();

}  // namespace stackc::check
