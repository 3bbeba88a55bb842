#pragma once

#include "compiler/publish/publisher.h"

namespace stackc::publish {

/// The one symbol of stackc-publish.so. The number changes with every change of publisher.h, so
/// that a module of another build is refused instead of called with another layout.
#define STACKC_MODULE_FACTORY stackc_publisher_1
inline constexpr const char* module_factory_symbol = "stackc_publisher_1";

using ModuleFactory = Publisher* (*)();

}  // namespace stackc::publish

/// The publisher of this process, made on the first call.
extern "C" stackc::publish::Publisher* STACKC_MODULE_FACTORY();
