#include <cstdint>
#include <cstdlib>
#include <string>

#include "compiler/schema/import.h"
#include "compiler/schema/kind_schema.h"

namespace {

using namespace stackc;

/// What is read must be written as it was.
void expect_round_trip(const std::string& text) {
  types::TypeStore types;
  const auto schema = schema::read_schema(text, types);
  if (!schema || schema::write_schema(*schema) != text) std::abort();
}

}  // namespace

/// Any bytes are refused as a CRD, or give schemas that read back as they were written. Taken as a
/// schema themselves they are refused, or have one form in which they are written.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  if (const auto files = schema::import_crds("crd.yaml", text)) {
    for (const schema::SchemaFile& file : *files) expect_round_trip(file.text);
  }
  types::TypeStore types;
  if (const auto schema = schema::read_schema(text, types))
    expect_round_trip(schema::write_schema(*schema));
  return 0;
}
