# Targets of the project: one static library a folder of harness/, one test program a folder of tests/unit/.

set(FIXDRILL_SANITIZE "" CACHE STRING "Sanitizers for every target, as -fsanitize= takes them")
set(FIXDRILL_SANITIZE_HARNESS "" CACHE STRING "Further sanitizers for harness/ only: they double a test's compile time")
option(FIXDRILL_FUZZ "Build the fuzz targets with libFuzzer (clang only)" OFF)
option(FIXDRILL_WARNINGS_AS_ERRORS "Warnings are errors" OFF)

add_library(fixdrill_options INTERFACE)
target_include_directories(fixdrill_options INTERFACE ${PROJECT_SOURCE_DIR}/harness)
# -pthread everywhere: some libraries ask for it, and precompiled headers want the same macros in all files.
target_compile_options(fixdrill_options INTERFACE -Wall -Wextra -Wpedantic -pthread)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(fixdrill_options INTERFACE -Wno-restrict) # GCC 12 sees overlaps in std::string that are not there
endif()
if(FIXDRILL_WARNINGS_AS_ERRORS)
  target_compile_options(fixdrill_options INTERFACE -Werror)
endif()
if(FIXDRILL_SANITIZE)
  # -O1: what it costs to compile, the tests win several times over.
  target_compile_options(fixdrill_options INTERFACE -fsanitize=${FIXDRILL_SANITIZE} -fno-sanitize-recover=all -O1)
  target_link_options(fixdrill_options INTERFACE -fsanitize=${FIXDRILL_SANITIZE})
endif()
if(FIXDRILL_SANITIZE STREQUAL address)
  # A program whose place is fixed starts in half the time: the sanitizer's tables need no relocation.
  target_link_options(fixdrill_options INTERFACE -no-pie)
endif()
if(FIXDRILL_SANITIZE STREQUAL thread AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  target_compile_options(fixdrill_options INTERFACE -Wno-tsan) # Asio's fences order nothing here: a loop has one thread
endif()
if(FIXDRILL_FUZZ)
  target_compile_options(fixdrill_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(FIXDRILL_SANITIZE_HARNESS)
  target_link_options(fixdrill_options INTERFACE -fsanitize=${FIXDRILL_SANITIZE_HARNESS})
endif()

# Parsing these is most of what a small file costs. One precompiled file serves all libraries, another all test programs:
# those of base, which come first.
set(FIXDRILL_COMMON_HEADERS <algorithm> <functional> <map> <memory> <optional> <set> <string> <string_view> <variant>
  <vector> <fmt/format.h>)

# fixdrill_library(FOLDER SOURCES … DEPENDS folders… PRIVATE libraries… [STANDARD 14])
function(fixdrill_library folder)
  cmake_parse_arguments(arg "" "STANDARD" "SOURCES;DEPENDS;PRIVATE" ${ARGN})
  if(NOT arg_STANDARD)
    set(arg_STANDARD 20)
  endif()
  add_library(harness_${folder} STATIC ${arg_SOURCES})
  set_target_properties(harness_${folder} PROPERTIES
    CXX_STANDARD ${arg_STANDARD} CXX_STANDARD_REQUIRED ON CXX_EXTENSIONS OFF)
  list(TRANSFORM arg_DEPENDS PREPEND harness_)
  if(FIXDRILL_SANITIZE_HARNESS)
    # A check at each use of a pointer is a third of the compile time; AddressSanitizer sees what matters of those.
    target_compile_options(harness_${folder} PRIVATE
      -fsanitize=${FIXDRILL_SANITIZE_HARNESS} -fno-sanitize=null,alignment,vptr,object-size)
  endif()
  if(folder STREQUAL base)
    target_precompile_headers(harness_base PRIVATE ${FIXDRILL_COMMON_HEADERS})
  elseif(NOT folder STREQUAL engine)
    target_precompile_headers(harness_${folder} REUSE_FROM harness_base)
  endif()
  target_link_libraries(harness_${folder} PUBLIC fixdrill_options ${arg_DEPENDS} PRIVATE ${arg_PRIVATE})
endfunction()

# fixdrill_test(FOLDER a_test.cc … [LINK libraries…]): program unit_FOLDER, one ctest test. With a process a case, starting
# them under AddressSanitizer took longer than all else; for one case: unit_FOLDER --gtest_filter=Suite.case.
function(fixdrill_test folder)
  cmake_parse_arguments(arg "" "" "LINK" ${ARGN})
  fixdrill_test_program(unit_${folder} SOURCES ${arg_UNPARSED_ARGUMENTS} LINK harness_${folder} ${arg_LINK})
endfunction()

# fixdrill_test_program(NAME SOURCES … LINK libraries… [SHARDS N]): with shards N ctest tests that share the cases.
function(fixdrill_test_program name)
  cmake_parse_arguments(arg "" "SHARDS" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES CXX_STANDARD 20 CXX_STANDARD_REQUIRED ON CXX_EXTENSIONS OFF)
  if(FIXDRILL_SANITIZE)
    target_compile_options(${name} PRIVATE -g0) # frames of harness/ have their lines; those of a test its name
  endif()
  target_link_libraries(${name} PRIVATE ${arg_LINK} test_support GTest::gtest GTest::gmock GTest::gtest_main)
  if(name STREQUAL unit_base)
    target_precompile_headers(unit_base PRIVATE ${FIXDRILL_COMMON_HEADERS} <gtest/gtest.h>)
  else()
    target_precompile_headers(${name} REUSE_FROM unit_base)
  endif()
  target_compile_definitions(${name} PRIVATE FIXDRILL_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  if(NOT arg_SHARDS)
    set(arg_SHARDS 1)
  endif()
  foreach(shard RANGE 1 ${arg_SHARDS})
    math(EXPR index "${shard} - 1")
    set(test ${name})
    if(arg_SHARDS GREATER 1)
      set(test ${name}.${shard})
    endif()
    add_test(NAME ${test} COMMAND ${name} --gtest_brief=1)
    set_tests_properties(${test} PROPERTIES TIMEOUT 600
      ENVIRONMENT "GTEST_TOTAL_SHARDS=${arg_SHARDS};GTEST_SHARD_INDEX=${index}")
  endforeach()
endfunction()
