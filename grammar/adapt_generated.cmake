# Checks and changes the generated parser (Stack.cpp and Stack.h in DIRECTORY).
set(FILE ${DIRECTORY}/Stack.cpp)
file(READ ${FILE} text)

# The grammar is LL(1). Prediction at run time would cost more than all the rest of the parser.
string(FIND "${text}" "adaptivePredict" prediction)
if(NOT prediction EQUAL -1)
  message(FATAL_ERROR "the grammar is not LL(1) any more: look for adaptivePredict in ${FILE}")
endif()

# The tables say what would have fitted where a mistake is. They are built when the first one is explained, not when the
# program starts: a correct file needs none.
function(replace old new)
  string(FIND "${text}" "${old}" place)
  if(place EQUAL -1)
    message(FATAL_ERROR "the generated parser has changed: no `${old}` in ${FILE}")
  endif()
  string(REPLACE "${old}" "${new}" text "${text}")
  set(text "${text}" PARENT_SCOPE)
endfunction()
replace("Stack::Initializer Stack::_init;" "")
file(WRITE ${FILE} "${text}")

set(FILE ${DIRECTORY}/Stack.h)
file(READ ${FILE} text)
replace("  static Initializer _init;"
        "public:\n  static void build_tables() { static const Initializer tables; }")
replace("#include \"antlr4-runtime.h\"" "#include \"grammar/antlr.h\"")
file(WRITE ${FILE} "${text}")
