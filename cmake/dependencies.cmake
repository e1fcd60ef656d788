# Outside libraries, all Debian packages (tools/setup.sh installs them).
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(pugixml REQUIRED)
find_package(Boost 1.74 REQUIRED COMPONENTS program_options)
find_package(SQLiteCpp REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)
find_path(QUICKFIX_INCLUDE quickfix/Session.h REQUIRED)
find_library(QUICKFIX_LIBRARY quickfix REQUIRED)
add_library(quickfix::quickfix UNKNOWN IMPORTED)
set_target_properties(quickfix::quickfix PROPERTIES
  IMPORTED_LOCATION ${QUICKFIX_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${QUICKFIX_INCLUDE})
