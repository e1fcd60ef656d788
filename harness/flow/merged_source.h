// Several recordings, logs or captures as one: their messages in the order of time.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "record/message_source.h"

namespace fixdrill::flow {

/// Owns its sources. Messages are numbered anew, from 1; a session that several sources have, by
/// alias and parties, is one. What has no time stays behind what stood before it in its source.
class MergedSource final : public record::MessageSource {
 public:
  using Sources = std::vector<std::unique_ptr<record::MessageSource>>;
  explicit MergedSource(Sources sources);

  const std::string& name() const override { return name_; }  ///< "a.log, b.log"
  const record::SessionRow* session(std::int64_t id) const override;
  Result<const record::MessageView*> next() override;

 private:
  struct Input {
    std::unique_ptr<record::MessageSource> source;
    const record::MessageView* head = nullptr;
    std::int64_t wall_ns = 0;  ///< of the head, or of what stood before it
    std::map<std::int64_t, std::int64_t> sessions;
    std::map<std::int64_t, std::int64_t> connections;
  };

  Status fill(Input& input);
  const record::MessageView* give(Input& input);
  std::int64_t session_id(Input& input, std::int64_t id);
  std::int64_t connection_id(Input& input, std::int64_t id);

  std::string name_;
  std::vector<Input> inputs_;
  std::map<std::tuple<std::string, std::string, std::string, std::string>, std::int64_t> known_;
  std::vector<const record::SessionRow*> sessions_;
  std::int64_t connections_ = 0;
  record::MessageView view_;
};

}  // namespace fixdrill::flow
