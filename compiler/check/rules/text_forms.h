#pragma once

#include <string>
#include <string_view>

namespace stackc::check {

/// What a text has to look like for those who read it behind the types of the schema.
struct TextForm {
  std::string_view form;  // a pattern, which begins with `^`, or formats of OpenAPI: `cidr|ipv4`
  bool is_list = false;   // of several such texts with commas between
  bool may_be_empty = false;
};

/// As Go reads a time.Duration, which schemas call a string.
inline constexpr TextForm duration_form{
    "^[-+]?(0|(([0-9]+([.][0-9]*)?|[.][0-9]+)(ns|us|µs|μs|ms|s|m|h))+)$"};
inline constexpr TextForm address_form{"ipv4|ipv6"};
inline constexpr TextForm address_or_nothing_form{.form = address_form.form, .may_be_empty = true};
inline constexpr TextForm network_form{"cidr"};
inline constexpr TextForm network_or_address_form{"cidr|ipv4|ipv6"};
inline constexpr TextForm networks_form{"cidr", true};

/// What a container runtime takes as the address of an image (CNCF distribution, reference.go), and
/// its part that kubeadm puts before the names of its images.
inline constexpr TextForm image_form{
    .form =
        "^((([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9a-fA-F:]+\\])(:[0-9]+)?)/)?"
        "[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*(/[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*)*"
        "(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?(@[a-z0-9]+:[0-9a-f]{32,})?$",
    .may_be_empty = true};
inline constexpr TextForm image_repository_form{
    .form =
        "^([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9a-fA-F:]+\\])(:[0-9]+)?"
        "(/[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*)*$",
    .may_be_empty = true};

bool fits(std::string_view text, const TextForm& form);

/// `did you mean …?` where a form begins with a choice of plain texts, `^(a|b)$` or `^(a|b)=`: the
/// choice that is nearest to what `text`, or the first part of a list that does not fit, begins
/// with. Empty if there is none.
std::string hint_from_choices(std::string_view text, const TextForm& form);

}  // namespace stackc::check
