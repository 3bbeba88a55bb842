#include "golden-tests/mistakes/real_stacks.h"

#include "compiler/testing/read_tree.h"

namespace stackc::mistakes {

std::map<std::string, std::string> real_stacks() {
  std::map<std::string, std::string> stacks;
  for (const auto& [path, text] : testing::read_tree(STACKC_SOURCE_DIR, "stacks")) {
    const std::string name = path.substr(path.rfind('/') + 1);
    if (name.ends_with(".stack")) stacks.emplace(name.substr(0, name.rfind('.')), text);
  }
  return stacks;
}

}  // namespace stackc::mistakes
