#include "compiler/publish/loader.h"

#include <dlfcn.h>
#include <fmt/core.h>

#include "compiler/publish/module.h"

namespace stackc::publish {

Result<Publisher*> load_publisher(const std::string& directory_of_binary) {
  const std::string path = directory_of_binary + "/stackc-publish.so";
  const auto failure = [&](const char* why) {
    return Error{fmt::format("publishing needs `{}`, which cannot be loaded: {}", path, why)};
  };
  void* const module = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (module == nullptr) return failure(::dlerror());
  void* const symbol = ::dlsym(module, module_factory_symbol);
  if (symbol == nullptr) return failure("it belongs to another version of stackc");
  return reinterpret_cast<ModuleFactory>(symbol)();
}

}  // namespace stackc::publish
