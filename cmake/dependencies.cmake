# Outside libraries, all Debian packages (tools/setup.sh installs them).
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(Boost 1.74 REQUIRED COMPONENTS program_options)
find_package(SQLiteCpp REQUIRED)
find_package(nlohmann_json 3 REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(LibArchive REQUIRED)
pkg_check_modules(libpcap REQUIRED IMPORTED_TARGET libpcap)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)
find_path(QUICKFIX_INCLUDE quickfix/Session.h REQUIRED)
find_library(QUICKFIX_LIBRARY quickfix REQUIRED)
add_library(quickfix::quickfix UNKNOWN IMPORTED)
set_target_properties(quickfix::quickfix PROPERTIES
  IMPORTED_LOCATION ${QUICKFIX_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${QUICKFIX_INCLUDE})

# libquickfix.so exports an older pugixml of its own under the same names. Ours is linked into each program as a
# whole and hidden: first on the command line, so that it wins; not exported, so that QuickFIX keeps its own.
find_library(PUGIXML_ARCHIVE libpugixml.a REQUIRED)
add_library(fixdrill_pugixml INTERFACE)
target_link_options(fixdrill_pugixml INTERFACE
  LINKER:--whole-archive,${PUGIXML_ARCHIVE},--no-whole-archive LINKER:--exclude-libs,libpugixml.a)
