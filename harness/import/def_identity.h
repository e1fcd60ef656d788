// Whose session the messages of an acceptance file are.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "import/def_file.h"

namespace fixdrill::imports {

/// As our own messages have it.
struct Identity {
  std::string begin_string;  ///< 8
  std::string sender;        ///< 49
  std::string target;        ///< 56
  std::string appl_ver_id;   ///< DefaultApplVerID(1137) of the Logon: "7" to "9", else ""

  friend bool operator==(const Identity&, const Identity&) = default;
};

/// From one connect of a client to its end.
struct Connection {
  std::size_t begin = 0;  ///< index of the line that opens it
  int client = 1;
  bool accepts = false;   ///< the peer connects to us
  Identity identity;      ///< of its first message
  bool answered = false;  ///< a message of the peer has the same CompIDs and BeginString
};

std::vector<Connection> connections(const DefFile& file);

/// Gives each connection that nobody answers the identity of one that is answered, of the file or
/// else `usual`: a wrong CompID is what such a file tries, not another session.
std::vector<Connection> settled(std::vector<Connection> connections,
                                const std::optional<Identity>& usual);

/// The identity that most connections of these files have that are answered. Empty: none is.
std::optional<Identity> usual_identity(const std::vector<DefFile>& files);

}  // namespace fixdrill::imports
