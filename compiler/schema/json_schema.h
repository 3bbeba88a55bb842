#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/result.h"
#include "compiler/value/value.h"

namespace stackc::schema {

/// The document as the validator has it.
struct JsonSchemaRules;

/// A JSON Schema document in the form in which it is safe to check with: references are replaced by
/// what they refer to, a `pattern` is an RE2 one under a name of its own (the validator's regular
/// expressions take exponential time and unbounded stack), and left out are `patternProperties`,
/// with which objects take additional properties, `format`, which versions of Helm treat
/// differently, references to other documents, and everything that is no keyword of JSON Schema. So
/// it accepts more than the document, never less.
class JsonSchema {
 public:
  JsonSchema(Value document, std::unique_ptr<const JsonSchemaRules> rules);
  JsonSchema(JsonSchema&&) noexcept;
  JsonSchema& operator=(JsonSchema&&) noexcept;
  ~JsonSchema();

  const Value& document() const { return document_; }
  const JsonSchemaRules& rules() const { return *rules_; }

 private:
  Value document_;
  std::unique_ptr<const JsonSchemaRules> rules_;
};

/// Errors are those of the JSON text, or say why it is no schema.
Result<JsonSchema> read_json_schema(std::string_view text);

/// What in a value a schema does not take.
struct SchemaMismatch {
  enum class About : std::uint8_t { Kind, FieldNames, Other };
  std::string path;     // as in types::Mismatch
  std::string message;  // continues `path:`, as in ``must be one of `a`, `b` ``
  About about = About::Other;

  friend bool operator==(const SchemaMismatch&, const SchemaMismatch&) = default;
};

/// In the order of the paths; of places inside one another only the innermost.
std::vector<SchemaMismatch> validate(const Value& value, const JsonSchema& schema);

}  // namespace stackc::schema
