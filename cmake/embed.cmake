# Files become part of the program: an assembler file takes in the bytes (`.incbin`), a table names them. Both are written
# when CMake runs.
#
#   stackc_embed(<function> <out variable> DIRECTORY <directory> FILES <path below it> …)
#
# The sources in the out variable define `std::span<const stackc::EmbeddedFile> <function>()`, sorted by path; <function>
# has a namespace, as in stackc::stdlib::embedded_files.
enable_language(ASM)

function(stackc_embed function out)
  cmake_parse_arguments(ARG "" "DIRECTORY" "FILES" ${ARGN})
  list(SORT ARG_FILES)  # by bytes, as find_file expects
  string(REPLACE "::" "_" symbol ${function})
  set(bytes "  .section .rodata\n")
  set(symbols "")
  set(rows "")
  set(paths "")
  set(number 0)
  foreach(file ${ARG_FILES})
    set(path ${ARG_DIRECTORY}/${file})
    set(name ${symbol}_${number})
    string(APPEND bytes "  .globl ${name}, ${name}_end\n${name}:\n  .incbin \"${path}\"\n${name}_end:\n")
    string(APPEND symbols "extern const char ${name}[], ${name}_end[];\n")
    string(APPEND rows "    {\"${file}\", ${name}, ${name}_end},\n")
    list(APPEND paths ${path})
    math(EXPR number "${number} + 1")
  endforeach()
  string(APPEND bytes "  .section .note.GNU-stack,\"\",@progbits\n")

  string(REGEX MATCH "^(.*)::([a-z_]+)$" unused ${function})
  set(namespace ${CMAKE_MATCH_1})
  set(bytes_file ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.S)
  set(table_file ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.cpp)
  file(CONFIGURE OUTPUT ${bytes_file} CONTENT "${bytes}" @ONLY)
  file(CONFIGURE OUTPUT ${table_file} @ONLY CONTENT "#include <array>

#include \"compiler/base/embedded_file.h\"

extern \"C\" {
${symbols}}

namespace ${namespace} {

static constinit const std::array<stackc::EmbeddedFile, ${number}> table{{
${rows}}};

std::span<const stackc::EmbeddedFile> ${CMAKE_MATCH_2}() { return table; }

}  // namespace ${namespace}
")
  set_source_files_properties(${bytes_file} PROPERTIES OBJECT_DEPENDS "${paths}")
  set(${out} ${bytes_file} ${table_file} PARENT_SCOPE)
endfunction()
