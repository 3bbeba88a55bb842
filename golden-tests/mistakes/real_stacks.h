#pragma once

#include <map>
#include <string>

namespace stackc::mistakes {

/// The texts of the stacks of the repository by name: `scs2` is
/// `stacks/<provider>/scs2/scs2.stack`.
std::map<std::string, std::string> real_stacks();

}  // namespace stackc::mistakes
