# One compiler folder is one static library. Its tests join the single `unit-tests` binary, because linking (and including
# GoogleTest) is what costs time, not the number of files.
#
#   stackc_library(<folder> SOURCES a.cpp … [TESTS a_test.cpp …] [TREE_TESTS b_test.cpp …] [DEPS <folder> …] [LIBS <third-party target> …]
#                  [TEST_LIBS <third-party target that only the tests need> …])
#
# TREE_TESTS read files of the source tree, and are told where it is: STACKC_SOURCE_DIR. The others are not, so that ccache
# knows them again in another checkout.
function(stackc_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;TESTS;TREE_TESTS;DEPS;LIBS;TEST_LIBS" ${ARGN})
  list(TRANSFORM ARG_DEPS PREPEND stackc-)
  if(ARG_SOURCES)
    add_library(stackc-${name} STATIC ${ARG_SOURCES})
    target_link_libraries(stackc-${name} PUBLIC ${ARG_DEPS} PRIVATE ${ARG_LIBS})
  else()
    add_library(stackc-${name} INTERFACE)
    target_link_libraries(stackc-${name} INTERFACE ${ARG_DEPS} ${ARG_LIBS})
  endif()
  foreach(test ${ARG_TESTS} ${ARG_TREE_TESTS})
    set_property(GLOBAL APPEND PROPERTY STACKC_UNIT_TESTS ${CMAKE_CURRENT_SOURCE_DIR}/${test})
    set_property(GLOBAL APPEND PROPERTY STACKC_UNIT_TEST_LIBS stackc-${name} ${ARG_LIBS}
                 ${ARG_TEST_LIBS})
  endforeach()
  list(TRANSFORM ARG_TREE_TESTS PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  set_property(SOURCE ${ARG_TREE_TESTS} DIRECTORY ${CMAKE_SOURCE_DIR}
               APPEND PROPERTY COMPILE_DEFINITIONS STACKC_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
endfunction()

function(stackc_add_unit_tests)
  get_property(sources GLOBAL PROPERTY STACKC_UNIT_TESTS)
  get_property(libs GLOBAL PROPERTY STACKC_UNIT_TEST_LIBS)
  list(REMOVE_DUPLICATES libs)
  find_package(GTest REQUIRED)
  add_executable(unit-tests ${sources})
  target_link_libraries(unit-tests PRIVATE ${libs} GTest::gmock GTest::gtest_main)
  target_precompile_headers(unit-tests PRIVATE <gmock/gmock.h> <gtest/gtest.h>)
  # Without it ccache cannot tell what a precompiled header holds, and compiles every test anew in every checkout.
  target_compile_options(unit-tests PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
  include(GoogleTest)
  gtest_discover_tests(unit-tests DISCOVERY_MODE PRE_TEST)
endfunction()
