# Checks and changes the generated parser (Stack.cpp and Stack.h in DIRECTORY).
set(FILE ${DIRECTORY}/Stack.cpp)
file(READ ${FILE} text)

# The grammar is LL(1). Prediction at run time would cost more than all the rest of the parser.
string(FIND "${text}" "adaptivePredict" prediction)
if(NOT prediction EQUAL -1)
  message(FATAL_ERROR "the grammar is not LL(1) any more: look for adaptivePredict in ${FILE}")
endif()

# The tables are built when the first parser is made, not when the program starts.
function(replace old new)
  string(FIND "${text}" "${old}" place)
  if(place EQUAL -1)
    message(FATAL_ERROR "the generated parser has changed: no `${old}` in ${FILE}")
  endif()
  string(REPLACE "${old}" "${new}" text "${text}")
  set(text "${text}" PARENT_SCOPE)
endfunction()
replace("Stack::Initializer Stack::_init;" "")
replace("Stack::Stack(TokenStream *input) : Parser(input) {"
        "Stack::Stack(TokenStream *input) : Parser(input) {\n  static const Initializer tables;")
file(WRITE ${FILE} "${text}")

set(FILE ${DIRECTORY}/Stack.h)
file(READ ${FILE} text)
replace("#include \"antlr4-runtime.h\"" "#include \"grammar/antlr.h\"")
file(WRITE ${FILE} "${text}")
