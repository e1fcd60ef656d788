// Bytes of a peer, through everything that looks at them before an engine does.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "fix/framer.h"
#include "fix/text.h"
#include "fix/validate.h"

using namespace fixdrill::fix;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const DictionaryPtr dictionary =
      *Dictionary::load({FIXDRILL_SOURCE_DIR "/fixspecs/FIX44.xml"});
  Framer framer;
  std::size_t seen = 0;
  for (const bool second : {false, true}) {
    const std::size_t half = size / 2;
    framer.feed(
        {reinterpret_cast<const char*>(data) + (second ? half : 0), second ? size - half : half});
    while (const auto frame = framer.next()) {
      seen += frame->bytes.size();
      blocked_before_engine(frame->bytes);
      const Message message{std::string(frame->bytes)};
      pretty(message, *dictionary, 0, {true});
      if (validate(message, *dictionary).size() > ValidateOptions().most) std::abort();
      static_cast<void>(read_pasted(pipe_text(frame->bytes)));
    }
  }
  if (seen + framer.rest().size() != size) std::abort();
  return 0;
}
