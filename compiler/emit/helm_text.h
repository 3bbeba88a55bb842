#pragma once

#include <string>

namespace stackc::emit {

/// A Helm template that renders exactly `text`: the template actions of each line become one raw
/// string, in the shortest part of the line, so that YAML from write_yaml stays readable:
/// `enabledIf: "{{ `{{ if .gpu }}true{{ end }}` }}"`. Not kept is the text `<no value>`, which Helm
/// deletes; write_yaml never writes it.
std::string keep_through_helm(std::string text);

}  // namespace stackc::emit
