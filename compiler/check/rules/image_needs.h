#pragma once

#include <cstdint>
#include <string>

#include "compiler/check/rules/usual_values.h"
#include "compiler/diag/sink.h"
#include "compiler/ir/stack.h"

namespace stackc::check {

/// The least that an image boots from.
struct ImageNeed {
  enum class Of : std::uint8_t { Disk, Memory };
  Of of;
  std::string image;
  std::int64_t amount;  // GiB of disk, MiB of memory
  source::Span place;
};

/// Reports machines of OpenStack with less disk or memory than an image needs, which Nova refuses
/// to create: the root volume, or without one the disk that an SCS flavor has by its name, and the
/// memory of that name (SCS-0100-v3). Looked at are the defaults of all variables, then each
/// example with the others at their defaults; of a required variable the first example stands for
/// the default. What depends on more than variables is left open, and what a syntax error has
/// broken. No other error of the stack is known.
void check_image_need(const ir::Stack& stack, const PlacesOfVariables& places,
                      const ImageNeed& need, diag::Sink& sink);

}  // namespace stackc::check
